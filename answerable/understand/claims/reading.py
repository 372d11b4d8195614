"""What the comparison sees of a text: its words, the pieces of them, its numbers, and sentences to embed.

Words and pieces are hashed to numbers, so that an index of them stays small whatever people write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answerable.understand.statements import sentences
from answerable.understand.words import EAST, UNSPACED, fold, for_embedding, plain, words_of

BITS = 20
BUCKETS = 1 << BITS
LONG = 1200  # characters of a text that are compared
LENGTHS: tuple[int, ...] = (3, 4, 5)  # of a piece of a spaced word in letters, the spaces around it too
WIDE_LENGTHS: tuple[int, ...] = (2, 3)  # of a piece in scripts without spaces
MOST_SENTENCES = 4  # that are embedded apart
LEAST_SENTENCE = 25  # characters; a shorter one says too little alone
EMBEDDED = 400  # characters of a whole text that are embedded

# Addresses as networks shorten them, without the scheme.
_ADDRESS = re.compile(r"\b[\w-]+(?:\.[a-z]{2,})+/\S*", re.IGNORECASE)
# Quotation marks say who spoke; the claim is the same without them. An apostrophe inside a word stays.
_QUOTES = re.compile(r"(?<!\w)['‘’]|['‘’](?!\w)|[\"“”„«»「」『』]")
_PARTS = re.compile(rf"[{EAST}{UNSPACED}]+|(?:(?![{EAST}{UNSPACED}])[^\W_])+")
_WIDE = re.compile(rf"[{EAST}{UNSPACED}]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Read:
    """One text, read."""

    words: tuple[str, ...]  # different ones, in order
    word_ids: Ids  # of the same, sorted
    piece_ids: Ids  # different ones, sorted
    pair_ids: Ids  # of words that stand side by side, sorted
    numbers: frozenset[str]


def read(text: str) -> Read:
    """Read a text. Any string is fine, also an empty one."""
    bare = bared(text)
    spoken = words_of(bare)
    different = tuple(dict.fromkeys(spoken))
    return Read(
        words=different,
        word_ids=_ids(different),
        piece_ids=_ids(pieces(bare)),
        pair_ids=_ids(f"{one} {two}" for one, two in pairwise(spoken)),
        numbers=frozenset(numbers(bare)),
    )


def bared(text: str) -> str:
    """As people read it: without addresses and @names, and no longer than is compared."""
    return _QUOTES.sub("", _ADDRESS.sub(" ", plain(text[: LONG * 2])))[:LONG]


def to_embed(text: str) -> list[str]:
    """The whole first, then its sentences where there are several."""
    bare = bared(text)
    whole = for_embedding("", bare, EMBEDDED)
    parts = [bare[start:end].strip() for start, end in sentences(bare)]
    parts = [for_embedding("", part) for part in parts if len(part) >= LEAST_SENTENCE or _WIDE.search(part)]
    return [whole, *parts[:MOST_SENTENCES]] if len(parts) > 1 else [whole]


def pieces(text: str) -> Iterator[str]:
    """Pieces of words with their edges; of scripts without spaces, pairs and threes of characters."""
    for part in _PARTS.findall(fold(text)):
        if _WIDE.match(part):
            lengths, edged = WIDE_LENGTHS, part
        else:
            lengths, edged = LENGTHS, f" {part} "
        for length in lengths:
            for at in range(max(1, len(edged) - length + 1)):
                yield edged[at : at + length]


def numbers(text: str) -> Iterator[str]:
    """Numbers as they are compared: 10,000 and 10.000 are the same."""
    for found in _NUMBER.findall(text):
        yield re.sub(r"[.,](?=\d{3}(?:\D|$))", "", found)


def bucket(part: str) -> int:
    """The number of a word or a piece."""
    return crc32(part.encode("utf-8", "replace")) & (BUCKETS - 1)


def _ids(parts: Iterator[str] | tuple[str, ...]) -> Ids:
    return np.array(sorted({bucket(part) for part in parts}), dtype=np.int32)
