"""The clocks of incidents as rows: set, followed through a change of level, stopped, missed, explained.

When a clock is due and what stops it are rules of `respond.clocks`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from answerable.respond.clocks import Fact, deadlines, met_at
from answerable.respond.levels import ClockKind
from answerable.store import ledger, timeline
from answerable.store.models import Clock, Incident, StatementVersion, TimelineEntry


def follow_level(incident: Incident, actor: int | None, now: datetime) -> None:
    """Give an incident the clocks of its level, all counted from when the matter was first heard.

    A clock that no longer applies is dropped only while it could still be kept: lowering the level hides
    no missed deadline. One that applies again has its old deadline.
    """
    wanted = dict(deadlines(incident.level, incident.heard_at))
    clocks = Clock.objects.filter(incident=incident)
    droppable = clocks.filter(met_at=None, missed_at=None, dropped_at=None, due_at__gte=now)
    for clock in droppable.exclude(kind__in=list(wanted)):
        Clock.objects.filter(pk=clock.pk).update(dropped_at=now)
        timeline.add(incident.pk, actor, "clock_dropped", now, clock=clock.kind)
    clocks.filter(kind__in=list(wanted)).update(dropped_at=None)
    there = set(clocks.values_list("kind", flat=True))
    for kind, due in wanted.items():
        if kind not in there:
            Clock.objects.create(incident=incident, kind=kind, started_at=incident.heard_at, due_at=due)
    settle(incident, now)


def settle(incident: Incident, now: datetime) -> None:
    """Stop the clocks that what went out by now stops, each at the moment it went out."""
    known = facts(incident)
    for clock in Clock.objects.filter(incident=incident, met_at=None, dropped_at=None):
        stopped = met_at(ClockKind(clock.kind), known)
        if stopped and Clock.objects.filter(pk=clock.pk, met_at=None).update(met_at=stopped):
            timeline.add(
                incident.pk, None, "clock_met", now, clock=clock.kind, due_at=clock.due_at.isoformat()
            )


def facts(incident: Incident) -> list[Fact]:
    """What stops clocks of an incident: its published versions, and conferences when they were recorded."""
    versions = StatementVersion.objects.filter(statement__incident=incident, published_at__isnull=False)
    spoken = [
        Fact(published, "statement", holding=kind == "holding", evidence=evidence is not None)
        for published, kind, evidence in versions.values_list("published_at", "statement__kind", "evidence")
        if published is not None
    ]
    held = TimelineEntry.objects.filter(incident=incident, kind="conference").values_list("at", flat=True)
    return spoken + [Fact(at, "conference") for at in held]


def mark_missed(now: datetime) -> int:
    """Mark every deadline that passed unkept, each exactly once; returns how many were new.

    Reads outside a transaction, because this runs every second and SQLite has one writer.
    """
    late = Q(met_at=None, due_at__lt=now) | Q(met_at__gt=F("due_at"))
    unmarked = Clock.objects.filter(late, missed_at=None, dropped_at=None)
    marked = 0
    for number in list(unmarked.order_by("due_at", "id").values_list("pk", flat=True)[:1000]):
        with transaction.atomic():
            if not unmarked.filter(pk=number).update(missed_at=now):
                continue
            clock = Clock.objects.get(pk=number)
            due = clock.due_at.isoformat()
            timeline.add(clock.incident_id, None, "clock_missed", now, clock=clock.kind, due_at=due)
            ledger.append(None, "clock.miss", "clock", number, f"{clock.kind} {due}", "deadline", now)
            marked += 1
    return marked


def unexplained(exercise: bool = False) -> QuerySet[Clock]:
    """Missed clocks that still ask for their explanation, oldest first."""
    found = Clock.objects.filter(missed_at__isnull=False, explanation="", incident__exercise=exercise)
    return found.select_related("incident").order_by("due_at", "id")
