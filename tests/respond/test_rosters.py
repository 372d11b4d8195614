"""Rosters: at every minute exactly the people that a plain walk through the days names."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from answerable.publish.calendar import Entry, calendar
from answerable.respond.rosters import (
    Absence,
    Roster,
    Rotation,
    Shift,
    StandIn,
    gaps,
    on_duty,
    shares,
    shifts,
    swap,
    too_little_rest,
)

ZONES = (
    "Europe/Madrid",
    "America/New_York",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Europe/London",
)
# Days around a change of the clock in at least one of the zones, both ways.
AROUND = (
    datetime(2026, 3, 27, tzinfo=UTC),
    datetime(2026, 10, 23, tzinfo=UTC),
    datetime(2026, 4, 3, tzinfo=UTC),
    datetime(2026, 3, 6, tzinfo=UTC),
)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def drawn(rng: random.Random, start: datetime, days: int) -> Roster:
    """A random roster with everything a roster can have."""
    people = list(range(1, rng.randint(2, 6)))
    rotations = []
    for number in range(rng.randint(1, 3)):
        rng.shuffle(people)
        rotations.append(
            Rotation(
                tuple(people[: rng.randint(1, len(people))]), start.date() - timedelta(days=rng.randint(0, 40)),
                time(rng.choice((0, 1, 2, 2, 3, 8, 17, 23)), rng.choice((0, 30))), rng.choice(ZONES), rng.choice((1, 2, 7)),
                frozenset(rng.sample(range(7), rng.randint(3, 7))), rng.choice(("too", "too", "only", "never")),
                None if number == 0 else start + rng.randrange(days * 1440) * MINUTE,
            )
        )  # fmt: skip
    seats = rng.randint(1, 3)
    plain = Roster(tuple(rotations), seats)
    return Roster(
        tuple(rotations),
        seats,
        tuple(
            StandIn(
                *span(rng, start, days),
                rng.choice(people),
                *rng.choice(((rng.choice(people), None), (None, rng.randrange(2)))),
            )
            for _ in range(rng.randrange(5))
        )
        + swapped(rng, plain, start, days),
        tuple(Absence(rng.choice(people), *span(rng, start, days)) for _ in range(rng.randrange(4))),
        frozenset(start.date() + timedelta(days=rng.randrange(days)) for _ in range(rng.randrange(3))),
    )


def swapped(rng: random.Random, roster: Roster, start: datetime, days: int) -> tuple[StandIn, ...]:
    """Two people take each other's shift, in every second roster."""
    served = [one for one in shifts(roster, start, start + days * DAY) if one.person is not None]
    if len(served) < 2 or rng.random() < 0.5:
        return ()
    return swap(*rng.sample(served, 2))


def span(rng: random.Random, start: datetime, days: int) -> tuple[datetime, datetime]:
    begin = start + rng.randrange(days * 1440) * MINUTE
    return begin, begin + rng.randrange(1, 2000) * MINUTE


class PlainDays:
    """Walks through time minute by minute; a day of duty begins when the wall first shows its hand-over."""

    def __init__(self, rotation: Rotation, start: datetime) -> None:
        self.rotation, self.zone = rotation, ZoneInfo(rotation.zone)
        self.day = start.astimezone(self.zone).date() - 2 * DAY

    def at(self, now: datetime) -> date:
        wall = now.astimezone(self.zone).replace(tzinfo=None)
        while wall >= datetime.combine(self.day + DAY, self.rotation.hand_over):
            self.day += DAY
        return self.day


