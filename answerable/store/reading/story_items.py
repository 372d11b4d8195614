"""The items of one story as a list: paged, searched, narrowed by language, class or source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from answerable.store import search
from answerable.store.reading.items import ItemSeen, items_by_id

MOST_HITS = 2000  # of a search, before it is narrowed to the story


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list of items is narrowed to; empty fields narrow nothing."""

    query: str = ""
    language: str = ""
    source_class: str = ""
    source: int | None = None
    only: tuple[int, ...] | None = None  # the items an alert counted
    heads: tuple[int, ...] | None = None  # these and what says nearly the same: a point, a place, copies
    once: bool = False  # what says nearly the same only once
    after: int | None = None  # that came after this item
    since: int | None = None  # published from this moment, ms
    until: int | None = None  # and before this one


def story_items(
    story: int, narrowed: Narrowed, *, exercise: bool, limit: int, offset: int
) -> tuple[list[ItemSeen], int]:
    """A page of a story's items, newest first, and how many there are."""
    where, values = _where(story, narrowed, exercise)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {where}", values)
        total = int(cursor.fetchone()[0])
        cursor.execute(
            f"SELECT i.id {where} ORDER BY i.published DESC, i.id DESC LIMIT %s OFFSET %s",
            [*values, limit, offset],
        )
        ids = [row[0] for row in cursor.fetchall()]
    found = items_by_id(ids)
    return [found[one] for one in ids if one in found], total


def all_story_items(story: int, narrowed: Narrowed, *, exercise: bool, page: int = 500) -> Iterator[ItemSeen]:
    """Every item of the list, oldest id first, read in pages: for exports."""
    after = 0
    where, values = _where(story, narrowed, exercise)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT i.id {where} AND i.id > %s ORDER BY i.id LIMIT %s", [*values, after, page]
            )
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return
        found = items_by_id(ids)
        yield from (found[one] for one in ids if one in found)
        after = ids[-1]


def _where(story: int, narrowed: Narrowed, exercise: bool) -> tuple[str, list[Any]]:
    """FROM and WHERE with their values. Only marks are put into the text of the query.

    A story lies wholly in one space, so `exercise` is only needed for the search.
    """
    where, found = ["t.story_id = %s"], list[Any]([story])
    if narrowed.language:
        where.append("i.language = %s")
        found.append(narrowed.language)
    if narrowed.source_class:
        where.append("i.source_id IN (SELECT id FROM sources WHERE source_class = %s)")
        found.append(narrowed.source_class)
    if narrowed.source is not None:
        where.append("i.source_id = %s")
        found.append(narrowed.source)
    if narrowed.once:
        where.append("i.duplicate_of IS NULL")
    if narrowed.after is not None:
        where.append("i.id > %s")
        found.append(narrowed.after)
    if narrowed.since is not None:
        where.append("i.published >= %s")
        found.append(narrowed.since)
    if narrowed.until is not None:
        where.append("i.published < %s")
        found.append(narrowed.until)
    if narrowed.heads is not None:
        where.append(
            f"COALESCE(i.duplicate_of, i.id) IN ({', '.join(['%s'] * len(narrowed.heads)) or 'NULL'})"
        )
        found.extend(narrowed.heads)
    chosen: Sequence[int] | None = narrowed.only
    if narrowed.query:
        hits = search.find(narrowed.query, exercise=exercise, limit=MOST_HITS)
        chosen = hits if chosen is None else [one for one in hits if one in set(chosen)]
    if chosen is not None:
        where.append(f"i.id IN ({', '.join(['%s'] * len(chosen)) or 'NULL'})")
        found.extend(chosen)
    return f"FROM threads t JOIN items i ON i.thread_id = t.id WHERE {' AND '.join(where)}", found
