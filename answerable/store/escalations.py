"""Escalation: a clock that nears its end or passes it is told to handler, head, superior and public.

Each step is a row that only one can write; the call belongs to the same transaction. Nobody is called about a
clock that was kept meanwhile: the row still says that the step was owed.
"""

from __future__ import annotations

from datetime import datetime

from answerable.respond.escalation import Plan, Step, next_at, owed
from answerable.store import batches, calls, ledger, telling, timeline
from answerable.store.models import Clock, Escalation, Unit

_AT_ONCE = 500  # clocks looked at in one tick


def tick(now: datetime) -> int:
    """Take every step that is owed by now; returns how many were taken.

    Reads outside a transaction, because this runs every second and SQLite has one writer.
    """
    due = Clock.objects.filter(escalate_at__lte=now, dropped_at=None).order_by("escalate_at", "id")
    return batches.settle(due.values_list("pk", flat=True)[:_AT_ONCE], lambda number: _take(number, now))


def _take(number: int, now: datetime) -> int:
    clock = Clock.objects.select_related("incident__unit", "incident__owner").get(pk=number)
    plan = Plan.quarters(clock.due_at - clock.started_at)
    told = {Step(step) for step in clock.escalations.values_list("step", flat=True)}
    due, started, met = clock.due_at, clock.started_at, clock.met_at
    steps = owed(plan, due=due, started=started, now=now, told=told, met=met)
    following = next_at(plan, due=due, started=started, told=told | set(steps), met=met)
    seen = Clock.objects.filter(pk=number, escalate_at=clock.escalate_at, dropped_at=None)
    if clock.escalate_at is None or not seen.update(escalate_at=following):
        return 0
    for step in steps:
        _tell(clock, step, plan.at(step, clock.due_at, clock.started_at), now)
    return len(steps)


def _tell(clock: Clock, step: Step, owed_at: datetime, now: datetime) -> None:
    incident = clock.incident
    unit: Unit | None = incident.unit
    if step is Step.SUPERIOR:
        unit = telling.above(incident.unit)
    row = Escalation.objects.create(clock=clock, step=step, unit=unit, owed_at=owed_at, taken_at=now)
    if unit is not None and step is not Step.PUBLIC and clock.met_at is None:
        calls.begin_for_escalation(row, now)
    due = clock.due_at.isoformat()
    timeline.add(
        incident.pk,
        None,
        "escalated",
        now,
        step=step.value,
        clock=clock.kind,
        due_at=due,
        unit=unit.name if unit else "",
    )
    ledger.append(None, "clock.escalate", "clock", clock.pk, f"{step} {clock.kind} {due}", "deadline", now)
