"""Tests of the forecast: honest intervals, better than yesterday, nothing from the future, nothing twice."""

from __future__ import annotations

import json
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.alert.forecast import HORIZONS, LEVELS, Forecast, Forecaster, active, due, observed
from answerable.alert.seasonal_naive import SeasonalNaive
from answerable.evaluate.intervals import inside, weighted_interval_score
from tests.alert.stories import FIRST, made_up


def play(seed: int, **made: float) -> tuple[list[tuple[Forecast, int]], Forecaster]:
    """All scored forecasts of a made-up space, hour by hour, and who made them."""
    stories, totals = made_up(seed, **made)  # type: ignore[arg-type]
    last = max(totals)
    forecaster, waiting, scored = Forecaster(), [], []
    for hour in range(FIRST + 1, last + 1):
        ready = due(waiting, hour)
        waiting = [one for one in waiting if one not in ready]
        outcomes = [(one, observed(stories[one.story], one)) for one in ready]
        forecaster.learn(outcomes)
        scored += outcomes
        waiting += forecaster.forecast(stories, totals, hour)
    return scored, forecaster


@pytest.mark.parametrize(("seed", "daily"), [(11, 0.0), (12, 0.7)])
def test_intervals_hold_what_they_promise_and_beat_yesterday(seed: int, daily: float) -> None:
    """On invented stories the 95% intervals hold 92 to 98 in a hundred, and the score beats the naive one's."""
    scored, _ = play(seed, stories=25, days=8, daily=daily)
    for horizon in HORIZONS:
        some = [(f, came) for f, came in scored if f.horizon == horizon]
        assert 0.92 <= fmean(inside(f.quantiles, LEVELS, came, 0.95) for f, came in some) <= 0.98
        ours = fmean(weighted_interval_score(f.quantiles, LEVELS, came) for f, came in some)
        naive = fmean(weighted_interval_score(f.naive, LEVELS, came) for f, came in some)
        assert ours < 0.9 * naive


def test_learning_mends_intervals_that_are_wrong_at_first() -> None:
    """Where every story stops dead, the model learns it: later intervals are narrower and still hold."""
    forecaster, widths = Forecaster(), []
    for number in range(150):
        hour = FIRST + number
        made = [one for one in forecaster.forecast({1: {hour - 1: 30}}, {}, hour) if one.horizon == 6]
        widths.append(made[0].high - made[0].low)
        forecaster.learn([(made[0], 0)])
    assert fmean(widths[-10:]) < 0.5 * widths[0]


def test_nothing_of_the_future_is_looked_at() -> None:
    """Counts of the hour itself and later change no forecast."""
    past = {FIRST - 5: 15, FIRST - 1: 9}
    knowing = Forecaster().forecast({7: past | {FIRST: 400, FIRST + 3: 90}}, {FIRST + 1: 9}, FIRST)
    assert knowing == Forecaster().forecast({7: past}, {}, FIRST)
    assert len(knowing) == 3


def test_who_is_forecast() -> None:
    """Twenty items and one within a day: below either, there is no forecast."""
    assert active({FIRST - 24: 20}, FIRST)
    assert not active({FIRST - 25: 20}, FIRST)
    assert not active({FIRST - 1: 19}, FIRST)
    assert not active({FIRST: 40}, FIRST)
    assert Forecaster().forecast({1: {FIRST - 1: 19}}, {}, FIRST) == []


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.integers(FIRST - 600, FIRST + 3), st.integers(0, 50_000), min_size=1, max_size=40),
    st.dictionaries(st.integers(FIRST - 600, FIRST), st.integers(0, 90_000), max_size=40),
)
def test_any_history_gives_quantiles_in_order(hours: dict[int, int], totals: dict[int, int]) -> None:
    """Whatever was counted, quantiles rise, none is negative, and what is expected is a number."""
    for one in Forecaster().forecast({3: hours}, totals, FIRST):
        assert list(one.quantiles) == sorted(one.quantiles)
        assert one.low >= 0
        assert len(one.quantiles) == 9
        assert list(one.naive) == sorted(one.naive)
        assert one.naive[0] >= 0
        assert 0 <= one.expected < 1e8


def test_a_restart_forgets_nothing() -> None:
    """State goes through JSON and comes back: the next forecasts and lessons are the same."""
    scored, forecaster = play(13, stories=12, days=4)
    again = Forecaster(json.loads(json.dumps(forecaster.state())))
    stories, totals = made_up(13, stories=12, days=4)
    hour = max(totals)
    expected = forecaster.forecast(stories, totals, hour)
    assert expected
    assert again.forecast(stories, totals, hour) == expected
    forecaster.learn(scored[-3:])
    again.learn(scored[-3:])
    assert [f.quantiles for f in again.forecast(stories, totals, hour)] == [
        f.quantiles for f in forecaster.forecast(stories, totals, hour)
    ]


def test_due_leaves_an_hour_for_what_is_heard_late() -> None:
    """A forecast up to 10:00 is scored from 11:00 on."""
    one = Forecaster().forecast({1: {FIRST - 1: 30}}, {}, FIRST)[0]
    assert one.horizon == 1
    assert one.due == FIRST + 1
    assert due([one], FIRST + 1) == []
    assert due([one], FIRST + 2) == [one]
    assert observed({FIRST - 1: 30, FIRST: 4, FIRST + 1: 9}, one) == 4


def test_the_naive_forecast_is_yesterday_with_its_own_errors() -> None:
    """Its middle is the same hours of the last day; its width follows its past errors; it survives JSON."""
    naive = SeasonalNaive()
    assert SeasonalNaive.count({FIRST - 24: 7, FIRST - 23: 5, FIRST - 1: 99}, FIRST, 2) == 12
    first = naive.quantiles(12, LEVELS)
    assert first[4] == 12
    for _ in range(300):
        naive.learn(12, 48)
    assert naive.quantiles(12, LEVELS)[4] > 40
    assert naive.quantiles(400, LEVELS)[4] == 400
    again = SeasonalNaive()
    again.load(json.loads(json.dumps(naive.state())))
    assert again.quantiles(12, LEVELS) == naive.quantiles(12, LEVELS)
