"""The working-hours clock: minute by minute against a plain count, across summer time, holidays and pauses."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.respond.case_clock import CaseClock, Leg, Pause, due, used
from answerable.respond.escalation import Plan, Step, next_at, owed
from answerable.respond.working_hours import ALWAYS, WorkingHours, after, office, worked

ZONES = (
    "Europe/Madrid",
    "America/New_York",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Pacific/Apia",
)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def at(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type, misc]


@st.composite
def calendars(draw: st.DrawFn) -> WorkingHours:
    """A random calendar that opens at least on Mondays, by day, in one of six zones."""

    def hours() -> tuple[tuple[time, time], ...]:
        cuts = sorted(draw(st.sets(st.integers(4 * 60, 23 * 60), min_size=0, max_size=4)))
        cuts = cuts[: len(cuts) // 2 * 2]
        return tuple(
            (time(a // 60, a % 60), time(b // 60, b % 60)) for a, b in zip(cuts[::2], cuts[1::2], strict=True)
        )

    week = (((time(8), time(16)),), *(hours() for _ in range(6)))
    closed = frozenset(
        date(2026, 3, 25) + timedelta(days=n) for n in draw(st.sets(st.integers(0, 12), max_size=4))
    )
    return WorkingHours(draw(st.sampled_from(ZONES)), week, closed)


def plain_count(hours: WorkingHours, start: datetime, minutes: int) -> list[bool]:
    """For each minute from `start`: does the clock on the wall stand within the hours of its day?"""
    zone, said = ZoneInfo(hours.zone), []
    for minute in range(minutes):
        wall = (start + minute * MINUTE).astimezone(zone)
        spans = () if wall.date() in hours.closed else hours.week[wall.weekday()]
        said.append(any(a <= wall.time() < b for a, b in spans))
    return said


@settings(max_examples=40)
@given(calendars(), st.integers(0, 60 * 24 * 6), st.integers(1, 60 * 24 * 4))
def test_working_time_is_what_a_plain_count_says(hours: WorkingHours, offset: int, length: int) -> None:
    """Property: over days with a change to summer time in several zones, both count the same minutes."""
    start = datetime(2026, 3, 25, tzinfo=UTC) + offset * MINUTE
    said = plain_count(hours, start, length)
    assert worked(hours, start, start + length * MINUTE) == sum(said) * MINUTE


@settings(max_examples=40)
@given(calendars(), st.integers(0, 60 * 24 * 6), st.integers(1, 60 * 40))
def test_the_deadline_is_the_minute_at_which_the_work_is_done(
    hours: WorkingHours, offset: int, work: int
) -> None:
    """Property: exactly `work` lies between start and deadline, and a moment before it was less."""
    start = datetime(2026, 3, 25, tzinfo=UTC) + offset * MINUTE
    end = after(hours, start, work * MINUTE)
    assert worked(hours, start, end) == work * MINUTE
    assert worked(hours, start, end - timedelta(seconds=1)) < work * MINUTE


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("Europe/Madrid", (2026, 3, 29), 23),
        ("Europe/Madrid", (2026, 10, 25), 25),
        ("Australia/Lord_Howe", (2026, 4, 5), 24.5),
        ("Asia/Shanghai", (2026, 3, 29), 24),
    ],
)
def test_a_day_is_as_long_as_it_is(zone: str, day: tuple[int, int, int], length: float) -> None:
    """On the day of the change round-the-clock hours count 23, 25 or 24½ hours."""
    hours = WorkingHours(zone, (((time(0), time(0)),),) * 7)
    start = at(zone, *day)
    tomorrow = date(*day) + timedelta(days=1)
    assert worked(hours, start, at(zone, tomorrow.year, tomorrow.month, tomorrow.day)) == length * HOUR


def test_a_time_the_wall_never_shows_is_the_moment_of_the_change() -> None:
    """Hours from 02:30 on the night the clock jumps from two to three begin at the jump."""
    hours = WorkingHours("Europe/Madrid", (((time(2, 30), time(4)),),) * 7)
    night = at("Europe/Madrid", 2026, 3, 29)
    assert worked(hours, night, night + 12 * HOUR) == HOUR


def test_friday_evening_is_due_on_monday() -> None:
    """The field's failure: an escalation at midnight or at the weekend."""
    hours = office("Europe/Madrid")
    friday = at("Europe/Madrid", 2026, 11, 27, 16)
    assert after(hours, friday, 2 * HOUR) == at("Europe/Madrid", 2026, 11, 30, 10)
    assert after(hours, friday, timedelta(0)) == friday


def test_a_calendar_that_never_opens_is_an_error() -> None:
    """Nothing walks for ever."""
    with pytest.raises(ValueError, match="never open"):
        after(WorkingHours("UTC", ((),) * 7), datetime(2026, 1, 1, tzinfo=UTC), HOUR)


