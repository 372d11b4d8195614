"""Working calendars of units: their hours, holidays, and how many hours they have for an answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.respond.case_rules import ANSWER_HOURS
from answerable.respond.working_hours import WorkingHours, after, office
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import Person, Unit, UnitCalendar

MOST_HOURS = 2000
Week = Sequence[Sequence[tuple[str, str]]]


def change(
    actor: Person,
    unit: Unit,
    *,
    week: Week,
    closed: Sequence[date],
    answer_hours: int,
    reason: str = "",
    now: datetime,
) -> None:
    """Another calendar for a unit and those below it without their own. Deadlines that run are not moved.

    BadInput for hours that overlap, that never open, or no time for an answer.
    """
    kept = [[[start, end] for start, end in day] for day in week]
    if not 1 <= answer_hours <= MOST_HOURS:
        raise BadInput("How many working hours for an answer? Write a number from 1 to 2,000.")
    days = sorted({day.isoformat() for day in closed})
    try:
        after(_hours(kept, days, unit.timezone), now, timedelta(hours=1))
    except (ValueError, IndexError) as error:
        raise BadInput("These hours overlap, run backwards or never open: look at each day again.") from error
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.DUTY_CHANGE, unit)
        UnitCalendar.objects.update_or_create(
            unit=unit, defaults={"week": kept, "closed": days, "answer_hours": answer_hours, "since": now}
        )
        ledger.append(
            actor, "calendar.change", "unit", unit.pk, json.dumps([kept, days, answer_hours]), reason, now
        )


def of(unit: Unit) -> tuple[WorkingHours, int]:
    """(hours, working hours for an answer) of a unit: its own, or those of the nearest unit above with any.

    The clock on the wall is always the unit's own.
    """
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    found = {row.unit_id: row for row in UnitCalendar.objects.filter(unit__in=above)}
    row = next((found[number] for number in reversed(above) if number in found), None)
    if row is None:
        return office(unit.timezone), ANSWER_HOURS
    return _hours(row.week, row.closed, unit.timezone), row.answer_hours


def _hours(week: Sequence[Sequence[Sequence[str]]], closed: Sequence[str], zone: str) -> WorkingHours:
    days = tuple(tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in day) for day in week)
    return WorkingHours(zone, days, frozenset(date.fromisoformat(day) for day in closed))
