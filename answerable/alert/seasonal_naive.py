"""The forecast to beat: as many as in the same hours of the last day, with the spread of its own past errors.

Errors are kept as differences of square roots, apart for stories of different size: of six ways to give this
forecast an interval this was the strongest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_EDGES = (0.5, 3.5, 10.5, 30.5, 100.5)  # of the count forecast
_BIN, _HALF = 0.25, 120  # errors of square roots from -30 to 30
_MEMORY = 3000  # errors of a group that count
_FIRST = (-1.6, -0.8, -0.3, 0.0, 0.3, 0.8, 1.6)  # deviations assumed before any error was seen


class SeasonalNaive:
    """One horizon. State is a histogram of errors for each size of story."""

    def __init__(self) -> None:
        self._errors = np.zeros((len(_EDGES) + 1, 2 * _HALF + 1))

    @staticmethod
    def count(hours: Mapping[int, int], hour: int, horizon: int) -> int:
        """Items in the same hours of the last day."""
        return sum(hours.get(at, 0) for at in range(hour - 24, hour - 24 + horizon))

    def quantiles(self, count: int, levels: Sequence[float]) -> tuple[int, ...]:
        """Its quantiles at these levels."""
        root = float(np.sqrt(count))
        first = [np.sqrt(max(0.0, count + z * np.sqrt(count + 1))) - root for z in _FIRST]
        seen = self._errors[np.searchsorted(_EDGES, count)]
        at = np.concatenate([first, (np.arange(len(seen)) - _HALF) * _BIN])
        weight = np.concatenate([np.ones(len(first)), seen])
        order = np.argsort(at, kind="stable")
        below = np.cumsum(weight[order]) / weight.sum()
        errors = at[order][np.minimum(np.searchsorted(below, np.asarray(levels) - 1e-12), len(at) - 1)]
        return tuple(int(n) for n in np.round(np.maximum(0.0, root + errors) ** 2))

    def learn(self, count: int, observed: int) -> None:
        """Take in how one forecast turned out."""
        group = self._errors[np.searchsorted(_EDGES, count)]
        group *= 1 - 1 / _MEMORY
        error = np.sqrt(observed) - np.sqrt(count)
        group[int(np.clip(np.round(error / _BIN), -_HALF, _HALF)) + _HALF] += 1

    def state(self) -> dict[str, Any]:
        """What was learned, as JSON: only bins that hold anything."""
        return {
            f"{group}:{place}": round(float(self._errors[group, place]), 4)
            for group, place in np.argwhere(self._errors > 1e-4)
        }

    def load(self, state: Mapping[str, Any]) -> None:
        """Take up where `state` left."""
        for key, value in state.items():
            group, place = key.split(":")
            self._errors[int(group), int(place)] = float(value)