@pytest.mark.parametrize("hours", [((time(9), time(8)),), ((time(9), time(12)), (time(11), time(13)))])
def test_hours_that_make_no_sense_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    """Backwards and overlapping hours cannot become a calendar."""
    with pytest.raises(ValueError, match="never overlap"):
        WorkingHours("UTC", (hours,) * 7)


def test_a_hand_off_keeps_what_is_left_under_the_new_units_hours() -> None:
    """The field's failure: after a hand-off the old unit's clock ran on."""
    day, night = office("UTC"), WorkingHours("UTC", (((time(18), time(22)),),) * 7)
    start = datetime(2026, 11, 30, 9, tzinfo=UTC)
    clock = CaseClock(start, 6 * HOUR, (Leg(start, day), Leg(start + 4 * HOUR, night)))
    assert due(clock) == datetime(2026, 11, 30, 20, tzinfo=UTC)
    assert used(clock, start + 6 * HOUR) == 4 * HOUR


def test_a_pause_across_a_holiday_costs_nothing() -> None:
    """Paused before a holiday and resumed after it, the case keeps exactly what it had left."""
    hours = office("UTC", frozenset({date(2026, 12, 25)}))
    start = datetime(2026, 12, 24, 9, tzinfo=UTC)
    pause = Pause(datetime(2026, 12, 24, 12, tzinfo=UTC), datetime(2026, 12, 28, 9, tzinfo=UTC))
    assert due(CaseClock(start, 8 * HOUR, (Leg(start, hours),), (pause,))) == datetime(
        2026, 12, 28, 14, tzinfo=UTC
    )
    assert due(CaseClock(start, 8 * HOUR, (Leg(start, hours),), (Pause(pause.since),))) is None


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_pauses_and_hand_offs_never_lose_or_win_time(rng: random.Random) -> None:
    """Property: up to the deadline exactly the allowed working time was used, whatever happened between."""
    start = datetime(2026, 3, 26, 7, tzinfo=UTC) + rng.randrange(4000) * MINUTE
    legs = [Leg(start, office(rng.choice(ZONES)))]
    for _ in range(rng.randrange(4)):
        legs.append(
            Leg(
                legs[-1].since + rng.randrange(1, 5000) * MINUTE,
                rng.choice((office(rng.choice(ZONES)), ALWAYS)),
            )
        )
    pauses = []
    for _ in range(rng.randrange(4)):
        since = start + rng.randrange(8000) * MINUTE
        pauses.append(Pause(since, since + rng.randrange(1, 3000) * MINUTE))
    clock = CaseClock(start, rng.randrange(1, 3000) * MINUTE, tuple(legs), tuple(pauses))
    end = due(clock)
    assert end is not None
    assert used(clock, end) == clock.lasts
    assert used(clock, end - timedelta(seconds=1)) < clock.lasts
    assert not any(pause.since < end < (pause.until or end) for pause in pauses)
    shuffled = list(pauses)
    rng.shuffle(shuffled)
    assert due(CaseClock(start, clock.lasts, tuple(legs), tuple(shuffled))) == end


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_each_step_is_taken_once_whatever_the_clock_on_the_wall_does(rng: random.Random) -> None:
    """F11: with jumps of an hour and a day both ways and restarts, each step is told exactly once, in order."""
    started = datetime(2026, 3, 28, 20, tzinfo=UTC)
    end = started + rng.randrange(60, 3000) * MINUTE
    plan, told, times = Plan(), [], []
    now = started
    jumps = (MINUTE, 30 * MINUTE, HOUR, HOUR, -HOUR, timedelta(days=1), timedelta(days=-1), 5 * HOUR)
    moments = [now := now + rng.choice(jumps) for _ in range(60)]
    for now in [*moments, plan.at(Step.PUBLIC, end, started) + HOUR, started]:
        for step in owed(plan, due=end, started=started, now=now, told=set(told), met=None):
            told.append(step)  # a row; a restart reads it again
            times.append(now)
    assert told == list(Step)
    assert all(now >= plan.at(step, end, started) for step, now in zip(told, times, strict=True))
    assert next_at(plan, due=end, started=started, told=told, met=None) is None


def test_nothing_escalates_after_an_answer_or_while_paused() -> None:
    """The field's failures: an escalation after the answer, and one during a pause."""
    started = datetime(2026, 11, 30, 9, tzinfo=UTC)
    end, plan = started + 8 * HOUR, Plan()
    answered = end - HOUR
    assert owed(plan, due=end, started=started, now=end + 99 * HOUR, told=(), met=answered) == (
        Step.REMINDER,
    )
    assert owed(plan, due=None, started=started, now=end + 99 * HOUR, told=(), met=None) == ()
    assert owed(plan, due=end, started=started, now=end, told={Step.REMINDER}, met=None) == (Step.HEAD,)
    assert next_at(plan, due=end, started=started, told={Step.REMINDER}, met=None) == end
