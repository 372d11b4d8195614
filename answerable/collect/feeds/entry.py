"""One entry as the parse worker hands it out: plain JSON, plain text, nothing trusted yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict


class Entry(TypedDict):
    """What the readers of all formats agree on; "" where the feed says nothing."""

    id: str  # the feed's own id of it
    title: str  # plain text
    text: str  # plain text
    link: str  # as the feed resolves it
    author: str
    language: str
    published: str  # ISO 8601 in UTC


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> str:
    """A UTC time in ISO 8601, "" when there is no such moment. A leap second counts as the one before."""
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC).isoformat()
    except ValueError:
        return ""


def iso_moment(text: str) -> str:
    """An RFC 3339 time in UTC, "" when `text` is none. A time without zone counts as UTC."""
    try:
        when = datetime.fromisoformat(text.strip())
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return when.replace(microsecond=0).isoformat()
