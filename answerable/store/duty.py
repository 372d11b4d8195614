"""Rosters: what people change about who is on duty. Reading who is on duty is in `reading.duty`.

Every change names a span that lies ahead, so that the past stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission, Role
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import (
    DutyAbsence,
    DutyRoster,
    DutyRotation,
    DutyStandIn,
    Person,
    RoleHeld,
    Unit,
)

# The three teams of a desk, and the roles whose holders may serve in each.
TEAMS: dict[str, tuple[Role, ...]] = {
    "spokespersons": (Role.SPOKESPERSON, Role.HEAD),
    "information_officers": (Role.INFORMATION_OFFICER, Role.HEAD, Role.SPOKESPERSON, Role.ADMINISTRATOR),
    "commentators": (Role.COMMENTATOR, Role.MODERATOR),
}
MOST_SEATS, MOST_DAYS = 5, 60
HOLIDAYS = ("too", "only", "never")
MOST_HOLIDAYS, MOST_AWAY = 400, 200
LONGEST_SPAN = timedelta(days=400)


def able(unit: Unit, team: str) -> list[Person]:
    """Who may serve in a team of a unit: the holders of its roles there, above and below, by name."""
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    held = RoleHeld.objects.filter(role__in=[role.value for role in TEAMS[team]])
    held = held.filter(unit__in=above) | held.filter(unit__path__startswith=unit.path)
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "pk"))


def create_roster(actor: Person, unit: Unit, team: str, seats: int, *, now: datetime) -> DutyRoster:
    """A roster without a rotation. BadInput for an unknown team; Conflict when the team has one."""
    if team not in TEAMS or not 1 <= seats <= MOST_SEATS:
        raise BadInput("Choose one of the three teams, and between 1 and 5 people at the same time.")
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.DUTY_CHANGE, unit)
        if DutyRoster.objects.filter(unit=unit, team=team).exists():
            raise Conflict("This team has a roster already: change that one.")
        roster = DutyRoster.objects.create(unit=unit, team=team, seats=seats, made_at=now)
        ledger.append(
            actor, "roster.create", "roster", roster.pk, json.dumps([unit.pk, team, seats]), "", now
        )
    return roster


def set_rotation(
    actor: Person,
    roster: DutyRoster,
    people: Sequence[int],
    *,
    first: date,
    hand_over: time,
    days: int,
    weekdays: Sequence[int] = (),
    holidays: str = "too",
    now: datetime,
) -> DutyRotation:
    """From now on these people follow each other; stand-ins and swaps that were agreed stay.

    `holidays`: it speaks on them "too", on them "only" (beside the one for other days), or "never".

    BadInput when nobody is named, somebody may not serve, or a turn is not 1 to 60 days long.
    """
    wanted = list(dict.fromkeys(people))
    if not 1 <= days <= MOST_DAYS:
        raise BadInput("A turn lasts between 1 and 60 days: write another number.")
    if holidays not in HOLIDAYS:
        raise BadInput("Say whether it holds on holidays too, only then, or never.")
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.DUTY_CHANGE, roster.unit)
        may_serve = {person.pk for person in able(roster.unit, roster.team)}
        if not wanted or not set(wanted) <= may_serve:
            raise BadInput("Choose people who hold a role of this team, at least one.")
        rotation = DutyRotation.objects.create(
            roster=roster,
            people=wanted,
            first=first,
            hand_over=hand_over,
            zone=roster.unit.timezone,
            days=days,
            weekdays=sorted(set(weekdays)),
            holidays=holidays,
            since=now,
            made_at=now,
        )
        content = json.dumps(
            [wanted, first.isoformat(), hand_over.isoformat(), days, sorted(set(weekdays)), holidays]
        )
        ledger.append(actor, "rotation.set", "roster", roster.pk, content, "", now)
    return rotation


def stand_in(
    actor: Person,
    roster: DutyRoster,
    *,
    start: datetime,
    end: datetime,
    person: Person,
    instead_of: Person | None = None,
    seat: int | None = None,
    now: datetime,
) -> DutyStandIn:
    """`person` takes over for a span that lies ahead. BadInput for a span or person that does not fit."""
    _ahead(start, end, now)
    if (instead_of is None) == (seat is None) or person == instead_of:
        raise BadInput("Say for whom, or in which place, somebody else stands in.")
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.DUTY_CHANGE, roster.unit)
        if person.pk not in {one.pk for one in able(roster.unit, roster.team)}:
            raise BadInput("Choose somebody who holds a role of this team.")
        row = DutyStandIn.objects.create(
            roster=roster, start=start, end=end, person=person, instead_of=instead_of, seat=seat, made_at=now
        )
        content = json.dumps(
            [start.isoformat(), end.isoformat(), person.pk, instead_of.pk if instead_of else None, seat]
        )
        ledger.append(actor, "stand_in.add", "roster", roster.pk, content, "", now)
    return row


def swap(
    actor: Person,
    roster: DutyRoster,
    one: tuple[Person, datetime, datetime],
    other: tuple[Person, datetime, datetime],
    *,
    now: datetime,
) -> None:
    """Two people take each other's shift, whatever becomes of the rotation. BadInput as in `stand_in`."""
    with transaction.atomic():
        stand_in(actor, roster, start=one[1], end=one[2], person=other[0], instead_of=one[0], now=now)
        stand_in(actor, roster, start=other[1], end=other[2], person=one[0], instead_of=other[0], now=now)


