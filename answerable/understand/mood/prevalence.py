"""Shares of a group from uncertain judgements: the posterior of a mixture, not a count.

The likelihood is that of Saerens, Latinne and Decaestecker (2002), on a grid of shares under a flat prior,
for several draws of the calibration, so that its uncertainty stands in the interval. What is estimated is
the share among the group's own items, read and unread, not of a population beyond them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

STEPS = 30  # of the grid, per share
DRAWS = 640  # shares drawn from each group's posterior
LEVEL = 0.95
SMALL = 20  # items below which a group is judged together with other small ones

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """Judged items that share a calibration, usually one language."""

    evidence: NDArray[
        np.float32
    ]  # (draws of the calibration, items, classes), rows sum to 1, no class favoured
    weights: Matrix  # how many items each one is: above 1 where it was said more than once
    unread: float = 0.0  # items of the group that nobody read, taken to be like those that were

    @property
    def size(self) -> float:
        """Items of the group."""
        return float(self.weights.sum()) + self.unread


@dataclass(frozen=True, slots=True)
class Shares:
    """Estimated shares of the classes, which sum to 1, with the ends of their intervals."""

    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    effective: float  # items of equal weight that would say as much


def estimate(groups: Sequence[Group], seed: int = 0) -> Shares:
    """Shares over all groups, each weighted by its items. Raises ValueError without items."""
    groups = _joined([group for group in groups if len(group.weights)])
    if not groups:
        raise ValueError("no items to estimate from")
    random = np.random.default_rng(seed)
    total = sum(group.size for group in groups)
    drawn = np.zeros((DRAWS, groups[0].evidence.shape[2]))
    for group in groups:
        drawn += _draws(group, random) * (group.size / total)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail), axis=0)
    # The mean of a very lopsided posterior may lie beyond its quantiles.
    mean = drawn.mean(axis=0)
    low, high = np.minimum(low, mean), np.maximum(high, mean)
    everybody = np.concatenate([group.weights for group in groups])
    return Shares(
        share=tuple(mean.tolist()),
        low=tuple(np.clip(low, 0, 1).tolist()),
        high=tuple(np.clip(high, 0, 1).tolist()),
        effective=_effective(everybody),
    )


def _joined(groups: Sequence[Group]) -> list[Group]:
    """Small groups as one: three posts in a language say nothing by themselves."""
    small = [group for group in groups if len(group.weights) < SMALL]
    if len(small) < 2:
        return list(groups)
    together = Group(
        np.concatenate([group.evidence for group in small], axis=1),
        np.concatenate([group.weights for group in small]),
        sum(group.unread for group in small),
    )
    return [*(group for group in groups if len(group.weights) >= SMALL), together]


def _effective(weights: Matrix) -> float:
    """Kish's effective size: repeats and big weights bring less than as many different items."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _draws(group: Group, random: np.random.Generator) -> Matrix:
    """Shares drawn from the posterior of one group, shape (DRAWS, classes)."""
    weights = group.weights / group.weights.sum()
    scale = (weights * _effective(group.weights)).astype(np.float32)
    read = float(group.weights.sum()) / group.size
    calibrations = len(group.evidence)
    points = _grid(group.evidence.shape[2])
    out = []
    for draw, evidence in enumerate(group.evidence):
        mixed = evidence @ points.T
        likelihood = (scale @ np.log(np.maximum(mixed, 1e-9, out=mixed), out=mixed)).astype(np.float64)
        # Each calibration has the same say: the group itself must not choose among them.
        posterior = np.exp(likelihood - likelihood.max())
        wanted = DRAWS * (draw + 1) // calibrations - DRAWS * draw // calibrations
        chosen = points[random.choice(len(points), size=wanted, p=posterior / posterior.sum())]
        among_read = _labels(evidence, chosen, weights, random)
        out.append(read * among_read + (1 - read) * chosen)
    return np.concatenate(out)


def _labels(
    evidence: NDArray[np.float32], shares: NDArray[np.float32], weights: Matrix, random: np.random.Generator
) -> Matrix:
    """For each row of `shares`, what the items themselves may be: a draw of every label, summed up."""
    likely = evidence[None] * shares[:, None, :]
    bounds = np.cumsum(likely, axis=2)
    bounds /= np.maximum(bounds[:, :, -1:], 1e-9)
    given = (random.random(bounds.shape[:2])[:, :, None] > bounds[:, :, :-1]).sum(axis=2)
    return np.stack([(given == one) @ weights for one in range(evidence.shape[1])], axis=1)


@cache
def _grid(classes: int) -> NDArray[np.float32]:
    """All shares in steps of 1/STEPS, shape (points, classes)."""
    rows = [
        (*some, STEPS - sum(some))
        for some in product(range(STEPS + 1), repeat=classes - 1)
        if sum(some) <= STEPS
    ]
    return (np.array(rows) / STEPS).astype(np.float32)
