"""Items as pages show them. A private post has text, time and source class; no page ever has an author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from answerable.understand.statements import headline

_COLUMNS = (
    "SELECT i.id, t.story_id, i.title, i.text, i.language, i.published, i.heard, i.link, "
    "i.sealed IS NOT NULL, s.id, s.name, s.source_class, i.duplicate_of, i.revision, i.exercise, i.place "
    "FROM items i "
    "JOIN sources s ON s.id = i.source_id LEFT JOIN threads t ON t.id = i.thread_id "
)


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """One item, ready for a page."""

    id: int
    story: int | None  # None until the engine has read it
    title: str
    text: str
    language: str
    published: int  # ms
    heard: int  # ms
    link: str  # only of outlets, institutions and own accounts
    sealed: bool  # its link can be opened by a logged click
    source: int
    source_name: str
    source_class: str
    duplicate_of: int | None
    revision: int
    exercise: bool
    place: str = ""  # a region that its source names

    @property
    def words(self) -> str:
        """What a heading shows: the title when there is one, else the text."""
        return self.title or self.text

    @property
    def headline(self) -> str:
        """The same without addresses and marks of passing on around it: what heads a story."""
        return headline(self.text, self.title)


def items_by_id(ids: Sequence[int]) -> dict[int, ItemSeen]:
    """Items by id; those that left are missing."""
    if not ids:
        return {}
    marks = ", ".join(["%s"] * len(ids))
    return {item.id: item for item in _fetch(f"WHERE i.id IN ({marks})", list(ids))}


def one_item(item: int, exercise: bool) -> ItemSeen | None:
    """One item of this space, None when it left or never was here."""
    found = _fetch("WHERE i.id = %s AND i.exercise = %s", [item, exercise])
    return found[0] if found else None


def items_of_source(source: int, *, limit: int, before: int | None = None) -> list[ItemSeen]:
    """The newest items of a source, by the time they were heard."""
    return _fetch(
        "WHERE i.source_id = %s AND i.id < %s ORDER BY i.heard DESC, i.id DESC LIMIT %s",
        [source, before or 2**62, limit],
    )


def near_copies(item: int, story: int) -> list[ItemSeen]:
    """Items of the story that say nearly the same as this one, oldest first."""
    return _fetch(
        "WHERE t.story_id = %s AND i.duplicate_of = %s ORDER BY i.published, i.id LIMIT 50", [story, item]
    )


def _fetch(where: str, values: list[Any]) -> list[ItemSeen]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS + where, values)
        rows = cursor.fetchall()
    return [
        ItemSeen(*[*row[:8], bool(row[8]), *row[9:14], bool(row[14]), row[15]])  # SQLite has no booleans
        for row in rows
    ]
