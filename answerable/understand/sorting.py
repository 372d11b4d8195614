"""Which unit a message is for: by meaning, words and place, learned from what people decided before.

Kernel ridge on one-against-the-rest, which tells of each example what it would have said without it: so the
confidence is measured, on what it has not seen. What a unit is called counts from the first message on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answerable.understand.embed import Embedder
from answerable.understand.words import words

Matrix = NDArray[np.float64]
LEAST, LEAST_EACH = 20, 3  # examples in all, and of one unit, before anything is said
MOST = 1000  # examples that are learned from, the latest
SURE = 0.8  # of 100 messages as sure as this, 80 went to the right unit: below it a person decides
# How much the parts of a message say.
HEADING, BEGINNING, SENTENCES, WORDS, PLACE = 2.0, 2.0, 1.0, 4.0, 0.5
_NAME = 1.0  # what the unit's name says beside what was learned
_PENALTY, _BASE, _FEW = 0.1, 0.1, 1.0  # of ridge; a constant feature; how much small units weigh more
_BUCKETS = 1 << 14
_LONGEST, _READ, _MOST_SENTENCES = 80, 250, 20  # characters of a heading; of a beginning; sentences
_STOP = re.compile(r"(?<=[。！？!?；;\n])|(?<=\.)\s")


@dataclass(frozen=True, slots=True)
class Message:
    """What is known of a message before anybody decided."""

    title: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The best unit and how sure that is; below SURE it is only a proposal."""

    unit: int
    confidence: float

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Features:
    """Rows of unit vectors, a row for each message."""

    heading: Matrix
    beginning: Matrix
    sentences: Matrix
    words: NDArray[np.float32]  # counts in buckets, not weighted yet
    places: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Sorter:
    """What was learned."""

    units: tuple[int, ...]
    names: Matrix  # a row for each unit: the meaning of its name
    known: Features
    rarity: NDArray[np.float32]
    weights: Matrix
    means: Matrix  # of what names say, so that no name draws more than another
    slope: float
    level: float

    def sort(self, found: Features) -> list[Sorted]:
        """The unit of each message."""
        scores = _kernel(found, self.known, self.rarity) @ self.weights + _NAME * (
            _named(found, self.names) - self.means
        )
        best, margins = _best(scores)
        sure = 1 / (1 + np.exp(-(self.slope * margins + self.level)))
        return [Sorted(self.units[k], float(p)) for k, p in zip(best, sure, strict=True)]


def features(messages: Sequence[Message], embedder: Embedder) -> Features:
    """What the sorter reads of messages; embedding takes a few thousandths of a second for each."""
    headings = [(one.title or _sentences(one.text)[0])[:_LONGEST] for one in messages]
    beginnings = [f"{one.title}。{one.text[:_READ]}" if one.title else one.text[:_READ] for one in messages]
    parts = [_sentences(one.text) for one in messages]
    each = _unit(embedder.embed([part for of in parts for part in of]))
    ends = np.cumsum([len(of) for of in parts])
    means = [each[end - len(of) : end].mean(axis=0) for of, end in zip(parts, ends, strict=True)]
    return Features(
        _unit(embedder.embed(headings)),
        _unit(embedder.embed(beginnings)),
        _unit(np.array(means).reshape(len(messages), each.shape[1])),
        np.array([_counted(f"{one.title} {one.title} {one.text}") for one in messages], dtype=np.float32),
        tuple(one.place for one in messages),
    )


