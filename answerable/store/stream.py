"""What streams goes in and out here: items with their cursor, threads, stories. Only the engine writes.

Ids of items, threads and stories are given by the engine (there is one engine), so a repeated batch
finds its rows and never adds a sum twice. Items go by raw batched SQL.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from answerable.records import (
    Heard,
    Item,
    Json,
    Merge,
    SourceClass,
    StoryRow,
    StoryState,
    Thread,
    ThreadRow,
    Understood,
)
from answerable.store import matters, question_stream, search

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(at: datetime) -> int:
    """Epoch milliseconds of an aware datetime."""
    return (at - EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Edited:
    """An item whose source changed its words: what it said before, and the thread to take it out of."""

    before: Heard
    thread: int | None
    after: Item


@dataclass(frozen=True, slots=True)
class Sorted:
    """A handed batch held against what is stored."""

    new: tuple[Item, ...]
    edited: tuple[Edited, ...]
    known: int  # nothing new about them
    refused: int  # erased before: they do not come back
    confirmed: tuple[tuple[int, int], ...] = ()  # (version, id): the same words, in a later version


@dataclass(frozen=True, slots=True)
class NextIds:
    item: int
    thread: int
    story: int
    batch: int
    matter: int


def next_ids() -> NextIds:
    """The first free ids, read once when an engine starts."""
    with connection.cursor() as cursor:
        found = []
        for table, column in (
            ("items", "id"),
            ("threads", "id"),
            ("stories", "id"),
            ("items", "batch"),
            ("matters", "id"),
        ):
            cursor.execute(f"SELECT COALESCE(MAX({column}), 0) + 1 FROM {table}")
            found.append(cursor.fetchone()[0])
        # A left item keeps its id in its tombstone; giving it to another would confuse reports.
        cursor.execute("SELECT COALESCE(MAX(item), 0) + 1 FROM tombstones")
        found[0] = max(found[0], cursor.fetchone()[0])
    return NextIds(*found)


def sort_batch(source: int, source_class: SourceClass, items: Sequence[Item]) -> Sorted:
    """Tell new items from known, edited and erased ones. Reads only; of equal keys the latest wins."""
    latest: dict[bytes, Item] = {}
    for item in items:
        if item.key not in latest or not _older(item, latest[item.key].version):
            latest[item.key] = item
    known = _by_key(source, list(latest))
    gone = _tombstones(source, [key for key in latest if key not in known])
    new, edited, confirmed, same = [], [], [], len(items) - len(latest)
    for key, item in latest.items():
        row = known.get(key)
        if row is None:
            if key not in gone:
                new.append(item)
        elif _older(item, row["version"]):
            same += 1
        elif (row["title"], row["text"]) == (item.title, item.text):
            same += 1
            if item.version is not None and item.version != row["version"]:
                confirmed.append((item.version, row["id"]))
        else:
            edited.append(Edited(_heard(row, source_class), row["thread_id"], item))
    return Sorted(tuple(new), tuple(edited), same, len(gone), tuple(confirmed))


def _older(item: Item, version: int | None) -> bool:
    """Whether a source delivered again what it has changed since."""
    return item.version is not None and version is not None and item.version < version


def _by_key(source: int, keys: Sequence[bytes]) -> dict[bytes, dict[str, Any]]:
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, key, source_id, title, text, published, heard, language, link, author, exercise, thread_id, "
            "likes, version "
            f"FROM items WHERE source_id = %s AND key IN ({_marks(keys)})",
            [source, *keys],
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {bytes(row["key"]): row for row in rows}


def _tombstones(source: int, keys: Sequence[bytes]) -> set[bytes]:
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key FROM tombstones WHERE source_id = %s AND key IN ({_marks(keys)})",
            [source, *keys],
        )
        return {bytes(row[0]) for row in cursor.fetchall()}


_INSERT_ITEM = (
    "INSERT INTO items (id, source_id, key, link_key, author, sealed, link, title, text, language, published, "
    "heard, batch, revision, exercise, likes, place, version) VALUES (" + ",".join(["%s"] * 18) + ")"
)


def store_batch(
    source: int,
    batch: Sorted,
    cursor_value: Mapping[str, Json] | None,
    *,
    ids: Sequence[int],
    batch_id: int,
    rejected: int,
    now: datetime,
) -> None:
    """Write new and edited items and the source's cursor in the caller's transaction.

    The caller acknowledges after its commit. Edited items lose their thread, so that they are read again.
    Without a cursor (more of the same hand-over follows) the source keeps the one it has.
    """
    with connection.cursor() as cursor:
        cursor.executemany(
            _INSERT_ITEM, [_item_values(i, item, batch_id) for i, item in zip(ids, batch.new, strict=True)]
        )
        cursor.executemany(
            "INSERT INTO item_pictures (item, hashed) VALUES (%s, %s)",
            [(i, one) for i, item in zip(ids, batch.new, strict=True) for one in item.pictures],
        )
        search.remove((e.before.id, e.before.title, e.before.text) for e in batch.edited)
        if batch.edited:
            question_stream.forget([e.before.id for e in batch.edited], keep_counts=False)
        cursor.executemany(
            "UPDATE items SET title = %s, text = %s, language = '', thread_id = NULL, duplicate_of = NULL, "
            "revision = revision + 1, batch = %s, version = COALESCE(%s, version) WHERE id = %s",
            [(e.after.title, e.after.text, batch_id, e.after.version, e.before.id) for e in batch.edited],
        )
        cursor.executemany("UPDATE items SET version = %s WHERE id = %s", batch.confirmed)
        search.insert((i, item.title, item.text) for i, item in zip(ids, batch.new, strict=True))
        search.insert((e.before.id, e.after.title, e.after.text) for e in batch.edited)
        cursor.execute(
            "UPDATE sources SET cursor = COALESCE(%s, cursor), items = items + %s, rejected = rejected + %s, "
            "last_item_at = CASE WHEN %s > 0 THEN %s ELSE last_item_at END WHERE id = %s",
            [
                None if cursor_value is None else json.dumps(cursor_value),
                len(ids),
                rejected,
                len(ids),
                _db_time(now),
                source,
            ],
        )


def _item_values(item_id: int, item: Item, batch_id: int) -> tuple[Any, ...]:
    return (
        item_id,
        item.source,
        item.key,
        item.link_key,
        item.author,
        item.sealed,
        item.link,
        item.title,
        item.text,
        item.language,
        to_ms(item.published),
        to_ms(item.heard),
        batch_id,
        1,
        item.exercise,
        item.likes,
        item.place,
        item.version,
    )


def _db_time(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at) if connection.vendor == "sqlite" else at


def pending(exercise: bool, limit: int) -> list[Heard]:
    """Stored items that no step has understood yet, oldest first; without those that were set aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, i.source_id, s.source_class, i.title, i.text, i.published, i.heard, i.language, i.link, "
            "i.author, i.exercise, i.likes FROM items i JOIN sources s ON s.id = i.source_id "
            "WHERE i.thread_id IS NULL AND i.exercise = %s AND NOT EXISTS (SELECT 1 FROM quarantined q "
            "WHERE q.item = i.id AND q.state IN ('waits', 'discard')) ORDER BY i.id LIMIT %s",
            [exercise, limit],
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [_heard(row, SourceClass(row["source_class"])) for row in rows]


