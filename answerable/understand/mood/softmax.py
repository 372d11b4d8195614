"""Multinomial logistic regression on a handful of scores, by Newton's method: scores become probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
MOST_ROUNDS = 30
PENALTY = 1.0


def fit(
    x: Matrix, y: NDArray[np.int64], weights: Matrix, classes: int, around: Matrix | None = None
) -> Matrix:
    """Coefficients of shape (scores + 1, classes), the last row the constant.

    A normal prior of weight PENALTY holds them near `around` (default 0, with a free constant); the sum of
    `weights` counts as the number of rows.
    """
    with_one = np.hstack([x, np.ones((len(x), 1))])
    width = with_one.shape[1]
    target = np.eye(classes)[y]
    shrink = np.full((width, classes), PENALTY)
    if around is None:
        around = np.zeros((width, classes))
        shrink[-1] = 1e-3
    found = around.copy()
    for _ in range(MOST_ROUNDS):
        p = probabilities(x, found)
        slope = with_one.T @ ((p - target) * weights[:, None]) + shrink * (found - around)
        bend = np.zeros((width, classes, width, classes))
        for a in range(classes):
            for b in range(a, classes):
                mixed = weights * p[:, a] * ((a == b) - p[:, b])
                block = with_one.T @ (with_one * mixed[:, None])
                bend[:, a, :, b] = bend[:, b, :, a] = block
        flat = bend.reshape(width * classes, width * classes)
        flat[np.diag_indices(len(flat))] += shrink.ravel()
        step = np.linalg.solve(flat, slope.ravel()).reshape(width, classes)
        longest = float(np.abs(step).max())
        found -= step * min(1.0, 5.0 / max(longest, 1e-9))
        if longest < 1e-4:
            break
    return found


def probabilities(x: Matrix, coefficients: Matrix) -> Matrix:
    """Shape (rows, classes), each row sums to 1."""
    raw = x @ coefficients[:-1] + coefficients[-1]
    raw -= raw.max(axis=1, keepdims=True)
    grown: Matrix = np.exp(raw)
    grown /= grown.sum(axis=1, keepdims=True)
    return grown
