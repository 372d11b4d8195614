"""What stories say about themselves: read for describers, written as ids and numbers. Only the engine writes.

Pseudonyms are counted here, inside the query, and never leave it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from answerable.records import Copied, Json, Said, SourceClass, Telling, Voices
from answerable.store.stream import from_ms

LEAST_ITEMS = 5  # a story of fewer is its items; the index `story_told` knows the same number
MOST_SAID = 500
MOST_COPIED = 50
MOST_TIMES = 1000
_LONG = 2000  # characters of one text
# Multiplying by the golden ratio spreads ids evenly: the smallest are a fair sample, and it hardly
# changes as the story grows.
_SPREAD = "(i.id * 2654435761) %% 4294967296"
_ITEMS = "FROM threads t JOIN items i ON i.thread_id = t.id JOIN sources s ON s.id = i.source_id WHERE t.story_id = %s "
_PUBLIC = "s.source_class = 'public'"
# What coordination.passes_on sees in a text, as far as SQL can say it.
_PASSED_ON = "i.text LIKE 'RT %%' OR i.text LIKE '“%%' OR i.text LIKE '«%%' OR i.text LIKE '转发%%' OR i.text LIKE '%%//@%%'"


def stale(limit: int, before: tuple[int, int] | None = None) -> list[tuple[int, int, int]]:
    """(story, items, last seen) of stories that grew since they were described, newest first.

    `before` is (last seen, story) of the last one of an earlier call.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.items, s.last_seen FROM stories s WHERE s.merged_into_id IS NULL AND s.items >= 5 "
            "AND (s.last_seen, s.id) < (%s, %s) AND NOT EXISTS (SELECT 1 FROM story_facts f WHERE f.story_id = s.id "
            "AND f.kind = 'told' AND f.items >= s.items) ORDER BY s.last_seen DESC, s.id DESC LIMIT %s",
            [*(before or (2**62, 0)), limit],
        )
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def telling(story: int) -> Telling | None:
    """A story as describers read it; None when it does not stand, or is too small to say much."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT items, first_seen, last_seen, exercise FROM stories "
            "WHERE id = %s AND merged_into_id IS NULL AND items >= %s",
            [story, LEAST_ITEMS],
        )
        found = cursor.fetchone()
        if found is None:
            return None
        classes = _classes(cursor, story)
        groups = _groups(cursor, story)
        said, different = _said(cursor, story, {first: posts for first, posts, *_ in groups})
        copied = tuple(_copied(cursor, story, group) for group in groups[:MOST_COPIED])
    return Telling(
        story=story,
        items=found[0],
        stored=sum(of.items for of in classes.values()),
        different=different,
        first_seen=from_ms(found[1]),
        last_seen=from_ms(found[2]),
        classes=classes,
        said=said,
        copied=copied,
        exercise=bool(found[3]),
    )


def _classes(cursor: Any, story: int) -> dict[SourceClass, Voices]:
    cursor.execute(
        "SELECT s.source_class, COUNT(*), COUNT(DISTINCT i.source_id), COUNT(DISTINCT i.author) "
        f"{_ITEMS} GROUP BY s.source_class ORDER BY s.source_class",
        [story],
    )
    return {SourceClass(row[0]): Voices(*row[1:]) for row in cursor.fetchall()}


def _groups(cursor: Any, story: int) -> list[tuple[int, ...]]:
    """(first item, posts, public ones, their pseudonyms, sources, passed on) of what was said more than once."""
    cursor.execute(
        f"SELECT COALESCE(i.duplicate_of, i.id), COUNT(*), SUM(CASE WHEN {_PUBLIC} THEN 1 ELSE 0 END), "
        f"COUNT(DISTINCT CASE WHEN {_PUBLIC} THEN i.author END), COUNT(DISTINCT i.source_id), "
        f"SUM(CASE WHEN {_PASSED_ON} THEN 1 ELSE 0 END) "
        f"{_ITEMS} GROUP BY COALESCE(i.duplicate_of, i.id) HAVING COUNT(*) > 1 ORDER BY 2 DESC, 1",
        [story],
    )
    return [tuple(int(value) for value in row) for row in cursor.fetchall()]


def _said(cursor: Any, story: int, posts: Mapping[int, int]) -> tuple[tuple[Said, ...], int]:
    """At most 500 different items, the most copied for certain, and how many different ones there are."""
    certain = list(posts)[:MOST_COPIED]
    cursor.execute(f"SELECT COUNT(*) {_ITEMS} AND i.duplicate_of IS NULL", [story])
    different = int(cursor.fetchone()[0])
    columns = f"SELECT i.id, SUBSTR(i.text, 1, {_LONG}), i.title, i.language, i.published, i.source_id, s.source_class, i.place "
    original = f"{_ITEMS} AND i.duplicate_of IS NULL"
    rows: list[Any] = []
    if certain:
        cursor.execute(f"{columns} {original} AND i.id IN ({_marks(certain)})", [story, *certain])
        rows = list(cursor.fetchall())
    sure, rest = {row[0] for row in rows}, MOST_SAID - len(rows)
    apart = f"AND i.id NOT IN ({_marks(certain)})" if certain else ""
    cursor.execute(f"{columns} {original} {apart} ORDER BY {_SPREAD} LIMIT %s", [story, *certain, rest])
    sampled = list(cursor.fetchall())
    weight = (different - len(rows)) / len(sampled) if sampled else 1.0
    said = [
        Said(
            id=row[0],
            text=row[1],
            title=row[2],
            language=row[3],
            published=from_ms(row[4]),
            source=row[5],
            source_class=SourceClass(row[6]),
            copies=posts.get(row[0], 1),
            weight=1.0 if row[0] in sure else weight,
            place=row[7],
        )
        for row in (*rows, *sampled)
    ]
    return tuple(sorted(said, key=lambda one: one.id)), different


def _copied(cursor: Any, story: int, group: tuple[int, ...]) -> Copied:
    first, posts, public, authors, sources, passed_on = group
    cursor.execute(
        f"SELECT i.published {_ITEMS} AND (i.id = %s OR i.duplicate_of = %s) AND {_PUBLIC} ORDER BY i.published LIMIT %s",
        [story, first, first, MOST_TIMES],
    )
    times = tuple(from_ms(row[0]) for row in cursor.fetchall())
    return Copied(first, posts, public, authors, sources, passed_on, times)


def write(told: Telling, facts: Mapping[str, Json], now: datetime) -> bool:
    """Replace all facts of a story in one transaction; False when it does not stand any more.

    The item of the fact `heading` heads the story from now on. The fact `told` says how many items were there to read and how many of them differ.
    """
    told_of: dict[str, Json] = {"stored": told.stored, "different": told.different, "read": len(told.said)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM stories WHERE id = %s AND merged_into_id IS NULL", [told.story])
        if cursor.fetchone() is None:
            return False
        cursor.execute("DELETE FROM story_facts WHERE story_id = %s", [told.story])
        at = connection.ops.adapt_datetimefield_value(now)
        cursor.executemany(
            "INSERT INTO story_facts (story_id, kind, value, items, made_at) VALUES (%s, %s, %s, %s, %s)",
            [
                (told.story, kind, json.dumps(value), told.items, at)
                for kind, value in {**facts, "told": told_of}.items()
                if value is not None
            ],
        )
        heading = facts.get("heading")
        if isinstance(heading, dict):
            cursor.execute(
                "UPDATE stories SET heading_item = %s WHERE id = %s", [int(str(heading["item"])), told.story]
            )
    return True


def unsay(stories: Sequence[int]) -> None:
    """What these stories say of themselves must be read anew, in the caller's transaction: an item left."""
    if stories:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE story_facts SET items = 0 WHERE story_id IN ({_marks(stories)})", stories)


def _marks(values: Sequence[object]) -> str:
    return ",".join(["%s"] * len(values))
