"""The mood that comes with the desk: learned from seed sentences, for mood and for complaints.

Seeds are plainer than real posts, so its evidence is that of a rough instrument: how often it errs is
drawn from what was seen on real posts of eight languages, and differs from draw to draw as it did there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from answerable.understand.embed import Embedder
from answerable.understand.mood import ridge, scorer
from answerable.understand.mood.model import CLASSES, Judged
from answerable.understand.mood.seed_texts import Seed, seeds

Matrix = NDArray[np.float64]
PENALTY, PIECES = 8.0, 0.4  # of the ridge on meaning; weight of the pieces of words beside it
SHARP = 4.0  # from scores to a guess that reads as probabilities
DRAWS = 32
# Shares of what it answers (negative, neutral, positive) for texts that are truly negative, neutral,
# positive: the mean over eight languages of public research posts. Between languages each varied like a
# Dirichlet of this weight.
ANSWERS = ((0.74, 0.16, 0.10), (0.42, 0.42, 0.16), (0.31, 0.22, 0.47))
ANSWERS_WEIGHT = 9.0
# The languages the embedder was made for; elsewhere the answers are hardly better than chance.
KNOWN = frozenset(("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"))
STRANGE_WEIGHT = 3.0


class BuiltIn:
    """See model.Model. Two seconds to make."""

    name = "built-in"

    def __init__(self, embedder: Embedder, known: Sequence[Seed] | None = None) -> None:
        known = seeds() if known is None else known
        self._embedder = embedder
        seen = scorer.see([seed.text for seed in known], [scorer.ALL] * len(known), embedder)
        self._mood = _Fitted(seen, np.array([seed.mood for seed in known]), CLASSES)
        self._complains = _Fitted(seen, np.array([seed.complains for seed in known], dtype=np.int64), 2)
        random = np.random.default_rng(1)
        self._answers = {
            weight: np.stack(
                [[random.dirichlet(np.array(row) * weight) for row in ANSWERS] for _ in range(DRAWS)]
            )
            for weight in (ANSWERS_WEIGHT, STRANGE_WEIGHT)
        }

    def judge(self, texts: Sequence[str], language: str) -> Judged:
        """See model.Model."""
        guess = self._mood.guess(self._see(texts))
        answers = self._answers[ANSWERS_WEIGHT if language in KNOWN else STRANGE_WEIGHT]
        return Judged(guess, evidence(answers, guess.argmax(axis=1)), learned=False)

    def complains(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each text complains about a service, as far as one can tell."""
        found: NDArray[np.bool_] = self._complains.guess(self._see(texts)).argmax(axis=1) == 1
        return found

    def _see(self, texts: Sequence[str]) -> scorer.Seen:
        return scorer.see(texts, [scorer.ALL] * len(texts), self._embedder)


class _Fitted:
    """Two ridges whose scores are added."""

    def __init__(self, seen: scorer.Seen, labels: NDArray[np.int64], classes: int) -> None:
        weights = scorer.balanced(labels, seen.languages, classes)
        targets = np.eye(classes)[labels] - 1 / classes
        self._dense = ridge.dense(seen.vectors, targets, weights, PENALTY)
        self._sparse = ridge.telling(seen.rows, targets, weights, scorer.SPARSE)

    def guess(self, seen: scorer.Seen) -> Matrix:
        scores = seen.vectors @ self._dense + PIECES * self._sparse.scores(seen.rows)
        grown: Matrix = np.exp(SHARP * (scores - scores.max(axis=1, keepdims=True)))
        grown /= grown.sum(axis=1, keepdims=True)
        return grown


def evidence(answers: Matrix, given: NDArray[np.int64]) -> NDArray[np.float32]:
    """Evidence of plain answers, shape (draws, texts, classes): how likely each is, given every class.

    `answers` has shape (draws, classes, answers).
    """
    return np.ascontiguousarray(answers[:, :, given].transpose(0, 2, 1), dtype=np.float32)
