"""Tests of the arithmetic of surprise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from answerable.alert.chances import interval, tail

EXPECTED = st.floats(1e-3, 200)
SHAPE = st.floats(0.1, 1000)


@given(st.integers(0, 300), EXPECTED, SHAPE)
def test_the_tail_is_the_negative_binomials(observed: int, expected: float, shape: float) -> None:
    """Equal to scipy's survival function, far into the tail."""
    true = nbinom.sf(observed - 1, shape, shape / (shape + expected))
    assert tail(observed, expected, shape) == pytest.approx(true, rel=1e-5, abs=1e-12)


@given(EXPECTED, SHAPE)
def test_the_interval_is_central(expected: float, shape: float) -> None:
    """Equal to scipy's quantiles at 2.5% and 97.5%, up to rounding where a step falls on them."""
    p = shape / (shape + expected)
    low, high = interval(expected, shape)
    assert abs(low - max(0, nbinom.ppf(0.025, shape, p))) <= 1
    assert abs(high - nbinom.ppf(0.975, shape, p)) <= 1
    assert nbinom.cdf(high, shape, p) - nbinom.cdf(low - 1, shape, p) >= 0.95 - 1e-6


def test_more_items_are_never_less_surprising() -> None:
    """The tail falls with the count and rises with what was expected."""
    assert [tail(n, 2.0, 1.0) for n in range(30)] == sorted(
        (tail(n, 2.0, 1.0) for n in range(30)), reverse=True
    )
    assert tail(9, 1.0, 2.0) < tail(9, 2.0, 2.0)
    assert tail(0, 5.0, 1.0) == 1.0


def test_an_uncertain_rate_is_less_surprised() -> None:
    """With little history the same count says less."""
    assert tail(10, 2.0, 1.0) > tail(10, 2.0, 50.0)
