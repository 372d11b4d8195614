"""What the public may read of incidents: those marked public and not an exercise, with their clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from answerable.store.models import Clock, Incident, TimelineEntry
from answerable.store.reading.public_statements import StatementLine, current, lines

# Notes, names and hand-overs are the desk's own; the public sees what became of the matter.
_PUBLIC_KINDS = ("opened", "level_changed", "state_changed", "conference")
_PUBLIC_PARAMS = {"level", "before", "after"}


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """One promise of time. Dropped clocks are not shown."""

    kind: str  # holding_60m, statement_5h, conference_24h, answer_48h
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    missed_at: datetime | None
    explanation: str
    explained_at: datetime | None


@dataclass(frozen=True, slots=True)
class StateChange:
    """A change of state or level, without names."""

    at: datetime
    kind: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """One public incident."""

    id: int
    title: str
    level: int
    state: str
    unit: str
    duty_number: str
    heard_at: datetime
    opened_at: datetime
    resolved_at: datetime | None
    clocks: tuple[ClockSeen, ...]  # by due time
    statements: tuple[StatementLine, ...]  # newest first
    changes: tuple[StateChange, ...]  # newest first


def public() -> QuerySet[Incident]:
    """Every incident the public may see. All public lists and counts start here."""
    return (
        Incident.objects.filter(public=True, exercise=False)
        .select_related("unit")
        .prefetch_related(
            Prefetch(
                "clocks", Clock.objects.filter(dropped_at=None).order_by("due_at", "id"), to_attr="running"
            )
        )
    )


def open_incidents() -> tuple[IncidentSeen, ...]:
    """Open public incidents, gravest first, then newest."""
    rows = list(public().filter(resolved_at=None).order_by("level", "-opened_at", "-id"))
    return _seen(rows)


def resolved_incidents(limit: int) -> tuple[IncidentSeen, ...]:
    """The latest resolved public incidents."""
    return _seen(list(public().filter(resolved_at__isnull=False).order_by("-resolved_at", "-id")[:limit]))


def incident(number: int) -> IncidentSeen | None:
    """One public incident, or None."""
    row = public().filter(pk=number).first()
    return _seen([row])[0] if row is not None else None


def _seen(rows: list[Incident]) -> tuple[IncidentSeen, ...]:
    numbers = [row.pk for row in rows]
    statements: dict[int, list[StatementLine]] = {}
    for line in lines(current().filter(incident__in=numbers)):
        if line.incident is not None:
            statements.setdefault(line.incident, []).append(line)
    changes: dict[int, list[StateChange]] = {}
    for entry in _changes(numbers):
        changes.setdefault(entry.incident_id, []).append(
            StateChange(
                entry.at,
                entry.kind,
                {name: entry.params[name] for name in _PUBLIC_PARAMS & set(entry.params)},
            )
        )
    return tuple(
        IncidentSeen(
            id=row.pk,
            title=row.title,
            level=row.level,
            state=row.state,
            unit=row.unit.name,
            duty_number=row.unit.duty_number,
            heard_at=row.heard_at,
            opened_at=row.opened_at,
            resolved_at=row.resolved_at,
            clocks=tuple(_clock(clock) for clock in getattr(row, "running", ())),
            statements=tuple(statements.get(row.pk, ())),
            changes=tuple(changes.get(row.pk, ())),
        )
        for row in rows
    )


def _changes(numbers: list[int]) -> Iterable[TimelineEntry]:
    return TimelineEntry.objects.filter(incident__in=numbers, kind__in=_PUBLIC_KINDS).order_by("-at", "-id")


def _clock(row: Clock) -> ClockSeen:
    return ClockSeen(
        kind=row.kind,
        started_at=row.started_at,
        due_at=row.due_at,
        met_at=row.met_at,
        missed_at=row.missed_at,
        explanation=row.explanation,
        explained_at=row.explained_at,
    )
