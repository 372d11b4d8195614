"""The arithmetic of surprise: how likely so many items are, when the rate itself is only roughly known.

Items of a story come by a Poisson process whose rate has a gamma distribution, so a window's count is
negative binomial (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.6): wider where history is short.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_TERMS = 100_000  # of a sum; a count that large is decided long before


def tail(observed: int, expected: float, shape: float) -> float:
    """Chance of `observed` items or more. `expected` > 0 is the mean, `shape` > 0 the certainty of the rate.

    Equals scipy.stats.nbinom.sf(observed - 1, shape, shape / (shape + expected)).
    """
    if observed <= 0:
        return 1.0
    spread = expected / (shape + expected)
    if observed <= expected:
        # Below the mean the short sum is the one from zero.
        return max(0.0, 1.0 - _sum(0, observed, shape, spread))
    return min(1.0, _sum(observed, observed + _TERMS, shape, spread))


def interval(expected: float, shape: float, within: float = 0.95) -> tuple[float, float]:
    """The central interval that holds `within` of the chance, ends included."""
    spread = expected / (shape + expected)
    chance = exp(shape * log1p(-spread))
    below, number, low = chance, 0, None
    tails = (1.0 - within) / 2
    while number < _TERMS:
        if low is None and below >= tails:
            low = number
        if below >= 1.0 - tails:
            break
        chance *= (number + shape) / (number + 1) * spread
        number += 1
        below += chance
    return float(low or 0), float(number)


def _sum(start: int, end: int, shape: float, spread: float) -> float:
    """Chance of `start` <= count < `end`."""
    ways = lgamma(start + shape) - lgamma(shape) - lgamma(start + 1)
    chance = exp(ways + shape * log1p(-spread) + start * log(spread))
    total, number = 0.0, start
    while number < end:
        total += chance
        chance *= (number + shape) / (number + 1) * spread
        number += 1
        if chance < total * 1e-16 and number * spread < number + 1:
            break
    return total
