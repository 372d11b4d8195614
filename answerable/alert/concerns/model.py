"""Weighs how much a story is a public body's concern: a ridge regression on the meaning of the list's lines.

+1 is like the concerns, -1 like everything else. Both kinds weigh the same however many lines they have.
(Hoerl & Kennard 1970; the lines are the whole training set, so what the list says is what the desk hears.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from answerable.alert.concerns.file import Line

Vectors = NDArray[np.float32]
_RIDGE = 0.01  # held-out groups of the built-in list are told apart equally well from .003 to .1


class Embed(Protocol):
    """Anything that turns texts into unit rows."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        ...


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much something is our concern, and the line of the list that is nearest."""

    score: float  # about -1 .. 1; above 0 is nearer to the concerns
    group: str
    line: str


class ConcernModel:
    """Fitted once for a list; a score is one product."""

    def __init__(self, lines: Sequence[Line], embedder: Embed) -> None:
        self._lines = tuple(lines)
        self._rows = np.asarray(embedder.embed([line.text for line in lines]), dtype=np.float64)
        kinds = np.array([1.0 if line.concern else -1.0 for line in lines])
        share = np.where(kinds > 0, 0.5 / (kinds > 0).sum(), 0.5 / (kinds < 0).sum())
        centre = share @ self._rows
        spread = self._rows - centre
        covariance = spread.T @ (spread * share[:, None]) + _RIDGE * np.eye(self._rows.shape[1])
        self._weights = np.linalg.solve(covariance, spread.T @ (share * kinds))
        self._level = -float(centre @ self._weights)

    def score(self, meaning: Vectors) -> float:
        """The score of a mean of unit rows."""
        return float(meaning @ self._weights) + self._level

    def weigh(self, meaning: Vectors) -> Weighed:
        """The score and the nearest line of the kind that the score points to."""
        score = self.score(meaning)
        nearness = self._rows @ np.asarray(meaning, dtype=np.float64)
        fitting = [place for place, line in enumerate(self._lines) if line.concern == (score > 0)]
        nearest = self._lines[max(fitting, key=lambda place: nearness[place])]
        return Weighed(score, nearest.group, nearest.text)
