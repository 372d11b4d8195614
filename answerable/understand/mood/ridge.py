"""Ridge regression on dense and on sparse rows, several targets at once, every row with its weight.

Closed form for the dense, conjugate gradients for the sparse; numpy alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.understand.mood.features import BUCKETS, Rows

Matrix = NDArray[np.float64]
SMOOTH = 0.03  # added to every column's count


def dense(x: NDArray[np.float32], targets: Matrix, weights: Matrix, penalty: float) -> Matrix:
    """Coefficients of shape (features, targets). `weights` has one number for each row."""
    weighted = x * weights[:, None].astype(np.float32)
    gram = np.asarray(weighted.T @ x, dtype=np.float64)
    gram[np.diag_indices(len(gram))] += penalty
    solved = np.linalg.solve(gram, np.asarray(weighted.T, dtype=np.float64) @ targets)
    return np.asarray(solved, dtype=np.float64)


def telling(x: Rows, targets: Matrix, weights: Matrix, penalty: float) -> Telling:
    """Coefficients for rows whose columns count as much as they tell a class apart.

    Each column is scaled by its log ratio between the class and the rest (Wang and Manning 2012), which
    helps most where texts are short and labels few.
    """
    inside = x.transposed_times((targets > 0) * weights[:, None]) + SMOOTH
    outside = x.transposed_times((targets <= 0) * weights[:, None]) + SMOOTH
    ratios = np.log(inside / inside.sum(axis=0)) - np.log(outside / outside.sum(axis=0))
    found = np.empty_like(ratios)
    for k in range(targets.shape[1]):
        found[:, k] = sparse(x.scaled(ratios[:, k]), targets[:, k : k + 1], weights, penalty)[:, 0]
    return Telling(found, ratios)


@dataclass(frozen=True, slots=True)
class Telling:
    """What `telling` found; both of shape (BUCKETS, targets)."""

    coefficients: NDArray[np.float32]
    ratios: NDArray[np.float32]

    def scores(self, x: Rows) -> Matrix:
        """Shape (rows, targets)."""
        out = np.empty((len(x), self.ratios.shape[1]))
        for k in range(out.shape[1]):
            out[:, k] = x.scaled(self.ratios[:, k]).times(self.coefficients[:, k : k + 1])[:, 0]
        return out


def sparse(
    x: Rows, targets: Matrix, weights: Matrix, penalty: float, rounds: int = 10
) -> NDArray[np.float32]:
    """Coefficients of shape (BUCKETS, targets); `rounds` of conjugate gradients, all targets side by side."""
    found = np.zeros((BUCKETS, targets.shape[1]), dtype=np.float32)
    rest = x.transposed_times(targets * weights[:, None])
    step, size = rest.copy(), np.einsum("ij,ij->j", rest, rest)
    for _ in range(rounds):
        pushed = x.transposed_times(x.times(step) * weights[:, None]) + np.float32(penalty) * step
        along = np.einsum("ij,ij->j", step, pushed)
        length = size / np.maximum(along, 1e-20)
        found += step * length
        rest -= pushed * length
        after = np.einsum("ij,ij->j", rest, rest)
        step = rest + step * (after / np.maximum(size, 1e-20))
        size = after
    return found
