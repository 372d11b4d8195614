"""The clocks of incidents as rows: set, followed through a change of level, stopped, missed, explained.

When a clock is due and what stops it are rules of `respond.clocks`; who hears of it, of `store.escalations`.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from answerable.errors import BadInput
from answerable.respond.clocks import Fact, deadlines, met_at
from answerable.respond.escalation import Plan, next_at
from answerable.respond.levels import NEXT_WORD, ClockKind
from answerable.store import batches, ledger, timeline
from answerable.store.models import Clock, Incident, StatementVersion, TimelineEntry

_AT_ONCE = 1000  # clocks marked in one tick


def follow_level(incident: Incident, actor: int | None, now: datetime) -> None:
    """Give an incident the clocks of its level, all counted from when the matter was first heard.

    A clock that no longer applies is dropped only while it could still be kept: lowering the level hides
    no missed deadline. One that applies again has its old deadline.
    """
    wanted = dict(deadlines(incident.level, incident.heard_at))
    clocks = Clock.objects.filter(incident=incident).exclude(kind=NEXT_WORD)
    droppable = clocks.filter(met_at=None, missed_at=None, dropped_at=None, due_at__gte=now)
    for clock in droppable.exclude(kind__in=list(wanted)):
        Clock.objects.filter(pk=clock.pk).update(dropped_at=now)
        timeline.add(incident.pk, actor, "clock_dropped", now, clock=clock.kind)
    clocks.filter(kind__in=list(wanted)).update(dropped_at=None)
    there = set(clocks.values_list("kind", flat=True))
    for kind, due in wanted.items():
        if kind not in there:
            _start(incident, kind, incident.heard_at, due)
    settle(incident, now)


def promise_word(incident: Incident, due: datetime | None, now: datetime) -> None:
    """The public heard from us now: a promise of the next word is kept, and `due` is the new one.

    None promises nothing further. BadInput when it lies in the past.
    """
    if due is not None and due <= now:
        raise BadInput("The promised time of the next word has passed: give one that lies ahead.")
    running = Clock.objects.filter(incident=incident, kind=NEXT_WORD, met_at=None, dropped_at=None)
    for clock in running:
        Clock.objects.filter(pk=clock.pk).update(met_at=now)
        timeline.add(incident.pk, None, "clock_met", now, clock=clock.kind, due_at=clock.due_at.isoformat())
    if due is not None:
        _start(incident, NEXT_WORD, now, due)


def settle(incident: Incident, now: datetime) -> None:
    """Stop the clocks that what went out by now stops, each at the moment it went out."""
    known = facts(incident)
    running = Clock.objects.filter(incident=incident, met_at=None, dropped_at=None).exclude(kind=NEXT_WORD)
    for clock in running:
        stopped = met_at(ClockKind(clock.kind), known)
        if stopped and Clock.objects.filter(pk=clock.pk, met_at=None).update(met_at=stopped):
            timeline.add(
                incident.pk, None, "clock_met", now, clock=clock.kind, due_at=clock.due_at.isoformat()
            )


def facts(incident: Incident) -> list[Fact]:
    """What stops clocks of an incident: its published versions, and conferences when they were recorded."""
    versions = StatementVersion.objects.filter(statement__incident=incident, published_at__isnull=False)
    versions = versions.exclude(change="cancel")  # to take a word back is no word
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

    def mark(number: int) -> int:
        if not unmarked.filter(pk=number).update(missed_at=now):
            return 0
        clock = Clock.objects.get(pk=number)
        due = clock.due_at.isoformat()
        timeline.add(clock.incident_id, None, "clock_missed", now, clock=clock.kind, due_at=due)
        ledger.append(None, "clock.miss", "clock", number, f"{clock.kind} {due}", "deadline", now)
        return 1

    return batches.settle(unmarked.order_by("due_at", "id").values_list("pk", flat=True)[:_AT_ONCE], mark)


def unexplained(exercise: bool = False) -> QuerySet[Clock]:
    """Missed clocks that still ask for their explanation, oldest first."""
    found = Clock.objects.filter(missed_at__isnull=False, explanation="", incident__exercise=exercise)
    return found.select_related("incident").order_by("due_at", "id")


def _start(incident: Incident, kind: str, started: datetime, due: datetime) -> None:
    plan = Plan.quarters(due - started)
    first = next_at(plan, due=due, started=started, told=(), met=None)
    Clock.objects.create(incident=incident, kind=kind, started_at=started, due_at=due, escalate_at=first)