def unread() -> list[tuple[str, int, int]]:
    """(source class, items, the oldest one's time heard in ms) of what no step has understood yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.source_class, COUNT(*), MIN(i.heard) FROM items i JOIN sources s ON s.id = i.source_id "
            "WHERE i.thread_id IS NULL AND NOT EXISTS (SELECT 1 FROM quarantined q "
            "WHERE q.item = i.id AND q.state IN ('waits', 'discard')) GROUP BY s.source_class"
        )
        return [(kind, count, oldest) for kind, count, oldest in cursor.fetchall()]


def _heard(row: Mapping[str, Any], source_class: SourceClass) -> Heard:
    return Heard(
        id=row["id"],
        source=row["source_id"],
        source_class=source_class,
        title=row["title"],
        text=row["text"],
        published=from_ms(row["published"]),
        heard=from_ms(row["heard"]),
        language=row["language"],
        link=row["link"],
        author=bytes(row["author"]) if row["author"] is not None else None,
        exercise=bool(row["exercise"]),
        likes=row["likes"],
    )


def apply(outcome: Understood, *, exercise: bool) -> None:
    """Write what a step found, in one transaction (joined to the caller's when there is one)."""
    with transaction.atomic():
        _write_stories(outcome.stories, exercise)
        _write_threads(outcome.threads, exercise)
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE items SET language = %s, thread_id = %s, duplicate_of = %s WHERE id = %s",
                [(i.language, i.thread, i.duplicate_of, i.id) for i in outcome.items],
            )
            cursor.executemany(
                "INSERT INTO story_hours (story_id, hour, items) VALUES (%s, %s, %s) "
                "ON CONFLICT (story_id, hour) DO UPDATE SET items = story_hours.items + excluded.items",
                outcome.hours,
            )
            for merge in outcome.merges:
                _merge(cursor, merge)
            if outcome.matches:
                question_stream.write(cursor, outcome.matches)
            cursor.executemany(
                "UPDATE threads SET active = %s WHERE id = %s", [(False, t) for t in outcome.idle]
            )
        matters.write(outcome, exercise=exercise)


