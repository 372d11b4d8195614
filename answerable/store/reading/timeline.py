"""The timeline of an incident as its pages show it: lines with the name of who did it, read by hand.

An incident's page is opened again and again while it runs, and a timeline grows by hundreds of lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerable.store.reading.rows import instant, number, rows

CHUNK = 500
_LINES = (
    "SELECT t.id, t.incident_id, t.at, t.kind, t.params, p.name FROM timeline t "
    "LEFT JOIN people p ON p.id = t.actor_id WHERE t.incident_id = %s"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One step."""

    id: int
    incident_id: int
    at: datetime
    kind: str
    params: dict[str, Any]
    who: str  # "" for the clock


def newest(incident: int, limit: int, start: int = 0) -> tuple[Line, ...]:
    """Lines from the newest on."""
    found = rows(f"{_LINES} ORDER BY t.at DESC, t.id DESC LIMIT %s OFFSET %s", [incident, limit, start])
    return tuple(_line(row) for row in found)


def count(incident: int) -> int:
    """How many lines the whole timeline has."""
    return number("SELECT count(*) FROM timeline WHERE incident_id = %s", [incident])


def level_set(incident: int) -> Line | None:
    """The line that set the level as it is now."""
    found = rows(
        f"{_LINES} AND t.kind IN ('level_changed', 'opened') ORDER BY t.at DESC, t.id DESC LIMIT 1",
        [incident],
    )
    return _line(found[0]) if found else None


def oldest_first(incident: int) -> Iterator[Line]:
    """The whole timeline in the order of its steps, read in pieces."""
    start = 0
    while found := rows(f"{_LINES} ORDER BY t.at, t.id LIMIT %s OFFSET %s", [incident, CHUNK, start]):
        yield from (_line(row) for row in found)
        start += len(found)


def _line(row: tuple[Any, ...]) -> Line:
    number_, incident, at, kind, params, who = row
    told = json.loads(params) if isinstance(params, (str, bytes)) else params
    return Line(number_, incident, instant(at), kind, told, who or "")
