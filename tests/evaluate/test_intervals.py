"""Tests of the scores of forecasts: by hand, against Bracher's own formula, and their limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.evaluate.intervals import inside, log_score, share_by_blocks, weighted_interval_score

LEVELS = (0.025, 0.25, 0.5, 0.75, 0.975)


@given(st.lists(st.integers(0, 500), min_size=5, max_size=5).map(sorted), st.integers(0, 600))
def test_it_is_the_score_of_bracher(quantiles: list[int], observed: int) -> None:
    """Equal to (0.5 |y - m| + sum of alpha/2 times the interval scores) / (K + 0.5), written out here."""
    total = 0.5 * abs(observed - quantiles[2])
    for alpha, low, high in ((0.05, quantiles[0], quantiles[4]), (0.5, quantiles[1], quantiles[3])):
        score = (high - low) + 2 / alpha * max(0, low - observed) + 2 / alpha * max(0, observed - high)
        total += alpha / 2 * score
    assert weighted_interval_score(quantiles, LEVELS, observed) == pytest.approx(total / 2.5)


def test_a_sure_and_true_forecast_costs_nothing() -> None:
    """Zero is the best score on both scales, and a miss costs."""
    assert weighted_interval_score([7] * 5, LEVELS, 7) == 0 == log_score([7] * 5, LEVELS, 7)
    assert log_score([7] * 5, LEVELS, 9) > 0


def test_ends_belong_to_the_interval() -> None:
    """A count on the end is inside; of the half interval only its own ends count."""
    quantiles = [2, 4, 5, 6, 9]
    assert inside(quantiles, LEVELS, 2, 0.95)
    assert inside(quantiles, LEVELS, 9, 0.95)
    assert not inside(quantiles, LEVELS, 10, 0.95)
    assert not inside(quantiles, LEVELS, 3, 0.5)


def test_days_that_differ_make_the_share_less_sure() -> None:
    """Equal days give a narrow interval, days that hang together a wide one; under five, none."""
    assert share_by_blocks([(19, 20)] * 4) is None
    even = share_by_blocks([(19, 20), (18, 20)] * 5)
    torn = share_by_blocks([(20, 20), (17, 20)] * 5)
    assert even
    assert torn
    assert even[0] == torn[0] == 0.925
    assert torn[2] - torn[1] > 2 * (even[2] - even[1]) > 0
