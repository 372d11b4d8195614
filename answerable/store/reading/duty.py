"""Who is on duty, now and in the days ahead, as pages show it and calls use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from answerable.permissions import Permission
from answerable.respond.rosters import Shift, shares, shifts, too_little_rest
from answerable.store import duty_notes
from answerable.store.access import may
from answerable.store.models import DutyAbsence, DutyNote, DutyRoster, DutyRotation, DutyStandIn, Person, Unit
from answerable.store.on_duty import plain
from answerable.store.reading.units import visible_units

AHEAD = timedelta(days=14)
FAIR = timedelta(days=84)  # twelve weeks
NOTES_KEPT, MOST_NOTES, SHOWN_DAYS = timedelta(days=3), 20, 6
REST, LONGEST = timedelta(hours=11), timedelta(days=7, hours=1)  # an hour more when the clock goes back


@dataclass(frozen=True, slots=True)
class ShiftSeen:
    """A shift with the name a page shows."""

    start: datetime
    end: datetime
    seat: int
    person: int | None
    name: str  # "" for a gap


@dataclass(frozen=True, slots=True)
class RosterSeen:
    """One team's duty."""

    id: int
    team: str
    unit: Unit
    seats: int
    rotation: DutyRotation | None  # the newest one
    order: tuple[str, ...]  # names, in the order of their turns
    on_holidays: tuple[str, ...]  # those who follow each other on holidays only, in their order
    holidays: tuple[date, ...]  # the next ones
    notes: tuple[DutyNote, ...]  # hand-over notes: not acknowledged, or of the last days
    serves: bool  # the reader may write and acknowledge notes
    now: tuple[ShiftSeen, ...]  # one for each seat
    ahead: tuple[ShiftSeen, ...]  # 14 days
    gaps: tuple[ShiftSeen, ...]
    tired: tuple[tuple[str, datetime], ...]  # (name, from when) too long on duty or too little rest
    shares: tuple[tuple[str, timedelta], ...]  # time on duty in twelve weeks, the most first
    stand_ins: tuple[DutyStandIn, ...]  # still to come or running
    may_change: bool


def rosters_for(person: Person, now: datetime) -> list[RosterSeen]:
    """The rosters of the units the person reads, in the order of the tree."""
    found = DutyRoster.objects.filter(unit__in=visible_units(person)).select_related("unit")
    return [_seen(row, person, now) for row in found.order_by("unit__path", "pk")]


def roster_for(person: Person, number: int) -> DutyRoster | None:
    """A roster of a unit the person reads; None for every other."""
    found = DutyRoster.objects.filter(pk=number, unit__in=visible_units(person))
    return found.select_related("unit").first()


def absences_for(person: Person, now: datetime) -> list[DutyAbsence]:
    """Absences that are not over, of people in units the reader reads."""
    found = DutyAbsence.objects.filter(cancelled_at=None, end__gt=now, person__unit__in=visible_units(person))
    return list(found.select_related("person").order_by("start", "pk"))


def shifts_of(row: DutyRoster, now: datetime, length: timedelta) -> list[ShiftSeen]:
    """The shifts of one roster from now on, with names."""
    planned = shifts(plain(row), now, now + length)
    names = _names(one.person for one in planned if one.person)
    return [
        ShiftSeen(one.start, one.end, one.seat, one.person, names.get(one.person or 0, "")) for one in planned
    ]


def _seen(row: DutyRoster, reader: Person, now: datetime) -> RosterSeen:
    roster = plain(row)
    ahead = shifts(roster, now, now + AHEAD)
    long = shifts(roster, now, now + FAIR)
    spoken = list(row.rotations.filter(ended_at=None).order_by("-since", "-pk"))
    rotation = next((one for one in spoken if one.holidays != "only"), None)
    festive = next((one for one in spoken if one.holidays == "only"), None)
    known = rotation.people if rotation else []
    on_holidays = festive.people if festive else []
    names = _names([*known, *on_holidays, *(one.person for one in (*ahead, *long) if one.person)])
    planned = [
        ShiftSeen(one.start, one.end, one.seat, one.person, names.get(one.person or 0, "")) for one in ahead
    ]
    return RosterSeen(
        row.pk,
        row.team,
        row.unit,
        row.seats,
        rotation,
        tuple(names[pk] for pk in known if pk in names),
        tuple(names[pk] for pk in on_holidays if pk in names),
        _days_ahead(row, now),
        tuple(
            row.notes.filter(Q(taken_at=None) | Q(taken_at__gt=now - NOTES_KEPT))
            .select_related("written_by", "taken_by")
            .order_by("-written_at", "-pk")[:MOST_NOTES]
        ),
        duty_notes.serves(reader, row),
        tuple(one for one in planned if one.start <= now < one.end),
        tuple(sorted(planned, key=lambda one: (one.start, one.seat))),
        tuple(one for one in planned if one.person is None),
        tuple((names[person], at) for person, at in too_little_rest(_long_ones(long), REST, LONGEST)),
        tuple(sorted(((names[pk], spent) for pk, spent in shares(long).items()), key=lambda one: -one[1])),
        tuple(
            row.stand_ins.filter(cancelled_at=None, end__gt=now)
            .select_related("person", "instead_of")
            .order_by("start", "pk")
        ),
        may(reader, Permission.DUTY_CHANGE, row.unit),
    )


def _days_ahead(row: DutyRoster, now: datetime) -> tuple[date, ...]:
    today = now.astimezone(ZoneInfo(row.unit.timezone)).date()
    days = (date.fromisoformat(day) for day in row.holidays)
    return tuple(sorted(day for day in days if day >= today))[:SHOWN_DAYS]


def _long_ones(planned: Sequence[Shift]) -> list[Shift]:
    return [one for one in planned if one.person is not None]


def _names(ids: Iterable[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "name"))
