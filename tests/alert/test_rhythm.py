"""A source's rhythm: quiet nights are no silence, a dead source is noticed in time, and chance cries wolf rarely."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.alert import rhythm as rhythms
from answerable.alert.rhythm import Hour, Rhythm, State

MADRID = ZoneInfo("Europe/Madrid")
START = 491_000  # hours since 1970: a Wednesday in January 2026
WEEKS = 6
SOURCES = 200
Rate = Callable[[datetime], float]  # news in an hour on the wall clock


def steady(_: datetime) -> float:
    return 1.0


def by_day(local: datetime) -> float:
    """A newsroom: from 7 to 21, half as much on weekends, nothing at night."""
    return (0.9 if local.weekday() < 5 else 0.45) if 7 <= local.hour < 21 else 0.0


def poisson(rng: random.Random, mean: float) -> int:
    count, left = 0, rng.expovariate(1.0)
    while left < mean:
        count, left = count + 1, left + rng.expovariate(1.0)
    return count


def lived(rate: Rate, rng: random.Random, hours: int, start: int = START, answers: int = 4) -> list[Hour]:
    """What a source did, hour by hour, asked four times an hour."""
    found = []
    for hour in range(start, start + hours):
        local = datetime.fromtimestamp(hour * 3600, UTC).astimezone(MADRID)
        found.append(Hour(hour, 4, answers, min(4, poisson(rng, rate(local))) if answers else 0))
    return found


def at(hour: float) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)


def last_news(hours: list[Hour]) -> int:
    return next(one.hour for one in reversed(hours) if one.news)


def state(since: float, until: float) -> State:
    """Nothing new since then; it answers still."""
    return State(at(START), at(since), at(until), at(until), 0)


def noticed(known: Rhythm, died: int, limit: int = 2_000) -> int:
    """Hours after its last word at which a source that answers and says nothing is told."""
    return next(
        after for after in range(1, limit) if rhythms.judge(known, state(died, died + after), SOURCES)
    )


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32))
def test_a_dead_source_is_noticed_within_twenty_of_its_usual_intervals(seed: int) -> None:
    """Of 200 sources, one whose news come by chance alone is told after at most 20 usual intervals of silence.

    Sabotage: forget the budget's share of the silence test (`_SILENT`), or take the tail for the rate.
    """
    hours = lived(steady, random.Random(seed), WEEKS * 168)
    known = rhythms.learn(hours, MADRID)
    died = last_news(hours) + 1
    after = noticed(known, died)
    assert 6 <= rhythms.usual(known, at(died), at(died + after)) <= 20
    assert rhythms.patience(known, SOURCES) <= 20


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_a_night_is_no_silence(seed: int) -> None:
    """A newsroom that sleeps is not deaf at night, nor on Sunday morning; dead, it is told within two days."""
    hours = lived(by_day, random.Random(seed), WEEKS * 168)
    known = rhythms.learn(hours, MADRID)
    evening = START + WEEKS * 168 - (START + WEEKS * 168) % 24 + 20  # 21 h in Madrid's winter
    assert rhythms.usual(known, at(evening), at(evening + 10)) < 1.5
    assert rhythms.judge(known, state(evening, evening + 10), SOURCES) is None
    assert noticed(known, evening) <= 60


def test_chance_alone_cries_wolf_within_the_budget() -> None:
    """200 living sources over ten weeks: at most twice the five false alarms that the budget allows.

    Sabotage: judge every source as if it were the only one.
    """
    rng = random.Random(7)
    alarms = 0
    for number in range(40):
        rate = by_day if number % 2 else steady
        hours = lived(rate, rng, (WEEKS + 10) * 168)
        known = rhythms.learn(hours[: WEEKS * 168], MADRID)
        last = last_news(hours[: WEEKS * 168])
        told = False
        for one in hours[WEEKS * 168 :]:
            if one.news:
                last, told = one.hour, False
            elif not told and rhythms.judge(known, state(last + 0.5, one.hour + 0.9), SOURCES):
                alarms, told = alarms + 1, True
    # Forty of the two hundred sources have a fifth of the budget: one in ten weeks.
    assert alarms <= 2


def test_a_source_of_long_pauses_is_given_longer() -> None:
    """Who speaks in bursts with days between them has a longer tail, and is not told at its usual pause."""
    rng = random.Random(3)
    hours, hour = [], START
    while hour < START + 8 * 168:
        for _ in range(rng.randint(2, 6)):
            hours.append(Hour(hour, 4, 4, 1))
            hour += 1
        for _ in range(min(90, int(rng.paretovariate(1.1) * 5))):
            hours.append(Hour(hour, 4, 4, 0))
            hour += 1
    bursty, even = rhythms.learn(hours, UTC), rhythms.learn(lived(steady, rng, 8 * 168), UTC)
    assert bursty.tail < even.tail
    assert rhythms.patience(bursty, SOURCES) > rhythms.patience(even, SOURCES)


def test_a_source_that_slows_down_is_told() -> None:
    """A tenth of the usual for a week is told as slow, with the day since when; the usual is not."""
    rng = random.Random(11)
    hours = lived(by_day, rng, WEEKS * 168)
    known = rhythms.learn(hours, MADRID)
    end = START + (WEEKS + 1) * 168
    less = lived(lambda local: by_day(local) / 10, rng, 168, start=START + WEEKS * 168)
    found = rhythms.slow(known, less, at(end), SOURCES)
    assert found is not None
    assert (found.why, found.since < at(end - 20)) == ("slow", True)
    usual = lived(by_day, rng, 168, start=START + WEEKS * 168)
    assert rhythms.slow(known, usual, at(end), SOURCES) is None
    assert rhythms.slow(known, usual[:40], at(end), SOURCES) is None, "hours we did not listen prove nothing"


def test_a_failing_source_is_told_after_hours_not_minutes() -> None:
    """No answer for half an hour is nothing yet; a few hours are; gone for good is told sooner."""
    known = rhythms.learn(lived(steady, random.Random(1), WEEKS * 168), UTC)
    end = START + WEEKS * 168

    def after(hours: float, lasting: bool = False) -> bool:
        broken = State(at(START), at(end), at(end), at(end + hours), 6, lasting)
        return rhythms.judge(known, broken, SOURCES) is not None

    assert not after(0.5)
    assert after(5)
    assert after(2.5, lasting=True)
    assert not after(2.5)


def test_nightly_maintenance_is_learned() -> None:
    """A server that is away from two to five each night is not told at five."""
    hours = [
        Hour(one.hour, 4, 0, 0) if one.hour % 24 in (2, 3, 4) else one
        for one in lived(steady, random.Random(5), WEEKS * 168)
    ]
    known = rhythms.learn(hours, UTC)
    night = START + WEEKS * 168 - (START + WEEKS * 168) % 24 + 24 + 2

    def broken(begin: int, hours_away: float) -> State:
        return State(at(START), at(begin), at(begin), at(begin + hours_away), 8)

    assert rhythms.judge(known, broken(night, 3), SOURCES) is None
    assert rhythms.judge(known, broken(night + 10, 5), SOURCES) is not None


def test_too_little_is_known_of_a_new_source() -> None:
    """After a day nothing is said of its silence; that it never answers is still told."""
    known = rhythms.learn(lived(steady, random.Random(2), 24), UTC)
    assert known.weekly == 0
    assert rhythms.judge(known, state(START + 24, START + 500), SOURCES) is None
    never = State(at(START), None, None, at(START + 8), 5)
    found = rhythms.judge(rhythms.learn([], UTC), never, SOURCES)
    assert found is not None
    assert (found.why, found.since) == ("failing", at(START))


def test_our_own_sleep_is_no_ones_silence() -> None:
    """A desk that was off for two days tells nothing of its sources until they have answered again."""
    hours = lived(steady, random.Random(4), WEEKS * 168)
    known = rhythms.learn(hours, UTC)
    end = START + WEEKS * 168
    off = State(at(START), at(end - 0.5), at(end), at(end), 0)
    assert rhythms.judge(known, off, SOURCES) is None
    gap = [one for one in hours if not START + 400 <= one.hour < START + 448]
    assert rhythms.learn(gap, UTC).weekly == pytest.approx(known.weekly, rel=0.1)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(490_000, 492_000), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
        max_size=80,
    ),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_whatever_the_rows_say_a_chance_is_a_chance(
    rows: list[tuple[int, int, int, int]], a: int, b: int
) -> None:
    """Gaps, doubles, a clock that went back: rates are finite, chances lie in 0 to 1 and fall with time."""
    known = rhythms.learn(
        [Hour(hour, tries, min(tries, ok), min(tries, ok, news)) for hour, tries, ok, news in rows], MADRID
    )
    assert len(known.rates) == 168
    assert all(0 <= rate < 100 for rate in known.rates)
    assert all(0 < chance < 1 for chance in known.dead)
    first, second = sorted((a, b))
    longer = rhythms.chance_of_silence(known, at(START), at(START + second))
    shorter = rhythms.chance_of_silence(known, at(START), at(START + first))
    assert 0 <= longer <= shorter <= 1
    assert rhythms.judge(known, state(START + 10, START), SOURCES) is None, "news of the future is no silence"


def test_clocks_that_change_move_the_rhythm_along() -> None:
    """After the change to summer time the newsroom sleeps an hour earlier in UTC, and is not deaf for it."""
    spring = int(datetime(2026, 3, 30, 5, tzinfo=UTC).timestamp() // 3600)  # 7 h in Madrid's summer
    winter = int(datetime(2026, 3, 23, 6, tzinfo=UTC).timestamp() // 3600)  # 7 h in its winter
    assert rhythms.cell(spring, MADRID) == rhythms.cell(winter, MADRID) == 7
    known = rhythms.learn(lived(by_day, random.Random(9), WEEKS * 168), MADRID)
    night = spring - 8
    assert rhythms.judge(known, state(night, night + 8), SOURCES) is None
    assert timedelta(0) < at(spring) - at(winter)