def _write_stories(stories: Iterable[StoryState], exercise: bool) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO stories (id, exercise, items, first_seen, last_seen, first_heard, heading_item, languages, "
            "classes, state) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET "
            "items = excluded.items, first_seen = excluded.first_seen, last_seen = excluded.last_seen, "
            "first_heard = excluded.first_heard, heading_item = excluded.heading_item, "
            "languages = excluded.languages, classes = excluded.classes, state = excluded.state",
            [
                (
                    s.id,
                    exercise,
                    s.items,
                    to_ms(s.first_seen),
                    to_ms(s.last_seen),
                    to_ms(s.first_heard),
                    s.heading_item,
                    json.dumps(dict(s.languages)),
                    json.dumps(dict(s.classes)),
                    s.state,
                )
                for s in stories
            ],
        )


def _write_threads(threads: Iterable[Thread], exercise: bool) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO threads (id, story_id, born, exercise, items, first_seen, last_seen, active, state) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET story_id = excluded.story_id, "
            "items = excluded.items, first_seen = excluded.first_seen, last_seen = excluded.last_seen, "
            "active = excluded.active, state = excluded.state",
            [
                (
                    t.id,
                    t.story,
                    t.story,
                    exercise,
                    t.items,
                    to_ms(t.first_seen),
                    to_ms(t.last_seen),
                    True,
                    t.state,
                )
                for t in threads
            ],
        )


def _merge(cursor: Any, merge: Merge) -> None:
    """Move what the loser has to the winner; the loser's page redirects. Open alerts join into one."""
    pair = [merge.winner, merge.loser]
    cursor.execute("UPDATE threads SET story_id = %s WHERE story_id = %s", pair)
    cursor.execute(
        "INSERT INTO story_hours (story_id, hour, items) SELECT %s, hour, items FROM story_hours WHERE story_id = %s "
        "ON CONFLICT (story_id, hour) DO UPDATE SET items = story_hours.items + excluded.items",
        pair,
    )
    cursor.execute("DELETE FROM story_hours WHERE story_id = %s", [merge.loser])
    cursor.execute("DELETE FROM story_facts WHERE story_id = %s", [merge.loser])
    cursor.execute("DELETE FROM story_looks WHERE story_id = %s", [merge.loser])
    cursor.execute(
        "UPDATE stories SET merged_into_id = %s WHERE id = %s OR merged_into_id = %s", [*pair, merge.loser]
    )
    cursor.execute(
        "UPDATE alerts SET state = 'joined' WHERE story_id = %s AND state = 'open' "
        "AND EXISTS (SELECT 1 FROM alerts b WHERE b.story_id = %s AND b.state = 'open')",
        [merge.loser, merge.winner],
    )
    cursor.execute("UPDATE alerts SET story_id = %s WHERE story_id = %s", pair)
    cursor.execute("UPDATE signals SET story_id = %s WHERE story_id = %s", pair)
    cursor.execute(
        "DELETE FROM incident_stories WHERE story_id = %s AND incident_id IN "
        "(SELECT incident_id FROM incident_stories WHERE story_id = %s)",
        [merge.loser, merge.winner],
    )
    cursor.execute("UPDATE incident_stories SET story_id = %s WHERE story_id = %s", pair)
    cursor.execute(
        "INSERT INTO story_merges (winner_id, loser_id, at, lexical, meaning, shared, by_hand) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [*pair, to_ms(merge.at), merge.lexical, merge.meaning, json.dumps(list(merge.shared)), merge.by_hand],
    )


