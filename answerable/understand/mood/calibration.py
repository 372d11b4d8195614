"""Turns raw scores into evidence for each class, per language, and says how uncertain that turning is.

Each language has one fit on its labelled items and several on resamples of them: the draws. Whoever
estimates shares runs through the draws, so that few labels give wide intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.understand.mood import softmax
from answerable.understand.mood.scorer import balanced

Matrix = NDArray[np.float64]
DRAWS = 16
LEAST = 25  # labelled items of every class that a language needs for a calibration of its own


@dataclass(frozen=True, slots=True)
class Calibration:
    """Scores to evidence: first one mixing for all languages, then one bend for each."""

    scale: Matrix  # what scores are divided by
    mixing: Matrix  # (scores + 1, classes)
    point: Mapping[str, Matrix]  # by language, (classes + 1, classes)
    draws: Mapping[str, Matrix]  # by language, (DRAWS, classes + 1, classes)

    def mixed(self, scores: Matrix) -> Matrix:
        """One number for each class, before a language bends them; they sum to 0."""
        return _centred((scores / self.scale) @ self.mixing[:-1] + self.mixing[-1])

    def guess(self, scores: Matrix, language: str) -> Matrix:
        """The best single guess: probabilities of shape (texts, classes), no class favoured."""
        return softmax.probabilities(self.mixed(scores), self.point[language])

    def evidence(self, scores: Matrix, language: str) -> NDArray[np.float32]:
        """Shape (DRAWS, texts, classes), for texts of one language."""
        mixed = self.mixed(scores)
        parts = [softmax.probabilities(mixed, draw) for draw in self.draws[language]]
        return np.stack(parts).astype(np.float32)


def calibrate(
    scores: Matrix, labels: NDArray[np.int64], languages: NDArray[np.str_], classes: int, own: Sequence[str]
) -> Calibration:
    """Fit on scores that were given without knowing the label, for the languages in `own`."""
    scale = np.maximum(scores.std(axis=0), 1e-6)
    weights = balanced(labels, languages, classes)
    mixing = softmax.fit(scores / scale, labels, weights, classes)
    mixed = Calibration(scale, mixing, {}, {}).mixed(scores)
    straight = np.vstack([np.eye(classes), np.zeros(classes)])
    point: dict[str, Matrix] = {}
    draws: dict[str, Matrix] = {}
    random = np.random.default_rng(len(labels))
    for language in own:
        at = np.flatnonzero(languages == language)
        point[language] = softmax.fit(mixed[at], labels[at], weights[at], classes, straight)
        drawn = []
        for _ in range(DRAWS):
            # The Bayesian bootstrap (Rubin 1981): no class can vanish from a resample.
            moved = _even(weights[at] * random.exponential(size=len(at)), labels[at], classes)
            drawn.append(softmax.fit(mixed[at], labels[at], moved, classes, straight))
        draws[language] = np.stack(drawn)
    return Calibration(scale, mixing, point, draws)


def _centred(raw: Matrix) -> Matrix:
    centred: Matrix = raw - raw.mean(axis=1, keepdims=True)
    return centred


def _even(weights: Matrix, labels: NDArray[np.int64], classes: int) -> Matrix:
    """Every class with the same sum of weights again."""
    sums = np.bincount(labels, weights, minlength=classes)
    even: Matrix = weights * (len(labels) / classes / sums)[labels]
    return even


def enough(labels: NDArray[np.int64], languages: NDArray[np.str_], classes: int) -> list[str]:
    """Languages with at least LEAST labelled items of every class."""
    return [
        str(language)
        for language in np.unique(languages)
        if np.bincount(labels[languages == language], minlength=classes).min() >= LEAST
    ]
