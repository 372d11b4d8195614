"""Clocks count instants: exact at their boundary, deaf to summer time, stopped by what went out alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.respond import clocks
from answerable.respond.clocks import Fact
from answerable.respond.levels import LASTS, ClockKind

TICK = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before summer time begins in Europe

instants = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
kinds = st.sampled_from(list(ClockKind))
zones = st.sampled_from(
    ["Europe/Madrid", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Africa/Casablanca"]
)
facts = st.builds(
    Fact, at=instants, what=st.sampled_from(["statement", "conference"]), holding=st.booleans(), evidence=st.booleans()
)  # fmt: skip


@given(kind=kinds, started=instants, zone=zones)
def test_summer_time_moves_no_deadline(kind: ClockKind, started: datetime, zone: str) -> None:
    """The same instant, written in any zone and on any day of the year, is due at the same instant."""
    there = started.astimezone(ZoneInfo(zone))
    due = clocks.due_at(kind, there)
    assert due == clocks.due_at(kind, started)
    assert due - started == LASTS[kind]
    assert due.tzinfo is UTC


def test_an_hour_is_an_hour_when_the_clock_springs_forward() -> None:
    """Heard at 01:30 in Madrid on the night the clock skips 02:00: due sixty minutes later, at 03:30 there."""
    heard = START.astimezone(ZoneInfo("Europe/Madrid"))
    due = clocks.due_at(ClockKind.HOLDING, heard)
    assert due - START == timedelta(hours=1)
    assert due.astimezone(ZoneInfo("Europe/Madrid")).strftime("%H:%M") == "03:30"


@given(kind=kinds, started=instants)
def test_a_deadline_is_kept_up_to_its_very_moment(kind: ClockKind, started: datetime) -> None:
    """At the due instant it is not missed and not over; one microsecond later it is both."""
    due = clocks.due_at(kind, started)
    assert not clocks.missed(due, due)
    assert clocks.missed(due, due + TICK)
    assert clocks.state(due, due, started) == "now"
    assert clocks.state(due, due + TICK, started) == "over"


@given(
    kind=kinds,
    started=instants,
    after=st.timedeltas(min_value=-timedelta(hours=1), max_value=timedelta(days=9)),
)
def test_met_in_time_is_never_missed_and_met_late_always_is(
    kind: ClockKind, started: datetime, after: timedelta
) -> None:
    """Only the moment it was met counts, however late somebody looks."""
    due = clocks.due_at(kind, started)
    met = started + after
    assert clocks.missed(due, due + timedelta(days=99), met) == (met > due)
    assert clocks.state(due, due + timedelta(days=99), started, met) == "met"


@given(kind=kinds, started=instants, seconds=st.lists(st.integers(0, 60 * 60 * 50), min_size=2, max_size=20))
def test_urgency_only_rises(kind: ClockKind, started: datetime, seconds: list[int]) -> None:
    """As time passes a running clock goes later, soon, now, over, and never back."""
    order = ["later", "soon", "now", "over"]
    due = clocks.due_at(kind, started)
    seen = [clocks.state(due, started + timedelta(seconds=s), started) for s in sorted(seconds)]
    assert [order.index(state) for state in seen] == sorted(order.index(state) for state in seen)


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (timedelta(minutes=61), "later"),
        (timedelta(minutes=60), "soon"),
        (timedelta(minutes=15) + TICK, "soon"),
        (timedelta(minutes=15), "now"),
        (timedelta(0), "now"),
        (-TICK, "over"),
    ],
)
def test_the_states_of_a_long_clock(left: timedelta, state: str) -> None:
    """Last hour soon, last quarter now, past it over."""
    due = clocks.due_at(ClockKind.STATEMENT, START)
    assert clocks.state(due, due - left, START) == state


@pytest.mark.parametrize(("left", "state"), [(31, "later"), (30, "soon"), (15, "now")])
def test_a_clock_of_an_hour_does_not_begin_amber(left: int, state: str) -> None:
    """The holding line's hour is `soon` from its half on."""
    due = clocks.due_at(ClockKind.HOLDING, START)
    assert clocks.state(due, due - left * MINUTE, START) == state


STOPS = {
    ClockKind.HOLDING: lambda f: f.what == "statement",
    ClockKind.STATEMENT: lambda f: f.what == "statement" and not f.holding and f.evidence,
    ClockKind.CONFERENCE: lambda f: f.what == "conference",
    ClockKind.ANSWER: lambda f: f.what == "statement" and not f.holding,
}


@given(kind=kinds, known=st.lists(facts, max_size=8))
def test_a_clock_stops_with_the_first_fact_of_its_rule(kind: ClockKind, known: list[Fact]) -> None:
    """60 min: any word. 5 h: substance with evidence. 24 h: a conference. 48 h: an answer. In any order."""
    expected = min((fact.at for fact in known if STOPS[kind](fact)), default=None)
    assert clocks.met_at(kind, known) == expected
    assert clocks.met_at(kind, reversed(known)) == expected


def test_deadlines_of_a_level() -> None:
    """All of a level's clocks, soonest first, from one start."""
    assert clocks.deadlines(1, START) == tuple(
        (kind, START + LASTS[kind]) for kind in (ClockKind.HOLDING, ClockKind.STATEMENT, ClockKind.CONFERENCE)
    )
