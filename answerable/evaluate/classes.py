"""Scores of single judgements against labels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def macro_f1(labels: NDArray[np.int64], predicted: NDArray[np.int64], classes: int) -> float:
    """Mean over the classes that occur of 2tp / (2tp + fp + fn), 0..1; 0 without rows."""
    found = []
    for one in range(classes):
        hit = int(((labels == one) & (predicted == one)).sum())
        said, true = int((predicted == one).sum()), int((labels == one).sum())
        if said + true:
            found.append(2 * hit / (said + true))
    return float(np.mean(found)) if found else 0.0
