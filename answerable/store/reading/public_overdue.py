"""The public list of overdue promises: clocks of public incidents whose escalation came to its last step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from answerable.store.models import Clock, Escalation

LATELY = timedelta(days=90)
MOST = 200


@dataclass(frozen=True, slots=True)
class Overdue:
    """One promise that was not kept long after it was due."""

    clock: int
    kind: str
    incident: int
    title: str
    unit: str
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    explanation: str


@dataclass(frozen=True, slots=True)
class OverdueList:
    """What is owed still, what came late in the last 90 days, and how many stand in matters not public."""

    owed: tuple[Overdue, ...]  # the longest overdue first
    late: tuple[Overdue, ...]  # the latest first
    not_public: int  # owed, of incidents that are not public


def overdue(now: datetime) -> OverdueList:
    """The list as it stands now. Exercises are in none of it."""
    listed = Clock.objects.filter(
        pk__in=Escalation.objects.filter(step="public").values("clock"),
        incident__exercise=False,
        dropped_at=None,
    )
    public = listed.filter(incident__public=True).select_related("incident__unit")
    late = public.filter(met_at__gte=now - LATELY)
    return OverdueList(
        _seen(public.filter(met_at=None).order_by("due_at", "id")),
        _seen(late.order_by("-due_at", "-id")),
        listed.filter(incident__public=False, met_at=None).count(),
    )


def _seen(rows: QuerySet[Clock]) -> tuple[Overdue, ...]:
    return tuple(
        Overdue(
            row.pk,
            row.kind,
            row.incident_id,
            row.incident.title,
            row.incident.unit.name,
            row.started_at,
            row.due_at,
            row.met_at,
            row.explanation,
        )
        for row in rows[:MOST]
    )
