"""The wordings of all answers in arrays that grow: a row each, an inverted index of their words beside them.

A row that left is only marked; when half of them left, the rest moves together.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answerable.understand.claims.reading import BUCKETS, Ids, Read, bucket
from answerable.understand.embed import Vectors

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]
# How many of a thousand texts hold a word of 0, 1, 2 … letters; an eastern character says as much as three.
PRIOR = (300, 300, 200, 100, 34, 12)
RARE = 6
EAST = "\u2e80"
LEAST_GONE = 1000  # rows that left before it is worth moving the rest


class Runs:
    """Runs of numbers, one for each row, in one growing array."""

    def __init__(self) -> None:
        self._numbers: Ids = np.zeros(1024, dtype=np.int32)
        self._ends: Rows = np.zeros(1025, dtype=np.int64)
        self._rows = 0

    def add(self, run: Ids) -> None:
        """One more row."""
        start = int(self._ends[self._rows])
        end = start + len(run)
        if end > len(self._numbers):
            self._numbers = np.concatenate([self._numbers, np.zeros(max(end, start), dtype=np.int32)])
        if self._rows + 2 > len(self._ends):
            self._ends = np.concatenate([self._ends, np.zeros_like(self._ends)])
        self._numbers[start:end] = run
        self._rows += 1
        self._ends[self._rows] = end

    @property
    def lengths(self) -> Rows:
        """How long the run of each row is."""
        return np.diff(self._ends[: self._rows + 1])

    def of(self, row: int) -> Ids:
        """The run of one row."""
        return self._numbers[self._ends[row] : self._ends[row + 1]]

    def take(self, rows: Rows) -> tuple[Ids, Rows]:
        """The numbers of some rows one behind the other, and for each number which of the rows it is of."""
        starts, lengths = self._ends[rows], self._ends[rows + 1] - self._ends[rows]
        of = np.repeat(np.arange(len(rows)), lengths)
        before = np.concatenate(([0], np.cumsum(lengths)[:-1])) if len(rows) else lengths
        at = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
        return self._numbers[at], of


@dataclass(slots=True)
class Wordings:
    """Every way in which an answer's claim is worded."""

    size: int  # of a vector
    owners: list[int] = field(default_factory=list)  # id of the answer, by row
    languages: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    numbers: list[frozenset[str]] = field(default_factory=list)
    words: Runs = field(default_factory=Runs)
    pieces: Runs = field(default_factory=Runs)
    pairs: Runs = field(default_factory=Runs)
    said: list[int] = field(default_factory=list)  # the same number: the same words
    live: int = 0
    heard: int = 0  # texts that are no answers, whose words count as little as they are common
    word_counts: Ids = field(default_factory=lambda: np.zeros(BUCKETS, dtype=np.int32))
    # How many of the first texts are assumed to hold a word: many a short one.
    word_prior: Ids = field(default_factory=lambda: np.full(BUCKETS, RARE, dtype=np.int32))
    piece_counts: Ids = field(default_factory=lambda: np.zeros(BUCKETS, dtype=np.int32))
    _here: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1024, dtype=np.bool_))
    _vectors: Vectors = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    _holders: dict[int, array[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.owners)

    @property
    def here(self) -> NDArray[np.bool_]:
        """Which rows have not left."""
        return self._here[: len(self)]

    @property
    def vectors(self) -> Vectors:
        """The meanings, by row."""
        return self._vectors[: len(self)]

    @property
    def lengths(self) -> Floats:
        """One and the number of words, by row."""
        return (1 + self.words.lengths).astype(np.float32)

    def add(self, owner: int, language: str, text: str, read: Read, vector: Vectors) -> int:
        """One more row; answers its number."""
        row = len(self.owners)
        self._grow(row + 1)
        self.owners.append(owner)
        self.languages.append(language)
        self.texts.append(text)
        self.numbers.append(read.numbers)
        self.said.append(crc32(read.word_ids.tobytes()))
        self.words.add(read.word_ids)
        self.pieces.add(read.piece_ids)
        self.pairs.add(read.pair_ids)
        self._here[row] = True
        self._vectors[row] = vector
        self.live += 1
        self.learn(read)
        self.word_counts[read.word_ids] += 1
        self.piece_counts[read.piece_ids] += 1
        for word in read.word_ids.tolist():
            holders = self._holders.get(word)
            if holders is None:
                self._holders[word] = array("i", (row,))
            else:
                holders.append(row)
        return row

    def learn(self, read: Read) -> None:
        """Note how common the words of a text are by their length alone."""
        for word in read.words:
            length = len(word) if word < EAST else 3 * len(word)
            if length < len(PRIOR):
                at = bucket(word)
                self.word_prior[at] = max(self.word_prior[at], PRIOR[length])

    def hear(self, read: Read) -> None:
        """Note the words of something that was heard: what all of a town says tells little of any answer."""
        self.learn(read)
        self.heard += 1
        self.word_prior[read.word_ids] += 1

    def drop(self, row: int) -> None:
        """Let a row go: it is counted no more and never found."""
        self._here[row] = False
        self.texts[row] = ""
        self.numbers[row] = frozenset()
        self._vectors[row] = 0
        self.live -= 1
        self.word_counts[self.words.of(row)] -= 1
        self.piece_counts[self.pieces.of(row)] -= 1

    @property
    def texts_known(self) -> int:
        """Answers and what else was heard: over these a word is rare or common."""
        return self.live + self.heard

    @property
    def worn(self) -> bool:
        """Whether so many rows left that the rest should move together."""
        return len(self) - self.live > max(LEAST_GONE, self.live)

    def moved(self) -> Wordings:
        """The rows that are here, together again."""
        fresh = Wordings(self.size, word_prior=self.word_prior, heard=self.heard)
        for row in np.flatnonzero(self.here).tolist():
            words, pieces, pairs = self.words.of(row), self.pieces.of(row), self.pairs.of(row)
            read = Read((), words, pieces, pairs, self.numbers[row])
            fresh.add(self.owners[row], self.languages[row], self.texts[row], read, self._vectors[row])
        return fresh

    def holders(self, word: int) -> Ids:
        """Rows that hold a word, those that left among them."""
        found = self._holders.get(word)
        return np.zeros(0, dtype=np.int32) if found is None else np.array(found, dtype=np.int32)

    def _grow(self, rows: int) -> None:
        if rows > len(self._here):
            self._here = np.concatenate([self._here, np.zeros_like(self._here)])
        if rows > len(self._vectors):
            # A quarter more: vectors are most of the memory.
            more = np.zeros((max(64, len(self._vectors) // 4), self.size), dtype=np.float32)
            self._vectors = np.concatenate([self._vectors.reshape(-1, self.size), more])
