"""Tests of counts with an uncertain rate: true chances, and quantiles that are what they say."""

from __future__ import annotations

from math import exp, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.alert.rates import FACTORS, Mixtures, posterior

SURE = np.where(np.isclose(FACTORS, 1.0), 1.0, 0.0)


@pytest.mark.parametrize("rate", [exp(-1.5), 1.0, exp(2), exp(3.75)])
def test_without_doubt_it_is_poisson(rate: float) -> None:
    """A rate of the grid that is known gives the chances of the Poisson distribution."""
    mixture = Mixtures(np.array([rate]), SURE[None])
    for count in range(int(rate) + 3):
        true = sum(exp(-rate) * rate**n / factorial(n) for n in range(count + 1))
        # Between two rates of the grid the two neighbours are mixed, a little wider than one rate.
        assert mixture.at_most([count])[0] == pytest.approx(true, abs=1e-6)


def test_large_rates_go_on_where_small_ones_end() -> None:
    """The approximation of large rates fits the exact sums: means and spreads keep their rule."""
    rates = np.array([250.0, 300.0, 350.0, 5000.0])
    mixture = Mixtures(rates, np.tile(SURE, (4, 1)))
    low, middle, high = mixture.quantiles(np.tile([0.025, 0.5, 0.975], (4, 1))).T
    assert np.all(np.abs(middle / rates - 1) < 0.07)
    assert np.all((high - low) / (2 * 1.96 * np.sqrt(rates)) > 0.9)


@given(st.floats(0.011, 30_000), st.integers(0, 2**16), st.lists(st.floats(0.001, 0.999), min_size=2))
def test_quantiles_are_smallest_counts_not_passed(estimate: float, seed: int, chances: list[float]) -> None:
    """Quantiles rise with their chance, are whole numbers, and hold at least that chance."""
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(FACTORS)) * 0.2)[None]
    mixture = Mixtures(np.array([estimate]), weights)
    found = mixture.quantiles(np.array([sorted(chances)]))[0]
    assert np.all(np.diff(found) >= 0)
    assert np.all(found == np.round(found))
    assert found[0] >= 0
    for chance, count in zip(sorted(chances), found, strict=True):
        assert mixture.at_most([count])[0] >= chance - 1e-9
        if 0 < count <= 64:
            assert mixture.at_most([count - 1])[0] < chance + 1e-9


def test_what_came_says_which_factor_it_was() -> None:
    """Twice as many as estimated point to a factor near two; nothing at all to a small one."""
    even = np.full(len(FACTORS), 1 / len(FACTORS))
    assert FACTORS[posterior(even, 100.0, 200).argmax()] == pytest.approx(2.0, rel=0.15)
    assert FACTORS @ posterior(even, 100.0, 0) < 0.05