_THREAD = (
    "SELECT id, story_id, items, first_seen, last_seen, state FROM threads WHERE exercise = %s AND id > %s "
)
_STORY = (
    "SELECT id, items, first_seen, last_seen, first_heard, heading_item, languages, classes, state "
    "FROM stories s WHERE exercise = %s AND merged_into_id IS NULL AND id > %s "
)
PAGE = 5000


def active_threads(exercise: bool) -> Iterator[ThreadRow]:
    """Threads of the engine's index, for a restart; oldest first, read in pages."""
    yield from _paged(_THREAD + "AND active = %s ", exercise, [True])


def active_stories(exercise: bool) -> Iterator[StoryRow]:
    """Stories that still have an active thread."""
    with_one = "AND EXISTS (SELECT 1 FROM threads t WHERE t.story_id = s.id AND t.active = %s) "
    known: dict[str, Any] = {}
    for row in _paged(_STORY + with_one, exercise, [True]):
        yield (*row[:6], _loaded(row[6], known), _loaded(row[7], known), row[8] or b"")


def idle_threads(exercise: bool, ids: Sequence[int]) -> tuple[list[Thread], list[StoryState]]:
    """Those of the given threads that left the index, and their stories: to take an item out of them."""
    if not ids:
        return [], []
    threads = list(_threads(exercise, f"AND active = %s AND id IN ({_marks(ids)}) ", [False, *ids]))
    of = sorted({thread.story for thread in threads})
    return threads, list(_stories(exercise, f"AND id IN ({_marks(of)}) ", of)) if of else []


def stories_of(threads: Sequence[int]) -> list[int]:
    """The stories these threads stand in, each once."""
    if not threads:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT story_id FROM threads WHERE id IN ({_marks(threads)})", threads)
        return [row[0] for row in cursor.fetchall()]


def _threads(exercise: bool, where: str, values: Sequence[Any]) -> Iterator[Thread]:
    for row in _paged(_THREAD + where, exercise, values):
        yield Thread(row[0], row[1], row[2], from_ms(row[3]), from_ms(row[4]), bytes(row[5]))


def _stories(exercise: bool, where: str, values: Sequence[Any]) -> Iterator[StoryState]:
    known: dict[str, Any] = {}
    for row in _paged(_STORY + where, exercise, values):
        yield StoryState(
            id=row[0],
            items=row[1],
            first_seen=from_ms(row[2]),
            last_seen=from_ms(row[3]),
            first_heard=from_ms(row[4]),
            heading_item=row[5],
            languages=_loaded(row[6], known),
            classes=_loaded(row[7], known),
            state=bytes(row[8] or b""),
        )


def _paged(select: str, exercise: bool, values: Sequence[Any]) -> Iterator[Any]:
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"{select} ORDER BY id LIMIT {PAGE}", [exercise, after, *values])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1][0]


def _marks(values: Sequence[object]) -> str:
    return ",".join(["%s"] * len(values))


def _loaded(value: Any, known: dict[str, Any]) -> Any:
    """JSON as a value; most stories have the same few."""
    if not isinstance(value, str):
        return value
    if value not in known:
        known[value] = json.loads(value)
    return known[value]


def recent_items(exercise: bool, window: timedelta) -> Iterator[tuple[int, int, datetime, str]]:
    """(story, item, published, source class) of the last `window` of stream time, for the burst watch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(published) FROM items WHERE exercise = %s", [exercise])
        newest = cursor.fetchone()[0]
        if newest is None:
            return
        cursor.execute(
            "SELECT t.story_id, i.id, i.published, s.source_class FROM items i JOIN threads t ON t.id = i.thread_id "
            "JOIN sources s ON s.id = i.source_id WHERE i.exercise = %s AND i.published > %s "
            "AND i.duplicate_of IS NULL ORDER BY i.published, i.id",
            [exercise, newest - window // timedelta(milliseconds=1)],
        )
        rows = cursor.fetchall()
    for story, item, published, source_class in rows:
        yield story, item, from_ms(published), source_class
