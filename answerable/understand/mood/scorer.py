"""What gives a text its raw scores, behind one protocol: ridge regressions on meaning and on pieces of words.

Scores are no probabilities: `calibration` makes them honest, per language, on labelled items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answerable.understand.embed import Embedder, Vectors
from answerable.understand.mood import ridge
from answerable.understand.mood.features import Rows, rows
from answerable.understand.words import for_embedding, words

Matrix = NDArray[np.float64]
FOLDS = 5
DENSE_ALL, DENSE_OWN, SPARSE = 10.0, 6.0, 1.0  # penalties; rows have length 1
ALL = ""  # the language of what was learned from all languages together


class Scorer(Protocol):
    """Anything that scores texts; a stronger model takes the place by this alone."""

    name: str

    def scores(self, texts: Sequence[str], languages: Sequence[str]) -> Matrix:
        """Shape (texts, width): any numbers that say something about the classes, the same width always."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """Texts as the regressions see them."""

    vectors: Vectors
    rows: Rows
    languages: NDArray[np.str_]

    def take(self, wanted: NDArray[np.int64]) -> Seen:
        """The texts with these numbers."""
        return Seen(self.vectors[wanted], self.rows.take(wanted), self.languages[wanted])


def see(texts: Sequence[str], languages: Sequence[str], embedder: Embedder) -> Seen:
    """Embed and hash. Lower case, because a shout has the same meaning; the shout itself is a mark."""
    vectors = embedder.embed([for_embedding("", text).lower() for text in texts])
    return Seen(vectors, rows(texts), np.array(languages, dtype=np.str_))


@dataclass(frozen=True, slots=True)
class Regressions:
    """Coefficients by language; ALL holds those of all languages together."""

    dense: Mapping[str, Matrix]
    sparse: Mapping[str, ridge.Telling]

    def scores(self, seen: Seen) -> Matrix:
        """Shape (texts, 4 × classes); a language without its own part is scored by that of all."""
        shared = [seen.vectors @ self.dense[ALL], self.sparse[ALL].scores(seen.rows)]
        own = [part.copy() for part in shared]
        for language in self.dense.keys() - {ALL}:
            at = np.flatnonzero(seen.languages == language)
            if len(at):
                own[0][at] = seen.vectors[at] @ self.dense[language]
                own[1][at] = self.sparse[language].scores(seen.rows.take(at))
        return np.hstack([*shared, *own])


def learn(
    seen: Seen, labels: NDArray[np.int64], weights: Matrix, classes: int, own: Sequence[str]
) -> Regressions:
    """Fit on labelled texts. `own` are the languages that have enough labels for a part of their own."""
    targets = np.eye(classes)[labels] - 1 / classes
    dense = {ALL: ridge.dense(seen.vectors, targets, weights, DENSE_ALL)}
    sparse = {ALL: ridge.telling(seen.rows, targets, weights, SPARSE)}
    for language in own:
        at = np.flatnonzero(seen.languages == language)
        part = seen.take(at)
        dense[language] = ridge.dense(part.vectors, targets[at], weights[at], DENSE_OWN)
        sparse[language] = ridge.telling(part.rows, targets[at], weights[at], SPARSE)
    return Regressions(dense, sparse)


def cross_fitted(
    seen: Seen,
    labels: NDArray[np.int64],
    weights: Matrix,
    classes: int,
    own: Sequence[str],
    folds: NDArray[np.int64],
) -> Matrix:
    """Scores of every text by regressions that never saw it, nor one that says the same."""
    out: Matrix = np.zeros((len(labels), 4 * classes))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(outside):
            fitted = learn(seen.take(inside), labels[inside], weights[inside], classes, own)
            out[outside] = fitted.scores(seen.take(outside))
    return out


def folds_of(texts: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each text. Texts of the same words share theirs: a copy teaches nothing about itself."""
    codes = (crc32(" ".join(words(text)).encode()) for text in texts)
    # The low bits of a checksum of short texts are uneven; multiplying spreads them.
    return np.array([(code * 2654435761 >> 16) % FOLDS for code in codes], dtype=np.int64)


def balanced(labels: NDArray[np.int64], languages: NDArray[np.str_], classes: int) -> Matrix:
    """Weights under which every class counts the same within its language; they sum to the texts."""
    weights: Matrix = np.ones(len(labels))
    for language in np.unique(languages):
        at = languages == language
        counts = np.bincount(labels[at], minlength=classes)
        there = (counts > 0).sum()
        weights[at] = at.sum() / there / counts[labels[at]]
    return weights


class LearnedScorer:
    """Regressions with the embedder they were fitted on."""

    def __init__(self, name: str, regressions: Regressions, embedder: Embedder) -> None:
        self.name = name
        self.regressions = regressions
        self._embedder = embedder

    def scores(self, texts: Sequence[str], languages: Sequence[str]) -> Matrix:
        """See Scorer."""
        return self.regressions.scores(see(texts, languages, self._embedder))
