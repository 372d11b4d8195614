"""Who is on duty: rotations, stand-ins and absences, at one instant or over a span. Plain values only.

A rotation hands over at a time on the unit's wall. A stand-in or swap names people and a span, so it
survives every later change of the rotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from answerable.respond.working_hours import instant

_DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Rotation:
    """People who follow each other. ValueError when there is nobody or a turn lasts no day."""

    people: tuple[int, ...]  # ids, in the order of their turns
    first: date  # day of the first hand-over
    hand_over: time  # on the wall
    zone: str  # IANA name
    days: int = 7  # length of one turn
    weekdays: frozenset[int] = EVERY_DAY  # days of duty (Monday 0) on which this rotation speaks
    holidays: Literal["too", "only", "never"] = "too"
    since: datetime | None = None  # the rotation is valid from here on; None: always

    def __post_init__(self) -> None:
        if not self.people or self.days < 1:
            raise ValueError("a rotation needs people and turns of at least a day")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody takes over for a while: for a person wherever that person is on duty, or in one seat."""

    start: datetime
    end: datetime
    person: int
    instead_of: int | None = None  # a person
    seat: int | None = None  # or a seat, when `instead_of` is None


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody cannot be reached: on leave, ill, resting."""

    person: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Roster:
    """The duty of one team. Later rotations and stand-ins win over earlier ones."""

    rotations: tuple[Rotation, ...]
    seats: int = 1  # people needed at the same time: first, deputy, …
    stand_ins: tuple[StandIn, ...] = ()
    absences: tuple[Absence, ...] = ()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Shift:
    """One seat with the same person from `start` until before `end`, UTC. `person` None is a gap."""

    start: datetime
    end: datetime
    seat: int
    person: int | None


def swap(one: Shift, other: Shift) -> tuple[StandIn, StandIn]:
    """Two people take each other's shift, wherever the rotation may put them later. ValueError for a gap."""
    if one.person is None or other.person is None:
        raise ValueError("a gap cannot be swapped: ask somebody to stand in")
    return (
        StandIn(one.start, one.end, other.person, instead_of=one.person),
        StandIn(other.start, other.end, one.person, instead_of=other.person),
    )


def on_duty(roster: Roster, at: datetime) -> tuple[int | None, ...]:
    """The person in each seat at one instant; None where nobody is."""
    rotation = _speaking(roster, at)
    seated: list[int | None] = []
    for seat in range(roster.seats):
        person = _turn(rotation, seat, at) if rotation else None
        for stand_in in roster.stand_ins:
            if stand_in.start <= at < stand_in.end and _replaces(stand_in, seat, person):
                person = stand_in.person
        if person is not None and (person in seated or _absent(roster, person, at)):
            person = _next_free(roster, rotation, person, seated, at)
        seated.append(person)
    return tuple(seated)


def shifts(roster: Roster, start: datetime, end: datetime) -> list[Shift]:
    """Every seat's shifts between two instants, by seat and time; equal neighbours are one shift."""
    moments = sorted({start, end, *(at for at in _changes(roster, start, end) if start < at < end)})
    people = [on_duty(roster, at) for at in moments[:-1]]
    found: list[Shift] = []
    for seat in range(roster.seats):
        for (since, until), seated in zip(pairwise(moments), people, strict=True):
            last = found[-1] if found else None
            if last and last.seat == seat and last.end == since and last.person == seated[seat]:
                found[-1] = Shift(last.start, until, seat, last.person)
            else:
                found.append(Shift(since, until, seat, seated[seat]))
    return found


def gaps(roster: Roster, start: datetime, end: datetime) -> list[Shift]:
    """Where somebody is missing: what must be announced ahead."""
    return [shift for shift in shifts(roster, start, end) if shift.person is None]


