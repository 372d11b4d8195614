"""Hand-written SQL for pages asked for all the time: there the ORM takes longer than the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from answerable.records import Json


def rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query that only reads."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def number(sql: str, values: Sequence[Any] = ()) -> int:
    """The one number a query counts."""
    return int(rows(sql, values)[0][0] or 0)


def marks(values: Sequence[Any]) -> str:
    """Marks for an IN list; nothing is ever in an empty one."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def instant(value: datetime) -> datetime:
    """A moment from a row: SQLite gives it without its zone, which is always UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value


def stored(value: datetime) -> Any:
    """A moment as the database compares it."""
    return connection.ops.adapt_datetimefield_value(value)


def mapping(value: Any) -> dict[str, int]:
    """A JSON object of counts; both databases give it as text."""
    return dict(json.loads(value) if isinstance(value, (str, bytes)) else value)


def facts(value: Any) -> dict[str, Json]:
    """A JSON object of anything; both databases give it as text."""
    return dict(json.loads(value) if isinstance(value, (str, bytes)) else value)


def words(value: Any) -> list[str]:
    """A JSON list of words; both databases give it as text."""
    return [str(word) for word in (json.loads(value) if isinstance(value, (str, bytes)) else value)]
