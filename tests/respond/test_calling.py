"""Who is called next: in the order, once each, never in quiet hours unless they chose so, until nobody is left."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.respond.calling import Callee, Quiet, next_step, quiet_until

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WAIT = timedelta(minutes=10)
ZONES = [
    ZoneInfo(name)
    for name in ("UTC", "Europe/Madrid", "America/St_Johns", "Asia/Shanghai", "Pacific/Chatham")
]
LONDON = ZoneInfo("Europe/London")

times = st.times()
quiets = st.builds(Quiet, times, times, st.sampled_from(ZONES))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


@st.composite
def orders(draw: st.DrawFn) -> list[Callee]:
    """Up to six people, some out of reach, some with quiet hours, some who let urgent calls through."""
    people = draw(st.lists(st.integers(1, 50), max_size=6, unique=True))
    return [
        Callee(
            person, draw(st.booleans()) or draw(st.booleans()), draw(st.none() | quiets), draw(st.booleans())
        )
        for person in people
    ]


@given(quiets, moments)
def test_quiet_hours_end_ahead_and_within_a_day(quiet: Quiet, at: datetime) -> None:
    """Who is asleep wakes later than now, at most a day (and a clock change) on, and is awake then."""
    end = quiet_until(quiet, at)
    if end is None:
        return
    assert at < end <= at + timedelta(hours=25, minutes=1)
    assert quiet_until(quiet, end) is None or (quiet.start < quiet.end and end.astimezone(quiet.zone).fold)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-28T23:30:00+00:00", "2026-03-29T06:00:00+00:00"),  # clocks go forward in that night
        ("2026-10-24T22:30:00+00:00", "2026-10-25T07:00:00+00:00"),  # and back in that one
        ("2026-03-28T21:59:59+00:00", None),
        ("2026-03-29T06:00:00+00:00", None),
    ],
)
def test_quiet_hours_follow_the_wall_clock(at: str, until: str | None) -> None:
    """From 22 to 7 in London means the clock on the wall, also in the nights in which it changes."""
    quiet = Quiet(time(22), time(7), LONDON)
    found = quiet_until(quiet, datetime.fromisoformat(at))
    assert found == (datetime.fromisoformat(until) if until else None)


def test_an_end_in_the_hour_that_comes_twice_lies_ahead() -> None:
    """In the repeated hour the end is the one still to come, never a moment that has passed."""
    quiet = Quiet(time(22), time(1, 45), LONDON)
    second_pass = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 01:30 in London for the second time
    assert quiet_until(quiet, second_pass) == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)


@given(orders(), moments, st.booleans(), st.lists(st.integers(-7200, 7200), max_size=8), st.randoms())
def test_everybody_is_called_once_in_order_whatever_the_clock_does(
    order: list[Callee], at: datetime, urgent: bool, jumps: list[int], luck: object
) -> None:
    """Nobody answers: each reachable person is called exactly once, whatever the clock jumps in between.

    No notice goes out in quiet hours unless it is urgent and the person lets it through.
    """
    called: dict[int, datetime] = {}
    now = at
    for turn in range(200):
        step = next_step(order, called.keys(), urgent=urgent, wait=WAIT, now=now)
        for person, when in step.calls:
            assert person not in called
            assert when >= now
            who = next(one for one in order if one.person == person)
            assert who.reachable
            assert quiet_until(who.quiet, when) is None or (urgent and who.wake) or when > now
            called[person] = when
        if step.due is None:
            break
        assert step.due > now
        assert len(step.calls) == 0 or step.due == now + WAIT
        jump = timedelta(seconds=jumps[turn] if turn < len(jumps) else 0)
        now = max(step.due, step.due + jump)
    assert set(called) == {one.person for one in order if one.reachable}


@given(orders(), moments, st.booleans())
def test_one_awake_person_at_a_time(order: list[Callee], at: datetime, urgent: bool) -> None:
    """A step wakes one person at most, the first awake one; those before them get theirs when they wake."""
    step = next_step(order, set(), urgent=urgent, wait=WAIT, now=at)
    at_once = [person for person, when in step.calls if when == at]
    asleep = [
        one.person
        for one in order
        if one.reachable and not (urgent and one.wake) and quiet_until(one.quiet, at) is not None
    ]
    awake = [one.person for one in order if one.reachable and one.person not in asleep]
    assert at_once == awake[:1]
    if awake:
        places = [one.person for one in order]
        assert [person for person, _ in step.calls[:-1]] == [
            person for person in asleep if places.index(person) < places.index(awake[0])
        ]
    else:
        assert step.calls == ()
        assert (step.due is None) == (not asleep)


def test_quiet_hours_of_no_length_are_none() -> None:
    """From 7 to 7 is no quiet time, not a whole day of it."""
    assert quiet_until(Quiet(time(7), time(7), LONDON), AT) is None