def learn(
    known: Features, decided: Sequence[int], names: Mapping[int, str], embedder: Embedder
) -> Sorter | None:
    """Learn from messages and the units people chose; None while there are too few of two units.

    Units with fewer than three examples are not learned: nothing is ever sorted to them.
    """
    counts: dict[int, int] = {}
    for unit in decided:
        counts[unit] = counts.get(unit, 0) + 1
    units = tuple(sorted(unit for unit, n in counts.items() if n >= LEAST_EACH))
    kept = [place for place, unit in enumerate(decided) if unit in units]
    if len(units) < 2 or len(kept) < LEAST:
        return None
    known = taken(known, kept)
    answers = np.array([units.index(decided[place]) for place in kept])
    named = _unit(embedder.embed([names[unit] for unit in units]))
    rarity = (np.log((1 + len(known)) / (1 + (known.words > 0).sum(axis=0))) + 1).astype(np.float32)
    targets = -np.ones((len(known), len(units)))
    targets[np.arange(len(known)), answers] = 1
    few = (len(known) / len(units) / np.bincount(answers)[answers]) ** _FEW
    inverse = np.linalg.inv(_kernel(known, known, rarity) + _PENALTY * np.diag(1 / few))
    weights = inverse @ targets
    means = _named(known, named).mean(axis=0)
    # What it would say of each example without it (Allen 1974): nothing is judged by what it was taught.
    unseen = targets - weights / np.diag(inverse)[:, None] + _NAME * (_named(known, named) - means)
    best, margins = _best(unseen)
    slope, level = calibrated(margins, best == answers)
    return Sorter(units, named, known, rarity, weights, means, slope, level)


def _kernel(left: Features, right: Features, rarity: NDArray[np.float32]) -> Matrix:
    said = _weighted(left.words, rarity) @ _weighted(right.words, rarity).T
    found = (
        HEADING * (left.heading @ right.heading.T)
        + BEGINNING * (left.beginning @ right.beginning.T)
        + SENTENCES * (left.sentences @ right.sentences.T)
        + WORDS * said
    )
    here = np.array(left.places, dtype=object)[:, None] == np.array(right.places, dtype=object)[None, :]
    here &= np.array([bool(place) for place in left.places])[:, None]
    total = HEADING + BEGINNING + SENTENCES + WORDS
    kernel: Matrix = (found + PLACE * here) / total + _BASE
    return kernel


def _named(found: Features, names: Matrix) -> Matrix:
    close: Matrix = (found.heading + found.beginning) @ names.T / 2
    return close


def _best(scores: Matrix) -> tuple[NDArray[np.int64], Matrix]:
    """The best unit of each row, and how far it stands before the second."""
    order = np.sort(scores, axis=1)
    return scores.argmax(axis=1), order[:, -1] - order[:, -2]


def calibrated(margins: Matrix, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and level of the logistic curve from margin to share of right ones (Platt 1999), by Newton."""
    n, hits = len(right), int(right.sum())
    wanted = np.where(right, (hits + 1) / (hits + 2), 1 / (n - hits + 2))
    x = np.stack([margins, np.ones(n)], axis=1)
    found = np.array([1.0, 0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        gram = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        found = found + np.linalg.solve(gram, x.T @ (wanted - p) - 1e-3 * found)
    return float(found[0]), float(found[1])


def taken(known: Features, kept: Sequence[int]) -> Features:
    rows = np.array(kept)
    return Features(
        known.heading[rows],
        known.beginning[rows],
        known.sentences[rows],
        known.words[rows],
        tuple(known.places[place] for place in kept),
    )


def joined(parts: Sequence[Features]) -> Features:
    """Features of several batches as one."""
    return Features(
        np.concatenate([part.heading for part in parts]),
        np.concatenate([part.beginning for part in parts]),
        np.concatenate([part.sentences for part in parts]),
        np.concatenate([part.words for part in parts]),
        tuple(place for part in parts for place in part.places),
    )


def _sentences(text: str) -> list[str]:
    found = [part.strip() for part in _STOP.split(text) if len(part.strip()) > 3]
    return found[:_MOST_SENTENCES] or [text[:_LONGEST]]


def _counted(text: str) -> NDArray[np.float32]:
    row = np.zeros(_BUCKETS, dtype=np.float32)
    for word in words(text):
        row[crc32(word.encode()) % _BUCKETS] += 1
    return row


def _weighted(counts: NDArray[np.float32], rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of length 1: a word counts less the oftener it comes and the more messages have it."""
    rows = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), np.float32(0)) * rarity
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = rows / np.maximum(lengths, 1e-9)
    return unit


def _unit(rows: NDArray[np.float64] | NDArray[np.float32]) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Matrix = np.asarray(rows, dtype=np.float64) / np.maximum(lengths, 1e-9)
    return unit
