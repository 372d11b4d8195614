"""Whole lists, read in pages outside a transaction, so that the log can be folded back meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from answerable.store.stream import from_ms

PAGE = 2000


@dataclass(frozen=True, slots=True)
class ExportedItem:
    """One item as an export shows it: never its author, never an address of a private post."""

    id: int
    source_id: int
    source: str
    kind: str  # the collector that brought it
    key: bytes
    sealed: bytes | None
    title: str
    text: str
    language: str
    published: str  # ISO 8601, UTC
    heard: str
    link: str  # only of outlets, institutions and own accounts
    story: int | None
    duplicate_of: int | None
    exercise: bool
    place: str  # a region that the source names


def items(*, exercise: bool) -> Iterator[ExportedItem]:
    """All real items by id; with `exercise` those of the drill after them, marked."""
    for space in (False, True) if exercise else (False,):
        after = 0
        while rows := _page(space, after):
            yield from (_exported(row) for row in rows)
            after = rows[-1][0]


def _page(exercise: bool, after: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, i.source_id, s.name, s.kind, i.key, i.sealed, i.title, i.text, i.language, i.published, "
            "i.heard, i.link, t.story_id, i.duplicate_of, i.exercise, i.place "
            "FROM items i "
            "JOIN sources s ON s.id = i.source_id LEFT JOIN threads t ON t.id = i.thread_id "
            "WHERE i.exercise = %s AND i.id > %s ORDER BY i.id LIMIT %s",
            [exercise, after, PAGE],
        )
        rows: list[Any] = cursor.fetchall()
    return rows


def _exported(row: Any) -> ExportedItem:
    return ExportedItem(
        id=row[0],
        source_id=row[1],
        source=row[2],
        kind=row[3],
        key=bytes(row[4]),
        sealed=bytes(row[5]) if row[5] is not None else None,
        title=row[6],
        text=row[7],
        language=row[8],
        published=from_ms(row[9]).isoformat(),
        heard=from_ms(row[10]).isoformat(),
        link=row[11],
        story=row[12],
        duplicate_of=row[13],
        exercise=bool(row[14]),
        place=row[15],
    )


@dataclass(frozen=True, slots=True)
class ListedStory:
    id: int
    heading: str  # its best item's own words
    items: int
    languages: dict[str, int]
    first_seen: str  # ISO 8601, UTC
    last_seen: str
    exercise: bool


def stories(*, exercise: bool | None = None, limit: int = 1000) -> list[ListedStory]:
    """Stories with most items first; `exercise` None means both spaces, each row marked."""
    where, values = "", []
    if exercise is not None:
        where, values = "AND st.exercise = %s", [exercise]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT st.id, i.title, i.text, st.items, st.languages, st.first_seen, st.last_seen, st.exercise "
            "FROM stories st LEFT JOIN items i ON i.id = st.heading_item "
            f"WHERE st.merged_into_id IS NULL AND st.items > 0 {where} "
            "ORDER BY st.items DESC, st.id LIMIT %s",
            [*values, limit],
        )
        rows = cursor.fetchall()
    return [
        ListedStory(
            id=row[0],
            heading=row[1] or row[2] or "",
            items=row[3],
            languages=json.loads(row[4]) if isinstance(row[4], str) else row[4],
            first_seen=from_ms(row[5]).isoformat(),
            last_seen=from_ms(row[6]).isoformat(),
            exercise=bool(row[7]),
        )
        for row in rows
    ]