def plainly(roster: Roster, days: list[PlainDays], now: datetime) -> tuple[int | None, ...]:
    """The rules of a roster once more, as a person would read them aloud."""
    speaking, day = None, None
    for rotation, walked in zip(roster.rotations, days, strict=True):
        today = walked.at(now)
        if rotation.since is not None and now < rotation.since:
            continue
        if today < rotation.first:
            continue
        holiday = today in roster.holidays
        if rotation.holidays == "only":
            fits = holiday
        elif rotation.holidays == "never":
            fits = not holiday and today.weekday() in rotation.weekdays
        else:
            fits = today.weekday() in rotation.weekdays
        if fits:
            speaking, day = rotation, today
    away = {one.person for one in roster.absences if one.start <= now < one.end}
    seats: list[int | None] = []
    for seat in range(roster.seats):
        person = None
        if speaking is not None and day is not None:
            order = speaking.people
            person = order[((day - speaking.first).days // speaking.days + seat) % len(order)]
        for one in roster.stand_ins:
            if one.start <= now < one.end and (
                one.instead_of == person if one.instead_of is not None else one.seat == seat
            ):
                person = one.person
        if person is not None and (person in away or person in seats):
            order = speaking.people if speaking else ()
            place = order.index(person) if person in order else -1
            following = [order[(place + 1 + n) % len(order)] for n in range(len(order))]
            free = [
                other for other in following if other != person and other not in away and other not in seats
            ]
            person = free[0] if free else None
        seats.append(person)
    return tuple(seats)


def read_back(planned: list[Shift]) -> list[Shift]:
    """The shifts as a second library reads them from our calendar file; a gap has no event, so it is filled in."""
    entries = [
        Entry(f"{shift.seat}-{number}", shift.start, shift.end, f"{shift.seat} {shift.person}")
        for number, shift in enumerate(planned)
        if shift.person is not None
    ]
    file = calendar("Duty", entries, NOON).decode()
    events = getattr(vobject.readOne(file), "vevent_list", [])
    found = []
    for event in events:
        seat, person = map(int, event.summary.value.split())
        found.append(Shift(event.dtstart.value, event.dtend.value, seat, person))
    assert len(found) == len(entries)
    return sorted(
        [*found, *(shift for shift in planned if shift.person is None)], key=lambda one: (one.seat, one.start)
    )


def agree(rng: random.Random, days: int) -> None:
    start = rng.choice(AROUND)
    roster = drawn(rng, start, days)
    read = read_back(shifts(roster, start, start + days * DAY))
    planned = {seat: [shift for shift in read if shift.seat == seat] for seat in range(roster.seats)}
    walked = [PlainDays(rotation, start) for rotation in roster.rotations]
    place = dict.fromkeys(planned, 0)
    for minute in range(days * 1440):
        now = start + minute * MINUTE
        wanted = plainly(roster, walked, now)
        for seat, mine in planned.items():
            while mine[place[seat]].end <= now:
                place[seat] += 1
            assert mine[place[seat]].person == wanted[seat], (now, seat, roster)
        if minute % 997 == 0:
            assert on_duty(roster, now) == wanted, (now, roster)


def test_every_minute_names_the_people_of_a_plain_reading(seed: int) -> None:
    """24 random rosters over three days around changes of the clock, every minute, also through the calendar file.

    Sabotage: write the end of a shift in the wall's time, or let a stand-in end a minute late.
    """
    rng = random.Random(seed)
    for _ in range(24):
        agree(rng, 3)


@pytest.mark.deep
def test_three_hundred_rosters_every_minute(seed: int) -> None:
    """300 random rosters over ten days, every minute."""
    rng = random.Random(seed)
    for _ in range(300):
        agree(rng, 10)


WEEKLY = Rotation((1, 2, 3), date(2026, 11, 2), time(9), "Europe/Madrid")


def test_a_swap_survives_a_change_of_the_rotation() -> None:
    """Ana takes Bo's week and Bo takes Ana's; a new colleague in the rotation later changes nothing about it."""
    before = Roster((WEEKLY,))
    start = datetime(2026, 11, 30, 8, tzinfo=UTC)
    mine, other = (shifts(before, start + n * 7 * DAY, start + (n + 1) * 7 * DAY)[0] for n in (0, 1))
    taken = swap(mine, other)
    after = Roster(
        (WEEKLY, Rotation((4, 2, 3, 1), date(2026, 11, 2), time(9), "Europe/Madrid", since=start + 40 * DAY)),
        stand_ins=taken,
    )
    assert on_duty(after, start + DAY) == (other.person,)
    assert on_duty(after, start + 8 * DAY) == (mine.person,)
    assert on_duty(before, start + DAY) == (mine.person,)


def test_a_gap_is_announced_ahead() -> None:
    """Both people of a rotation are away on Sunday at two: the gap says when and which seat."""
    away = tuple(
        Absence(person, datetime(2026, 12, 6, 1, tzinfo=UTC), datetime(2026, 12, 6, 3, tzinfo=UTC))
        for person in (1, 2, 3)
    )
    found = gaps(Roster((WEEKLY,), absences=away), NOON, NOON + 7 * DAY)
    assert found == [
        Shift(datetime(2026, 12, 6, 1, tzinfo=UTC), datetime(2026, 12, 6, 3, tzinfo=UTC), 0, None)
    ]
    with pytest.raises(ValueError, match="gap"):
        swap(found[0], found[0])


def test_rest_and_fair_share_are_counted() -> None:
    """Two shifts with an hour between, and one of 40 hours, are named; shares add up to all the time on duty."""
    planned = [
        Shift(NOON, NOON + 8 * HOUR, 0, 1), Shift(NOON + 9 * HOUR, NOON + 12 * HOUR, 1, 1),
        Shift(NOON, NOON + 20 * HOUR, 1, 2), Shift(NOON + 20 * HOUR, NOON + 40 * HOUR, 0, 2), Shift(NOON, NOON + HOUR, 2, None),
    ]  # fmt: skip
    assert too_little_rest(planned, 11 * HOUR, 24 * HOUR) == [(1, NOON + 9 * HOUR), (2, NOON)]
    assert shares(planned) == {1: 11 * HOUR, 2: 40 * HOUR}


def test_one_person_never_sits_twice() -> None:
    """A rotation of one cannot fill two seats: the deputy's seat is a gap, and is shown as one."""
    alone = Roster((Rotation((7,), date(2026, 11, 2), time(9), "UTC"),), seats=2)
    assert on_duty(alone, NOON) == (7, None)


@pytest.mark.parametrize("wrong", [{"people": ()}, {"days": 0}])
def test_a_rotation_of_nobody_is_refused(wrong: dict[str, object]) -> None:
    """An empty rotation or a turn of no days is an error when it is made, not at night."""
    with pytest.raises(ValueError, match="rotation needs"):
        Rotation(**{"people": (1,), "first": date(2026, 1, 1), "hand_over": time(9), "zone": "UTC", **wrong})  # type: ignore[arg-type]
