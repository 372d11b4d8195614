"""Which messages ask the same: groups by average likeness of meaning and words, each pair counted once.

Made for a surge: thousands of messages about a few matters, in people's own words. A group is a proposal;
a person decides what becomes of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 3_000  # messages that are compared; the table of their likeness takes four bytes a pair
# The mean likeness of all pairs of two groups above which they are one; half meaning, half words.
ALIKE = 0.22
_ROUNDS = 3  # of moving single rows
_MOST_WORDS = 4_096  # different words that are counted, the commonest
Matrix = NDArray[np.float32]


def likeness(meanings: Matrix, said: Sequence[Sequence[str]]) -> Matrix:
    """Of each pair: half the cosine of their meanings (unit rows), half that of their words."""
    spoken = _weighted(said)
    found = meanings @ meanings.T
    found += spoken @ spoken.T
    found *= 0.5
    return found


def grouped(alike: Matrix) -> list[int]:
    """The group of each row, named by its first row. The table is used up."""
    np.fill_diagonal(alike, 0)
    return _settled(alike, chained(alike.copy()))


def _settled(alike: Matrix, of: list[int]) -> list[int]:
    """Each row goes where it is likest to the others: a pair that met early is not held together for good."""
    count = np.arange(len(of))
    for _ in range(_ROUNDS):
        names, own = np.unique(of, return_inverse=True)
        member = np.zeros((len(of), len(names)), dtype=np.float32)
        member[count, own] = 1
        others = member.sum(axis=0) - member  # of each group, the rows beside this one
        mean = (alike @ member) / np.maximum(others, 1)
        mean[others < 1] = ALIKE  # alone, it stays unless a group is nearer than that
        mean[(others < 2) & (member == 0)] = -np.inf  # nobody moves to a row that stands alone
        best = mean.argmax(axis=1)
        moves = mean[count, best] > mean[count, own]
        if not moves.any():
            break
        of = list(np.where(moves, names[best], of))
    first: dict[int, int] = {}
    return [first.setdefault(int(group), row) for row, group in enumerate(of)]


def chained(alike: Matrix) -> list[int]:
    """Average linkage by chains of nearest neighbours (Murtagh 1983).

    A group whose nearest is too far is done, for joining others brings nothing nearer to it.
    """
    count = len(alike)
    of = list(range(count))
    sizes = np.ones(count)
    np.fill_diagonal(alike, -np.inf)
    active = set(of)
    chain: list[int] = []
    while active:
        if not chain:
            chain.append(min(active))
        top = chain[-1]
        near = int(np.argmax(alike[top]))
        if len(chain) > 1 and alike[top, near] <= alike[top, chain[-2]]:
            near = chain[-2]
        if alike[top, near] < ALIKE:
            active.discard(top)
            alike[top, :] = alike[:, top] = -np.inf
            chain.pop()
        elif len(chain) > 1 and near == chain[-2]:
            chain = chain[:-2]
            _join(alike, sizes, of, min(top, near), max(top, near))
            active.discard(max(top, near))
        else:
            chain.append(near)
    return [_root(of, row) for row in range(count)]


def _join(alike: Matrix, sizes: NDArray[np.float64], of: list[int], kept: int, gone: int) -> None:
    """The mean over all pairs follows from the two means (Lance and Williams 1967)."""
    total = sizes[kept] + sizes[gone]
    mean = (sizes[kept] * alike[kept] + sizes[gone] * alike[gone]) / total
    alike[kept, :] = alike[:, kept] = mean
    alike[gone, :] = alike[:, gone] = -np.inf
    alike[kept, kept] = -np.inf
    sizes[kept], of[gone] = total, kept


def _root(of: list[int], row: int) -> int:
    while of[row] != row:
        row = of[row]
    return row


def _weighted(said: Sequence[Sequence[str]]) -> Matrix:
    """Unit rows; a word that only one message has says nothing about likeness."""
    counts = Counter(word for words in said for word in set(words))
    known = [word for word, n in counts.most_common(_MOST_WORDS) if n > 1]
    place = {word: k for k, word in enumerate(known)}
    rows = np.zeros((len(said), max(1, len(known))), dtype=np.float32)
    for row, words in enumerate(said):
        total = 0.0
        for word in set(words):
            weight = np.log(1 + len(said) / counts[word])
            total += weight * weight
            if word in place:
                rows[row, place[word]] = weight
        rows[row] /= max(1e-9, np.sqrt(total))
    return rows
