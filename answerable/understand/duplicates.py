"""Decides when two items say the same in nearly the same words: Jaccard of word pairs, figures equal.

A sketch is the smallest 32 hashes of a text's word pairs, so up to 33 words the Jaccard is exact and beyond
an estimate (bottom-k sketch, Cohen and Kaplan 2007; error about .08 at the threshold).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

SIZE = 32  # hashes kept of one text
NEAR = 0.7  # Jaccard from which two texts are near-duplicates

Sketch = tuple[int, ...]  # [0] hash of the figures, then at most SIZE hashes in rising order


def sketch(words: Sequence[str]) -> Sketch:
    """Sketch of a text's words in order; () when there is nothing to compare."""
    if not words:
        return ()
    if len(words) == 1:
        pairs = {crc32(words[0].encode())}
    else:
        pairs = {crc32(f"{a} {b}".encode()) for a, b in pairwise(words)}
    figures = "".join([word for word in words if word.isdigit()])
    return crc32(figures.encode()), *sorted(pairs)[:SIZE]


def jaccard(one: Sketch, other: Sketch) -> float:
    """Share of word pairs that two texts have in common, 0..1."""
    if not one or not other:
        return 0.0
    a, b = set(one[1:]), set(other[1:])
    union = a | b
    if len(a) < SIZE and len(b) < SIZE:
        return len(a & b) / len(union)
    # Only the smallest hashes of the union are a fair sample of it.
    smallest = set(sorted(union)[:SIZE])
    return len(smallest & a & b) / len(smallest)


def near(one: Sketch, other: Sketch) -> bool:
    """True when one is a near-duplicate of the other. Different figures are different news."""
    if not one or not other or one[0] != other[0]:
        return False
    if one == other:
        return True
    # The sizes alone bound the Jaccard of short texts: most pairs end here.
    small, large = sorted((len(one) - 1, len(other) - 1))
    if large < SIZE and small < NEAR * large:
        return False
    return jaccard(one, other) >= NEAR
