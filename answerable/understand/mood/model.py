"""What a mood model is, and the one that is learned from labelled items.

Languages without enough labels are judged by the built-in model, and the answer says so. A stronger scorer
takes the place of the regressions; its calibration is learned in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from answerable.understand.embed import Embedder
from answerable.understand.mood import calibration, scorer
from answerable.understand.mood.calibration import Calibration
from answerable.understand.mood.scorer import LearnedScorer, Scorer

Matrix = NDArray[np.float64]
NAMES = ("negative", "neutral", "positive")
CLASSES = len(NAMES)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model says of texts of one language."""

    guess: Matrix  # (texts, classes): the best single guess, no class favoured
    evidence: NDArray[np.float32]  # (draws, texts, classes): see prevalence.Group
    learned: bool  # False: by the built-in seed sentences


class Model(Protocol):
    """Anything that judges texts."""

    name: str

    def judge(self, texts: Sequence[str], language: str) -> Judged:
        """Judge texts of one language (base code, "und" when unknown)."""
        ...


class Learned:
    """A scorer with its calibrations; languages it has none for go to `otherwise`."""

    def __init__(self, by: Scorer, calibration: Calibration, otherwise: Model) -> None:
        self.name = by.name
        self.scorer = by
        self.calibration = calibration
        self._otherwise = otherwise

    def judge(self, texts: Sequence[str], language: str) -> Judged:
        """See Model."""
        if language not in self.calibration.point:
            return self._otherwise.judge(texts, language)
        scores = self.scorer.scores(texts, [language] * len(texts))
        guess = self.calibration.guess(scores, language)
        return Judged(guess, self.calibration.evidence(scores, language), learned=True)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts with the mood somebody gave them."""

    texts: Sequence[str]
    languages: Sequence[str]  # base codes
    labels: NDArray[np.int64]  # places in NAMES

    def counts(self) -> Mapping[str, list[int]]:
        """Labelled texts by language and class."""
        at = np.array(self.languages, dtype=np.str_)
        return {
            str(one): np.bincount(self.labels[at == one], minlength=CLASSES).tolist() for one in np.unique(at)
        }


def learn(
    given: Labelled, embedder: Embedder, otherwise: Model, strong: Scorer | None = None
) -> Learned | None:
    """Learn from labelled texts; None when no language has enough of them.

    With `strong` only the calibration is learned, on that scorer's scores.
    """
    languages = np.array(given.languages, dtype=np.str_)
    own = calibration.enough(given.labels, languages, CLASSES)
    if not own:
        return None
    if strong is not None:
        scores = strong.scores(given.texts, given.languages)
        by = calibration.calibrate(scores, given.labels, languages, CLASSES, own)
        return Learned(strong, by, otherwise)
    seen = scorer.see(given.texts, given.languages, embedder)
    weights = scorer.balanced(given.labels, languages, CLASSES)
    folds = scorer.folds_of(given.texts)
    scores = scorer.cross_fitted(seen, given.labels, weights, CLASSES, own, folds)
    by = calibration.calibrate(scores, given.labels, languages, CLASSES, own)
    fitted = scorer.learn(seen, given.labels, weights, CLASSES, own)
    return Learned(LearnedScorer("learned", fitted, embedder), by, otherwise)
