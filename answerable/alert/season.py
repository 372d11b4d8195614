"""How much is said at each hour of the day, against the day's mean: from the whole space, not from a story.

One loud event must not make its hour a habit, so no hour of one day counts for more than four mean hours.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DAYS = 14  # of history that make the pattern
_LOUDEST = 4.0  # mean hours
_PRIOR_DAYS = 2.0  # days without any pattern that stand before the first one heard


def hour_of_day(totals: Mapping[int, int], hour: int) -> Floats:
    """24 factors with mean 1, by hour of the day in UTC, from the items of each hour before `hour`.

    Only whole days count back from `hour`; before there is one, each hour is like the others.
    """
    before = [at for at, items in totals.items() if at < hour and items]
    days = min(DAYS, (hour - min(before)) // 24) if before else 0
    if days < 1:
        return np.ones(24)
    first = hour - 24 * days
    counts = np.array([totals.get(at, 0) for at in range(first, hour)], float).reshape(days, 24)
    counts = np.roll(counts, first % 24, axis=1)  # column n is n o'clock
    means = counts.mean(axis=1, keepdims=True)
    shares = np.minimum(np.divide(counts, means, out=np.ones_like(counts), where=means > 0), _LOUDEST)
    factors = (shares.sum(axis=0) + _PRIOR_DAYS) / (days + _PRIOR_DAYS)
    smooth = (np.roll(factors, 1) + 2 * factors + np.roll(factors, -1)) / 4
    return np.asarray(smooth / smooth.mean(), float)
