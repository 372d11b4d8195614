"""The clock of a case: when it is due by the hours of whoever holds it, and the steps when nobody answers.

Every step is a row that can stand once for a round, so that two clocks, a kill or a clock on the wall that
jumps take none twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from answerable.respond import case_clock
from answerable.respond.case_clock import CaseClock, Leg, Pause
from answerable.respond.case_rules import OPEN
from answerable.respond.escalation import Plan, Step, next_at, owed
from answerable.store import batches, calendars, ledger
from answerable.store.models import Case, CaseEvent, CaseLeg, CasePause, CaseStep, Unit

PLAN = Plan()
_AT_ONCE = 500  # cases looked at in one tick


def clock_of(case: Case) -> CaseClock:
    """The clock of its present round."""
    legs = list(CaseLeg.objects.filter(case=case).select_related("unit").order_by("since", "id"))
    # Two hand-offs at one moment: the last one holds.
    held: dict[datetime, Unit] = {
        min(leg.since, case.started_at) if n == 0 else leg.since: leg.unit for n, leg in enumerate(legs)
    }
    pauses = CasePause.objects.filter(case=case).order_by("since")
    return CaseClock(
        case.started_at,
        timedelta(seconds=case.lasts_s),
        tuple(
            Leg(since, calendars.of(unit)[0]) for since, unit in sorted(held.items(), key=lambda one: one[0])
        ),
        tuple(Pause(row.since, row.until) for row in pauses),
    )


def deadline(case: Case) -> dict[str, datetime | None]:
    """The columns that follow from its clock: when it is due, and when the next step is owed."""
    if case.stage not in OPEN:
        return {"due_at": None, "look_at": None}
    due = case_clock.due(clock_of(case))
    told = _told(case)
    return {"due_at": due, "look_at": next_at(PLAN, due=due, started=case.started_at, told=told, met=None)}


def begin(case: Case, unit: Unit, started: datetime) -> None:
    """Set the columns of a new round on an unsaved or changed case."""
    hours, answer_hours = calendars.of(unit)
    case.started_at, case.lasts_s = started, answer_hours * 3600
    clock = CaseClock(started, timedelta(hours=answer_hours), (Leg(started, hours),))
    case.due_at = case_clock.due(clock)
    case.look_at = next_at(PLAN, due=case.due_at, started=started, told=(), met=None)
    if case.first_due_at is None:
        case.first_due_at = case.due_at


def tick(now: datetime) -> int:
    """Take every step that is owed; returns how many. Reads outside a transaction: it runs every second."""
    waiting = Case.objects.filter(look_at__lte=now).order_by("look_at", "pk").values_list("pk", flat=True)

    def take(number: int) -> int:
        case = Case.objects.filter(pk=number, look_at__lte=now).first()
        return escalate(case, now) if case is not None else 0

    return batches.settle(waiting[:_AT_ONCE], take)


def escalate(case: Case, now: datetime, met: datetime | None = None) -> int:
    """Take the owed steps of one case inside the transaction of the caller; `met` when it is answered now."""
    due = case.due_at
    steps = owed(PLAN, due=due, started=case.started_at, now=now, told=_told(case), met=met)
    for step in steps:
        _take(case, step, due or now, now)
    if met is None:
        look = next_at(PLAN, due=due, started=case.started_at, told=_told(case), met=None)
        Case.objects.filter(pk=case.pk).update(look_at=look)
    if steps:
        ledger.append(None, "case.step", "case", case.pk, " ".join(steps), "deadline", now)
    return len(steps)


def _take(case: Case, step: Step, due: datetime, now: datetime) -> None:
    try:
        with transaction.atomic():
            CaseStep.objects.create(case=case, round=case.round, step=step.value, at=now, due_at=due)
    except IntegrityError:
        return  # another clock was faster
    if step is Step.HEAD:
        Case.objects.filter(pk=case.pk, missed_at=None).update(missed_at=due)
        case.missed_at = case.missed_at or due
    CaseEvent.objects.create(case=case, at=now, kind=f"step_{step.value}", params={"due": due.isoformat()})


def _told(case: Case) -> set[Step]:
    rows = CaseStep.objects.filter(case=case, round=case.round)
    return {Step(step) for step in rows.values_list("step", flat=True)}


def move(case: Case) -> None:
    """Write the deadline anew after a pause, a hand-off or a new round."""
    fields = deadline(case)
    Case.objects.filter(pk=case.pk).update(**fields)
    case.due_at, case.look_at = fields["due_at"], fields["look_at"]
    if case.round == 1 and case.first_answer_at is None and case.due_at is not None:
        Case.objects.filter(pk=case.pk).update(first_due_at=F("due_at"))
        case.first_due_at = case.due_at
