"""How likely a post is the kind that a desk called a rumour, from its first replies alone.

Ridge on two kernels: pieces of what the replies say; shares of doubts and marks, and their times.
An early signal, shown as "people doubt this".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answerable.errors import BadInput
from answerable.understand.claims.doubt import LONGEST, Reply, asks_whether, denies
from answerable.understand.sorting import calibrated
from answerable.understand.words import fold, plain

Matrix = NDArray[np.float64]
Floats = NDArray[np.float32]
BITS = 18
BUCKETS = 1 << BITS
PIECES = (1, 2, 3)  # characters
LEAST_HELD = 2  # posts that must have a piece before it tells anything
WIDTH, PENALTY = 0.7, 0.3  # of the kernel of sums; of the ridge
LEAST = 20  # posts of each kind
_MARKS = tuple(
    re.compile(mark)
    for mark in (
        r"[?？]", r"[!！]", r"[@＠]", r"\[\w{1,6}\]|[\U0001f300-\U0001faff]", r"https?://", r"\d",
        r"怒|angry|😡|😠", r"哈哈|嘻嘻|haha|jaja|😂", r"//|\bRT\b|转发|轉發",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned from posts and their replies."""

    pieces: Floats  # weight of each piece
    rarity: Floats
    sorted_sums: Matrix  # the sums of the posts it learned from, each column in order …
    places: Matrix  # … and where each post stood in them
    weights: Matrix  # of each post
    slope: float
    level: float

    def scores(self, posts: Sequence[Sequence[Reply]]) -> Matrix:
        """Higher: more like the posts that were rumours."""
        near = np.exp(-WIDTH * _apart(_placed(_sums_of(posts), self.sorted_sums), self.places))
        said = np.array([float(self._weighed(_counted(post))) for post in posts])
        found: Matrix = said + near @ self.weights
        return found

    def chances(self, posts: Sequence[Sequence[Reply]]) -> Matrix:
        """The share of rumours among posts that score like this, as measured on what was not seen."""
        z = np.clip(self.slope * self.scores(posts) + self.level, -30, 30)
        chances: Matrix = 1 / (1 + np.exp(-z))
        return chances

    def _weighed(self, counted: dict[int, int]) -> float:
        columns, values = _row(counted, self.rarity)
        return float(values @ self.pieces[columns])


def learn(posts: Sequence[Sequence[Reply]], rumours: Sequence[bool]) -> Model:
    """Learn from posts by their replies. BadInput with fewer than LEAST of either kind."""
    truth = np.array(rumours, dtype=bool)
    if min(int(truth.sum()), int((~truth).sum())) < LEAST:
        raise BadInput(f"Too few posts to learn from: {LEAST} rumours and {LEAST} others are needed.")
    counted = [_counted(post) for post in posts]
    held = np.zeros(BUCKETS, dtype=np.int32)
    for of in counted:
        held[np.fromiter(of, dtype=np.int64, count=len(of))] += 1
    rarity = np.where(held >= LEAST_HELD, np.log((1 + len(posts)) / (1 + held)) + 1, 0).astype(np.float32)
    kept = np.flatnonzero(rarity)
    where = np.zeros(BUCKETS, dtype=np.int32)
    where[kept] = np.arange(len(kept))
    dense = np.zeros((len(posts), len(kept)), dtype=np.float32)
    for row, of in zip(dense, counted, strict=True):
        columns, values = _row(of, rarity)
        told = rarity[columns] > 0
        row[where[columns[told]]] = values[told]
    sums = _sums_of(posts)
    ordered = np.sort(sums, axis=0)
    places = _placed(sums, ordered)
    kernel = (dense @ dense.T).astype(np.float64) + np.exp(-WIDTH * _apart(places, places))
    inverse = np.linalg.inv(kernel + PENALTY * np.eye(len(posts)))
    targets = np.where(truth, 1.0, -1.0)
    weights = np.asarray(inverse @ targets, dtype=np.float64)
    # What it would say of each post without it (Allen 1974): the chance is measured on the unseen.
    slope, level = calibrated(targets - weights / np.diag(inverse), truth)
    pieces = np.zeros(BUCKETS, dtype=np.float32)
    pieces[kept] = dense.T @ weights.astype(np.float32)
    return Model(pieces, rarity, ordered, places, weights, slope, level)


def _counted(post: Sequence[Reply]) -> dict[int, int]:
    found: dict[int, int] = {}
    text = "\n".join(fold(plain(one.text[:LONGEST])) for one in post)
    for length in PIECES:
        for at in range(len(text) - length + 1):
            code = crc32(text[at : at + length].encode("utf-8", "replace")) & (BUCKETS - 1)
            found[code] = found.get(code, 0) + 1
    return found


def _row(counted: dict[int, int], rarity: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Columns and values of length 1."""
    columns = np.fromiter(counted, dtype=np.int64, count=len(counted))
    times = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
    values = (1 + np.log(times)) * rarity[columns]
    return columns, (values / max(float(np.linalg.norm(values)), 1e-9)).astype(np.float32)


def _sums_of(posts: Sequence[Sequence[Reply]]) -> Matrix:
    return np.array([list(_sums(post)) for post in posts])


def _sums(post: Sequence[Reply]) -> Iterator[float]:
    """Shares of doubts and marks, how much is said, and how fast it came."""
    raw = [one.text[:LONGEST] for one in post]
    said = [text for text in raw if text.strip()]
    many = max(len(said), 1)
    folded = [fold(plain(text)) for text in said]
    yield sum(map(denies, folded)) / many
    yield sum(map(asks_whether, folded)) / many
    for mark in _MARKS:
        yield sum(mark.search(text) is not None for text in said) / many
    lengths = np.array([len(text) for text in said] or [0], dtype=np.float64)
    yield len(said) / max(len(raw), 1)
    yield float(lengths.mean())
    yield float(np.log1p(lengths.std()))
    yield 1 - len(set(said)) / many
    times = np.sort([one.at for one in post if one.at is not None])
    gaps = np.diff(times) if len(times) > 1 else np.zeros(1)
    yield float(np.log1p(gaps.sum()))
    yield float(np.log1p(np.median(gaps)))
    yield float(np.log1p(gaps.max()))


def _placed(sums: Matrix, ordered: Matrix) -> Matrix:
    """Where each number stands among those of its column, 0..1: no unit, no outlier."""
    out = np.empty_like(sums)
    for column in range(sums.shape[1]):
        below = np.searchsorted(ordered[:, column], sums[:, column], side="left")
        upto = np.searchsorted(ordered[:, column], sums[:, column], side="right")
        out[:, column] = (below + upto) / (2 * len(ordered))
    return out


def _apart(left: Matrix, right: Matrix) -> Matrix:
    """Mean squared distance in units of the spread of an even distribution."""
    squares = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1)[None, :] - 2 * left @ right.T
    apart: Matrix = np.maximum(squares, 0) * 12 / left.shape[1]
    return apart
