"""The arithmetic of surprise: how likely so many items are, when the rate itself is only roughly known.

Items of a story come by a Poisson process whose rate has a gamma distribution, so a window's count is
negative binomial (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.6): wider where history is short.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt

_TERMS = 100_000  # of a sum; a count that large is decided long before
_STEPS = 10_000  # of a fraction; it needs about the root of the count


def tail(observed: int, expected: float, shape: float) -> float:
    """Chance of `observed` items or more. `expected` > 0 is the mean, `shape` > 0 the certainty of the rate.

    Equals scipy.stats.nbinom.sf(observed - 1, shape, shape / (shape + expected)).
    """
    if observed <= 0:
        return 1.0
    spread = expected / (shape + expected)
    if observed <= expected:
        return max(0.0, 1.0 - _below(observed, shape, spread))
    return min(1.0, _from(observed, shape, spread))


def interval(expected: float, shape: float, within: float = 0.95) -> tuple[float, float]:
    """The central interval that holds `within` of the chance, ends included."""
    spread = expected / (shape + expected)
    # Eight deviations below the mean nothing is left; the chance of zero itself may be too small for a float.
    number = max(0, int(expected - 8 * sqrt(expected + expected * expected / shape)))
    end, low = number + _TERMS, None
    below = chance = _chance(number, shape, spread)
    tails = (1.0 - within) / 2
    while number < end:
        if low is None and below >= tails:
            low = number
        if below >= 1.0 - tails:
            break
        chance *= (number + shape) / (number + 1) * spread
        number += 1
        below += chance
    return float(low or 0), float(number)


def _chance(number: int, shape: float, spread: float) -> float:
    """Chance of exactly `number`."""
    ways = lgamma(number + shape) - lgamma(shape) - lgamma(number + 1)
    return exp(ways + shape * log1p(-spread) + number * log(spread))


def _from(start: int, shape: float, spread: float) -> float:
    """Chance of `start` or more, above the mean: an incomplete beta function by its continued fraction.

    DLMF 8.17.22 by Lentz's method: a dozen steps where adding the chances up takes hundreds.
    """
    a, b, x = float(start), shape, spread
    over, under = 1.0, 1.0 / _apart(1.0 - (a + b) * x / (a + 1.0))
    total = under
    for step in range(1, _STEPS):
        for part in (
            step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step)),
            -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1)),
        ):
            under = 1.0 / _apart(1.0 + part * under)
            over = _apart(1.0 + part / over)
            change = over * under
            total *= change
        if abs(change - 1.0) < 1e-14:
            break
    # The first chance, without dividing by the number of ways: it is the front of the fraction.
    return _chance(start, shape, spread) * total


def _apart(number: float) -> float:
    """Keeps Lentz's method from dividing by zero."""
    return number if abs(number) > 1e-300 else 1e-300


def _below(end: int, shape: float, spread: float) -> float:
    """Chance of less than `end`, below the mean: downwards, because the first terms may be too small."""
    chance = _chance(end - 1, shape, spread)
    total = 0.0
    for number in range(end - 1, -1, -1):
        total += chance
        chance *= number / ((number - 1 + shape) * spread) if number else 0.0
    return total
