"""Tests of the hours of the day: a habit is seen, one event is not taken for one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answerable.alert.season import hour_of_day

NOW = 480_000 + 7  # an hour in the middle of a day


def test_without_a_whole_day_each_hour_is_like_the_others() -> None:
    """Nothing is read into less than a day of history."""
    assert np.all(hour_of_day({NOW - 3: 500}, NOW) == 1)
    assert np.all(hour_of_day({}, NOW) == 1)


def test_a_daily_habit_is_seen_at_its_hour() -> None:
    """Twelve loud evenings make the evening loud and the night quiet."""
    totals = {at: 40 if at % 24 in (18, 19, 20) else 4 for at in range(NOW - 24 * 12, NOW)}
    season = hour_of_day(totals, NOW)
    assert season[19] > 2.5
    assert season[4] < 0.7
    assert season.argmax() in (18, 19, 20)


def test_one_event_is_no_habit() -> None:
    """An hour with a hundred times as much on one day of ten does not double that hour."""
    totals = dict.fromkeys(range(NOW - 240, NOW), 10)
    totals[NOW - 30] = 1000
    assert hour_of_day(totals, NOW).max() < 1.5


@given(st.dictionaries(st.integers(NOW - 400, NOW + 50), st.integers(0, 10_000)))
def test_factors_are_positive_with_mean_one(totals: dict[int, int]) -> None:
    """Any history gives 24 factors above zero with mean 1, and the future is not looked at."""
    season = hour_of_day(totals, NOW)
    assert season.shape == (24,)
    assert np.all(season > 0)
    assert abs(season.mean() - 1) < 1e-9
    past = {at: n for at, n in totals.items() if at < NOW}
    assert np.array_equal(season, hour_of_day(past, NOW))