def too_little_rest(
    planned: Sequence[Shift], rest: timedelta, longest: timedelta
) -> list[tuple[int, datetime]]:
    """(person, from when): who is on duty longer than `longest`, or again before `rest` has passed."""
    spans: dict[int, list[list[datetime]]] = {}
    for shift in sorted(planned, key=lambda one: one.start):
        if shift.person is None:
            continue
        mine = spans.setdefault(shift.person, [])
        if mine and shift.start <= mine[-1][1]:
            mine[-1][1] = max(mine[-1][1], shift.end)
        else:
            mine.append([shift.start, shift.end])
    wrong = {
        (person, start) for person, mine in spans.items() for start, end in mine if end - start > longest
    }
    for person, mine in spans.items():
        wrong |= {(person, later[0]) for earlier, later in pairwise(mine) if later[0] - earlier[1] < rest}
    return sorted(wrong)


def shares(planned: Sequence[Shift]) -> dict[int, timedelta]:
    """Time on duty by person, for a fair share."""
    total: dict[int, timedelta] = {}
    for shift in planned:
        if shift.person is not None:
            total[shift.person] = total.get(shift.person, timedelta(0)) + (shift.end - shift.start)
    return total


def hand_over(rotation: Rotation, turn: int) -> datetime:
    """The UTC instant at which turn `turn` (0, 1, …) begins."""
    return instant(rotation.first + turn * rotation.days * _DAY, rotation.hand_over, ZoneInfo(rotation.zone))


def duty_day(rotation: Rotation, at: datetime) -> date:
    """The day of duty that `at` belongs to: it begins at the hand-over, not at midnight."""
    zone = ZoneInfo(rotation.zone)
    day = at.astimezone(zone).date()
    return day if instant(day, rotation.hand_over, zone) <= at else day - _DAY


def _speaking(roster: Roster, at: datetime) -> Rotation | None:
    """The last rotation that is valid at an instant and speaks for its day of duty."""
    for rotation in reversed(roster.rotations):
        if (rotation.since is None or rotation.since <= at) and hand_over(rotation, 0) <= at:
            day = duty_day(rotation, at)
            holiday = day in roster.holidays
            if {"too": True, "only": holiday, "never": not holiday}[rotation.holidays] and (
                day.weekday() in rotation.weekdays or (holiday and rotation.holidays == "only")
            ):
                return rotation
    return None


def _turn(rotation: Rotation, seat: int, at: datetime) -> int:
    turn = (duty_day(rotation, at) - rotation.first).days // rotation.days
    return rotation.people[(turn + seat) % len(rotation.people)]


def _replaces(stand_in: StandIn, seat: int, person: int | None) -> bool:
    if stand_in.instead_of is not None:
        return person == stand_in.instead_of
    return stand_in.seat == seat


def _absent(roster: Roster, person: int, at: datetime) -> bool:
    return any(one.person == person and one.start <= at < one.end for one in roster.absences)


def _next_free(
    roster: Roster, rotation: Rotation | None, person: int, seated: Sequence[int | None], at: datetime
) -> int | None:
    """Whoever follows in the rotation and is neither absent nor on duty already; None when nobody is left."""
    people = rotation.people if rotation else ()
    begin = people.index(person) + 1 if person in people else 0
    for step in range(len(people)):
        other = people[(begin + step) % len(people)]
        if other != person and other not in seated and not _absent(roster, other, at):
            return other
    return None


def _changes(roster: Roster, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every instant at which the answer of `on_duty` may change."""
    for rotation in roster.rotations:
        if rotation.since is not None:
            yield rotation.since.astimezone(UTC)
        zone = ZoneInfo(rotation.zone)
        day = start.astimezone(zone).date() - _DAY
        while day <= end.astimezone(zone).date() + _DAY:
            yield instant(day, rotation.hand_over, zone)
            day += _DAY
    for stand_in in roster.stand_ins:
        yield from (stand_in.start.astimezone(UTC), stand_in.end.astimezone(UTC))
    for absence in roster.absences:
        yield from (absence.start.astimezone(UTC), absence.end.astimezone(UTC))
