"""The distribution of a count whose rate is our estimate times an unknown factor.

Items come by chance (Poisson) around a rate; how far rates lie from what was estimated is a weight for each
factor on a grid, so the form of the spread is learned and not assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import erf, lgamma, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEP = 0.25  # of the logarithm, of rates and factors alike
_LOWEST, _RATES = -9.0, 92  # rates from exp(-9) to exp(13.75)
FACTORS: Floats = np.exp(STEP * np.arange(-20, 17))  # from 1/148 to 55
_SHIFTS = np.arange(-20, 17)
_LARGEST = 3e6  # a count beyond this is shown as this
_EXACT = 300.0  # rates up to here are summed, those above approximated


def smallest_log_rate() -> float:
    """The logarithm of the smallest rate that is told from zero."""
    return -4.5


def rates() -> Floats:
    """The grid of rates."""
    return np.asarray(np.exp(_LOWEST + STEP * np.arange(_RATES)), float)


@cache
def _counts() -> Floats:
    """The counts at which distributions are held: each up to 64, then 4% apart."""
    found = [float(n) for n in range(65)]
    while found[-1] < _LARGEST:
        found.append(float(np.ceil(found[-1] * 1.04)))
    return np.array(found)


@cache
def _table() -> Floats:
    """Chance of at most so many (columns) at a rate (rows)."""
    counts = _counts()
    single = np.arange(2000)
    logs = np.array([lgamma(n + 1) for n in single])
    rows = []
    for rate in rates():
        if rate <= _EXACT:
            sums = np.cumsum(np.exp(single * np.log(rate) - rate - logs))
            rows.append(np.where(counts < 2000, sums[np.minimum(counts, 1999).astype(int)], 1.0))
        else:  # Wilson and Hilferty (1931): the cube root of a gamma variable is nearly normal
            shape = counts + 1
            deviation = (np.cbrt(rate / shape) - (1 - 1 / (9 * shape))) * np.sqrt(9 * shape)
            rows.append(np.array([0.5 * (1 - erf(z / sqrt(2))) for z in deviation]))
    return np.asarray(np.clip(np.array(rows), 0.0, 1.0), float)


class Mixtures:
    """Distributions of counts, one for each estimate. `weights` holds a row over FACTORS for each."""

    def __init__(self, estimates: Floats, weights: Floats) -> None:
        place = (np.log(estimates) - _LOWEST) / STEP
        base = np.floor(place).astype(int)
        part = place - base
        held = np.zeros((len(estimates), _RATES))
        rows = np.arange(len(estimates))
        for column, shift in enumerate(_SHIFTS):
            # An estimate between two rates of the grid is shared among them.
            held[rows, np.clip(base + shift, 0, _RATES - 1)] += weights[:, column] * (1 - part)
            held[rows, np.clip(base + shift + 1, 0, _RATES - 1)] += weights[:, column] * part
        self.means: Floats = held @ rates()
        self._below: Floats = np.maximum.accumulate(held @ _table(), axis=1)

    def at_most(self, counts: Sequence[float]) -> Floats:
        """Chance of at most so many, one count for each distribution; 0 for a negative count."""
        return np.array(
            [
                np.interp(count, _counts(), row) if count >= 0 else 0.0
                for count, row in zip(counts, self._below, strict=True)
            ]
        )

    def quantiles(self, chances: Floats) -> Floats:
        """The smallest counts that are not passed with these chances; a row of chances for each."""
        counts, found = _counts(), np.zeros(chances.shape)
        for number, (row, wanted) in enumerate(zip(self._below, chances, strict=True)):
            at = np.minimum(np.searchsorted(row, wanted - 1e-12), len(counts) - 1)
            upper, before = counts[at], np.maximum(at - 1, 0)
            span = np.maximum(row[at] - row[before], 1e-15)
            between = counts[before] + (wanted - row[before]) / span * (upper - counts[before])
            found[number] = np.where(upper > 64, np.ceil(np.clip(between, counts[before], upper)), upper)
        return found


def posterior(weights: Floats, estimate: float, observed: float) -> Floats:
    """How likely each factor was, given what came."""
    rate = estimate * FACTORS
    logs = np.log(weights) + observed * np.log(rate) - rate
    found = np.exp(logs - logs.max())
    return np.asarray(found / found.sum(), float)
