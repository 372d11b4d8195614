"""How good a forecast in quantiles was: coverage with its interval, and the weighted interval score.

Bracher, Ray, Gneiting, Reich (2021), Evaluating epidemic forecasts in an interval format. Lower is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p, sqrt


def weighted_interval_score(quantiles: Sequence[float], levels: Sequence[float], observed: float) -> float:
    """The score of one forecast: twice the mean quantile loss, which equals Bracher's equation 2.

    `levels` are a median and the ends of central intervals, so they mirror each other around 0.5.
    """
    losses = (
        (observed - quantile) * level if observed >= quantile else (quantile - observed) * (1 - level)
        for quantile, level in zip(quantiles, levels, strict=True)
    )
    return 2 * sum(losses) / len(levels)


def log_score(quantiles: Sequence[float], levels: Sequence[float], observed: float) -> float:
    """The same on the scale log(1 + n), where a small story weighs as much as a big one."""
    return weighted_interval_score([log1p(quantile) for quantile in quantiles], levels, log1p(observed))


def inside(quantiles: Sequence[float], levels: Sequence[float], observed: float, share: float) -> bool:
    """Whether the central interval of this share held what came."""
    low = levels.index(round((1 - share) / 2, 6))
    return quantiles[low] <= observed <= quantiles[-1 - low]


def share_by_blocks(blocks: Sequence[tuple[int, int]]) -> tuple[float, float, float] | None:
    """(share, low, high): hits among tries with a 95% interval, from (hits, tries) of each block.

    Tries of one block hang together (forecasts of one day), so the spread between blocks is what counts.
    None with fewer than five blocks: too few to say.
    """
    told = [(hits, tries) for hits, tries in blocks if tries]
    tries = sum(n for _, n in told)
    if len(told) < 5:
        return None
    share = sum(hits for hits, _ in told) / tries
    # Cochran, Sampling Techniques, 2.11: the variance of a ratio.
    spread = sum((hits - share * n) ** 2 for hits, n in told) * len(told) / (len(told) - 1)
    margin = 1.96 * sqrt(spread) / tries
    return share, max(0.0, share - margin), min(1.0, share + margin)
