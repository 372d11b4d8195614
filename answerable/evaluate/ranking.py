"""Scores of rankings: average precision and reciprocal rank as trec_eval defines them, and area under ROC."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ranked:
    """What was found for one query, best first, and what is right."""

    places: Sequence[int]
    right: AbstractSet[int]  # at least one


def average_precision(ranked: Ranked, first: int) -> float:
    """Mean precision at the places of the right ones within the first; those beyond count as not found."""
    hits, total = 0, 0.0
    for place, one in enumerate(ranked.places[:first], 1):
        if one in ranked.right:
            hits += 1
            total += hits / place
    return total / min(len(ranked.right), first)


def reciprocal_rank(ranked: Ranked) -> float:
    """One over the place of the first right one, 0 when there is none."""
    return next((1 / place for place, one in enumerate(ranked.places, 1) if one in ranked.right), 0.0)


def auc(right: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """How often a right one scores higher than another, ties counting half (Hanley and McNeil 1982)."""
    higher, lower = scores[right], np.sort(scores[~right])
    if not len(higher) or not len(lower):
        raise ValueError("both kinds are needed")
    below = np.searchsorted(lower, higher, side="left") + np.searchsorted(lower, higher, side="right")
    return float(below.sum()) / (2 * len(higher) * len(lower))
