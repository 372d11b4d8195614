"""The bar an alert must pass so that false alarms keep to what people allow in a week.

The bar is a quantile of the desk's own past: of the stories that called or would have called somebody, so
many may have been false as the budget allows. Before there is a past, a safe default stands in for it and
fades as weeks go by.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

DEFAULT = 2.0  # false alarms a week
LEAST, MOST = 0.1, 50.0  # what people may allow
BAR = 3.4  # the bar of a desk without a past at the default budget
LOWEST, HIGHEST = 2.4, 5.4  # no past moves the bar beyond these: chance below, silence above
PRIOR_WEEKS = 4.0  # how many weeks the default is worth
WEEKS = 12  # of history that count


class Verdict(StrEnum):
    """What became of a story that called somebody, or would have."""

    TRUE = "true"  # acknowledged, led to an incident, or a matter known already
    FALSE = "false"  # dismissed as a false alarm or as not ours
    OPEN = "open"  # nobody decided, or it stayed below the bar


@dataclass(frozen=True, slots=True)
class Past:
    """One story that called or could have called."""

    score: float  # its highest
    verdict: Verdict


def chance_false(one: Past) -> float:
    """How likely a call of this story is, or was, a false alarm."""
    if one.verdict is Verdict.TRUE:
        return 0.0
    if one.verdict is Verdict.FALSE:
        return 1.0
    return 1.0 / (1.0 + math.pow(10.0, one.score - BAR + 1.0))


def expected(bar: float, past: Sequence[Past], weeks: float) -> float:
    """False alarms a week expected at a bar."""
    prior = DEFAULT * math.pow(10.0, BAR - bar)
    heard = sum([chance_false(one) for one in past if one.score >= bar])
    return (PRIOR_WEEKS * prior + heard) / (PRIOR_WEEKS + weeks)


def bar_for(budget: float, past: Sequence[Past], weeks: float) -> float:
    """The lowest bar at which no more than `budget` false alarms a week are expected."""
    low, high = LOWEST, HIGHEST
    if expected(low, past, weeks) <= budget:
        return low
    for _ in range(40):
        middle = (low + high) / 2
        if expected(middle, past, weeks) <= budget:
            high = middle
        else:
            low = middle
    return high
