"""How surprising a count is: the same numbers as SciPy's, also where sums underflow or histories are long."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from answerable.alert.chances import interval, tail

EXPECTED = st.floats(0.001, 3000)
SHAPE = st.floats(0.5, 3000)
NEAR = 1e-9


@settings(max_examples=300)
@given(st.integers(0, 4000), EXPECTED, SHAPE)
@example(observed=6, expected=0.08, shape=1.0)
@example(observed=1900, expected=2000.0, shape=2000.0)  # the chance of none at all is 1e-602
@example(observed=2200, expected=2000.0, shape=2000.0)
def test_the_tail_is_scipys(observed: int, expected: float, shape: float) -> None:
    """The chance of so many items or more is the negative binomial's, however large the numbers are."""
    right = nbinom.sf(observed - 1, shape, shape / (shape + expected))
    assert tail(observed, expected, shape) == pytest.approx(right, rel=1e-6, abs=1e-12)


@given(st.integers(1, 60), st.floats(0.01, 5), st.floats(1, 100))
def test_small_chances_keep_their_digits(observed: int, expected: float, shape: float) -> None:
    """The bar of a burst lies near 1e-5 and below: there the relative error counts, not the absolute."""
    right = nbinom.sf(observed - 1, shape, shape / (shape + expected))
    assert tail(observed, expected, shape) == pytest.approx(right, rel=1e-6)


@settings(max_examples=300)
@given(EXPECTED, SHAPE, st.sampled_from([0.5, 0.8, 0.95, 0.99]))
@example(expected=2000.0, shape=2000.0, within=0.95)
@example(expected=0.05, shape=1.0, within=0.95)
def test_the_interval_is_scipys(expected: float, shape: float, within: float) -> None:
    """Each end is the first count at which SciPy's cumulated chance reaches its share, ties aside."""
    low, high = interval(expected, shape, within)
    law = nbinom(shape, shape / (shape + expected))
    for end, share in ((low, (1 - within) / 2), (high, (1 + within) / 2)):
        assert law.cdf(end) >= share - NEAR
        assert law.cdf(end - 1) < share + NEAR


@given(st.integers(1, 200), EXPECTED, SHAPE)
def test_more_items_are_never_less_surprising(observed: int, expected: float, shape: float) -> None:
    """One more item never raises the chance, one more expected never lowers it."""
    here = tail(observed, expected, shape)
    assert 0.0 <= here <= 1.0
    assert tail(observed + 1, expected, shape) <= here + NEAR
    assert tail(observed, expected + 1, shape) >= here - NEAR


def test_short_history_makes_a_wide_interval() -> None:
    """Ten items an hour, known for an hour or for a month: the little-known rate surprises less."""
    assert interval(10, 1)[1] > interval(10, 700)[1]
    assert tail(40, 10, 1) > 1e-3
    assert tail(40, 10, 700) < 1e-9
