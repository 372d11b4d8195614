"""Decides how telling a word is: document frequencies over what is live now, so that they decay by themselves.

There is no list of stop words. A prior makes short words common from the start, in any spaced language.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log

# Items assumed before the first one was heard, and how many of them hold a word of 0, 1, 2 … letters.
# A word of one Chinese character is as common as a short Latin one, so one table serves both.
PRIOR_ITEMS = 4000.0
_PRIOR = (0.0, 404.0, 304.0, 124.0, 34.0, 10.0, 7.0, 6.0)
_RARE = 5.0  # a word never heard weighs no more than one heard a few times


class Vocabulary:
    """Counts of items by word. The sum of the live threads' sums, by construction."""

    __slots__ = ("_count", "items")

    def __init__(self) -> None:
        self.items = 0  # items the counts are about
        self._count: dict[str, int] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._count

    def __len__(self) -> int:
        return len(self._count)

    def count(self, word: str) -> int:
        """Items that hold `word`, as far as their threads still remember."""
        return self._count.get(word, 0)

    def weight(self, word: str) -> float:
        """Inverse document frequency, > 0; high for telling words."""
        length = len(word)
        prior = _PRIOR[length] if length < 8 else _RARE
        return log((self.items + PRIOR_ITEMS) / (self._count.get(word, 0) + prior))

    def weights(self, words: Iterable[str]) -> list[tuple[float, str]]:
        """(weight, word) of different words, most telling first; a word nobody else said counts half."""
        count, total = self._count, self.items + PRIOR_ITEMS
        found = []
        for word in words:
            heard = count.get(word, 0)
            length = len(word)
            prior = _PRIOR[length] if length < 8 else _RARE
            weight = log(total / (heard + prior))
            # What only this text says cannot bind it to others; in full it would hide what they share.
            found.append((weight if heard else weight / 2, word))
        found.sort(reverse=True)
        return found

    def add(self, word: str, times: int = 1) -> None:
        """`times` more items hold `word`."""
        self._count[word] = self._count.get(word, 0) + times

    def remove(self, word: str, times: int) -> None:
        """`times` fewer items hold `word`; forgets it at zero."""
        left = self._count.get(word, 0) - times
        if left > 0:
            self._count[word] = left
        else:
            self._count.pop(word, None)
