"""How like a text and the wording of an answer are, in numbers from 0 to 1: words, pieces of words, meaning.

Each is a share or a cosine, so that a list of fifty answers and one of a hundred thousand compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from answerable.understand.claims.reading import Ids, Read
from answerable.understand.claims.shelf import Floats, Rows, Wordings
from answerable.understand.embed import Vectors

Matrix = NDArray[np.float64]
NAMES = (
    "words", "words_of_answer", "words_of_text", "pieces", "pieces_of_answer", "pairs", "meaning", "sentence",
    "rarest", "numbers", "numbers_apart",
)  # fmt: skip
# Texts assumed before the first answer was written: words are not rare because little was said.
PRIOR_TEXTS, PRIOR_PIECE = 1000, 8


def rarity(counts: Ids, prior: float | Ids, texts: int) -> Floats:
    """How telling words are that so many of the texts hold; above 0."""
    found: Floats = np.log((texts + PRIOR_TEXTS) / (counts + prior)).astype(np.float32)
    return np.maximum(found, np.float32(0.05))


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that is matched, with what the list knows of its words."""

    text: str
    read: Read
    meanings: Vectors  # the whole first, then its sentences


def likeness(asked: Asked, rows: Rows, held: Wordings) -> Matrix:
    """How like the text the wordings in these rows are: shape (rows, NAMES)."""
    found = np.zeros((len(rows), len(NAMES)))
    if not len(rows):
        return found
    ids, of = held.words.take(rows)
    words = Shared(
        asked.read.word_ids, held.word_counts, held.word_prior, held.texts_known, ids, of, len(rows)
    )
    found[:, 0], found[:, 1], found[:, 2] = words.cosine, words.of_answer, words.of_text
    ids, of = held.pieces.take(rows)
    parts = Shared(asked.read.piece_ids, held.piece_counts, None, held.live, ids, of, len(rows))
    found[:, 3], found[:, 4] = parts.cosine, parts.of_answer
    ids, of = held.pairs.take(rows)
    both = np.isin(ids, asked.read.pair_ids)
    lengths = np.bincount(of, minlength=len(rows))
    found[:, 5] = np.bincount(of, both, minlength=len(rows)) / np.maximum(lengths, 1)
    near = held.vectors[rows] @ asked.meanings.T
    found[:, 6], found[:, 7] = near[:, 0], near.max(axis=1)
    found[:, 8] = words.rarest / log(held.texts_known + PRIOR_TEXTS)
    for at, row in enumerate(rows.tolist()):
        theirs = held.numbers[row]
        found[at, 9] = len(theirs & asked.read.numbers) > 0
        found[at, 10] = len(theirs - asked.read.numbers) > 0
    return found


def joined(found: Matrix, starts: Rows) -> Matrix:
    """Rows of one answer as one: the most alike of its wordings in each likeness."""
    best: Matrix = np.maximum.reduceat(found, starts, axis=0)
    apart = NAMES.index("numbers_apart")
    best[:, apart] = np.minimum.reduceat(found[:, apart], starts)
    return best


class Shared:
    """What a text and each of some rows have in common, weighed by how telling it is."""

    def __init__(
        self, mine: Ids, counts: Ids, prior: Ids | None, texts: int, ids: Ids, of: Rows, rows: int
    ) -> None:
        def weights(of_ids: Ids) -> Floats:
            return rarity(counts[of_ids], PRIOR_PIECE if prior is None else prior[of_ids], texts)

        theirs, own = weights(ids).astype(np.float64), weights(mine).astype(np.float64)
        both = np.isin(ids, mine)

        def total(numbers: Matrix) -> Matrix:
            return np.bincount(of, numbers, minlength=rows).astype(np.float64)

        shared = np.where(both, theirs, 0.0)
        lengths = np.sqrt(total(theirs**2)) * np.sqrt(float((own**2).sum()))
        self.cosine = total(shared**2) / np.maximum(lengths, 1e-9)
        self.of_answer = total(shared) / np.maximum(total(theirs), 1e-9)
        self.of_text = total(shared) / max(float(own.sum()), 1e-9)
        self.rarest = np.zeros(rows)
        np.maximum.at(self.rarest, of, shared)
