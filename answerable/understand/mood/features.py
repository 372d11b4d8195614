"""What a mood model sees of a text: hashed pieces of words, emoji and punctuation as sparse rows.

Meaning comes from the embedder; these rows add what it does not carry: spelling, slang, smileys, shouting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answerable.understand.words import fold, plain

BITS = 18
BUCKETS = 1 << BITS
LONGEST = 400  # characters of one text that are looked at
PIECES = (2, 3, 4, 5)  # lengths of the pieces of a word

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_GLAD = re.compile(r"(?::|;|=)-?[)D\]]|\^\^|<3|xD|XD")
_SAD = re.compile(r"(?::|;|=)'?-?[(\[/]|D:")
_DRAWN = re.compile(r"(\w)\1{2,}")
_GLAD_EMOJI = frozenset(
    "😀😃😄😁😆😅😂🤣😊😇🙂😉😍🥰😘😗😙😚😋🤗🤩🥳😎👍👏🙌💪🙏❤♥💕💖💗💙💚💛💜🧡💘💝💐🌹🌸🌺🌻☀🎉🎊✨⭐🌟🏆🥇😻💯☺✌👌🔥💃🎂"
)
_SAD_EMOJI = frozenset("😞😔😟😕🙁☹😣😖😫😩🥺😢😭😤😠😡🤬😱😨😰😥😓😒🙄😑😐🤮🤢👎💔😿🖕😾😷🤕🤒💀😪😧😦")


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix by rows, each of length 1: `starts[i]` to `starts[i + 1]` in `columns` and `values`."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, wanted: NDArray[np.int64]) -> Rows:
        """The rows with these numbers, in this order."""
        lengths = self.starts[wanted + 1] - self.starts[wanted]
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        at = np.repeat(self.starts[wanted] - starts[:-1], lengths) + np.arange(starts[-1])
        return Rows(starts, self.columns[at], self.values[at])

    def scaled(self, by: NDArray[np.float32]) -> Rows:
        """Each column times its number in `by`, and every row of length 1 again."""
        values = self.values * by[self.columns]
        row_of = np.repeat(np.arange(len(self)), np.diff(self.starts))
        lengths = np.sqrt(np.bincount(row_of, values.astype(np.float64) ** 2, minlength=len(self)))
        values /= np.maximum(lengths, 1e-9)[row_of].astype(np.float32)
        return Rows(self.starts, self.columns, values)

    def times(self, weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """Rows times a matrix of shape (BUCKETS, k): shape (rows, k)."""
        out = np.empty((len(self), weights.shape[1]))
        row_of = np.repeat(np.arange(len(self)), np.diff(self.starts))
        for k in range(weights.shape[1]):
            out[:, k] = np.bincount(row_of, weights[self.columns, k] * self.values, minlength=len(self))
        return out

    def transposed_times(self, right: NDArray[np.float64]) -> NDArray[np.float32]:
        """The transposed rows times a matrix of shape (rows, k): shape (BUCKETS, k)."""
        out = np.empty((BUCKETS, right.shape[1]), dtype=np.float32)
        row_of = np.repeat(np.arange(len(self)), np.diff(self.starts))
        for k in range(right.shape[1]):
            out[:, k] = np.bincount(self.columns, right[row_of, k] * self.values, minlength=BUCKETS)
        return out


def rows(texts: Sequence[str]) -> Rows:
    """One sparse row of length 1 for each text (length 0 for an empty one)."""
    starts, columns, values = [0], [], []
    for text in texts:
        counts: dict[int, int] = {}
        for piece in pieces(text):
            code = crc32(piece.encode("utf-8", "replace")) & (BUCKETS - 1)
            counts[code] = counts.get(code, 0) + 1
        weights = np.array([1 + log1p(n - 1) for n in counts.values()], dtype=np.float32)
        length = float(np.sqrt(weights @ weights)) or 1.0
        columns.append(np.fromiter(counts, dtype=np.int32, count=len(counts)))
        values.append(weights / length)
        starts.append(starts[-1] + len(counts))
    return Rows(
        np.array(starts, dtype=np.int64),
        np.concatenate(columns) if columns else np.zeros(0, np.int32),
        np.concatenate(values) if values else np.zeros(0, np.float32),
    )


def pieces(text: str) -> Iterator[str]:
    """Words, pairs of words, pieces of words and marks of mood of one text."""
    bare = plain(text[:LONGEST])
    yield from _marks(text[:LONGEST], bare)
    words = _TOKEN.findall(fold(bare))
    for word in words:
        yield f"w{word}"
        edged = f" {word} "
        for size in PIECES:
            for at in range(len(edged) - size + 1):
                yield edged[at : at + size]
    for one, two in pairwise(words):
        yield f"p{one} {two}"


def _marks(text: str, bare: str) -> Iterator[str]:
    if _GLAD.search(bare) or _GLAD_EMOJI.intersection(bare):
        yield "<glad>"
    if _SAD.search(bare) or _SAD_EMOJI.intersection(bare):
        yield "<sad>"
    if "://" in text or "www." in text:
        yield "<address>"
    if "!" in bare or "！" in bare:
        yield "<cry>"
    if "?" in bare or "？" in bare or "؟" in bare:
        yield "<ask>"
    if _DRAWN.search(bare):
        yield "<drawn>"
    letters = sum(map(str.isalpha, bare))
    if letters > 12 and sum(map(str.isupper, bare)) * 2 > letters:
        yield "<shout>"