def absent(actor: Person, person: Person, start: datetime, end: datetime, *, now: datetime) -> DutyAbsence:
    """Somebody is away; whoever follows in the rotation stands in. People may say so for themselves."""
    _ahead(start, end, now)
    with transaction.atomic():
        ledger.serialise()
        if actor != person:
            require(actor, Permission.DUTY_CHANGE, person.unit)
        row = DutyAbsence.objects.create(person=person, start=start, end=end, made_at=now)
        content = json.dumps([start.isoformat(), end.isoformat()])
        ledger.append(actor, "absence.add", "person", person.pk, content, "", now)
    return row


def absent_by_calendar(
    actor: Person, person: Person, spans: Sequence[tuple[datetime, datetime]], *, now: datetime
) -> int:
    """The times of somebody's calendar in which they are away; known ones count once. How many are new."""
    with transaction.atomic():
        ledger.serialise()
        if actor != person:
            require(actor, Permission.DUTY_CHANGE, person.unit)
        known = set(
            DutyAbsence.objects.filter(person=person, cancelled_at=None, end__gt=now).values_list(
                "start", "end"
            )
        )
        fresh = [span for span in dict.fromkeys(spans) if span not in known]
        if len(fresh) > MOST_AWAY:
            raise BadInput(
                "This calendar has more than 200 times ahead: export the one for your absences alone."
            )
        for start, end in fresh:
            _ahead(start, end, now)
        DutyAbsence.objects.bulk_create(
            DutyAbsence(person=person, start=start, end=end, made_at=now) for start, end in fresh
        )
        content = json.dumps([[start.isoformat(), end.isoformat()] for start, end in fresh])
        ledger.append(actor, "absence.import", "person", person.pk, content, "", now)
    return len(fresh)


def set_holidays(actor: Person, roster: DutyRoster, days: Sequence[date], *, now: datetime) -> None:
    """The holidays from today on; those that have passed stay as they were."""
    today = now.astimezone(ZoneInfo(roster.unit.timezone)).date()
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.DUTY_CHANGE, roster.unit)
        held = DutyRoster.objects.values_list("holidays", flat=True).get(pk=roster.pk)
        kept = [day for day in held if day < today.isoformat()]
        ahead = sorted({day.isoformat() for day in days if day >= today})
        if len(ahead) > MOST_HOLIDAYS:
            raise BadInput("These are more than 400 days: a year or two ahead is enough.")
        DutyRoster.objects.filter(pk=roster.pk).update(holidays=[*kept, *ahead])
        ledger.append(actor, "roster.holidays", "roster", roster.pk, json.dumps(ahead), "", now)


def cancel_absence(actor: Person, number: int, *, now: datetime) -> None:
    """Somebody is there after all, from now on. Conflict when it was cancelled or is over."""
    with transaction.atomic():
        ledger.serialise()
        row = DutyAbsence.objects.select_related("person__unit").filter(pk=number).first()
        if row is None or (
            actor != row.person and not require(actor, Permission.DUTY_CHANGE, row.person.unit)
        ):
            raise Conflict("This absence is gone: look at the page again.")
        won = DutyAbsence.objects.filter(pk=number, cancelled_at=None, end__gt=now).update(cancelled_at=now)
        if not won:
            raise Conflict("This absence is over or was cancelled: look at the page again.")
        ledger.append(actor, "absence.cancel", "person", row.person_id, "", "", now)


def cancel_stand_in(actor: Person, number: int, *, now: datetime) -> None:
    """The rotation holds again from now on. Conflict when it was cancelled or is over."""
    with transaction.atomic():
        ledger.serialise()
        row = DutyStandIn.objects.select_related("roster__unit").filter(pk=number).first()
        if row is None:
            raise Conflict("This stand-in is gone: look at the page again.")
        require(actor, Permission.DUTY_CHANGE, row.roster.unit)
        won = DutyStandIn.objects.filter(pk=number, cancelled_at=None, end__gt=now).update(cancelled_at=now)
        if not won:
            raise Conflict("This stand-in is over or was cancelled: look at the page again.")
        ledger.append(actor, "stand_in.cancel", "roster", row.roster_id, "", "", now)


def _ahead(start: datetime, end: datetime, now: datetime) -> None:
    if not start < end or end <= now:
        raise BadInput("The end lies after the beginning, and not in the past: correct the times.")
    if end - start > LONGEST_SPAN:
        raise BadInput("This span is longer than a year: split it.")
