"""Decides how telling a word is: document frequencies over what is live, so that they decay.

There is no list of stop words. A prior makes short words common from the start, in any spaced language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log, sqrt

# Items assumed before the first one was heard, and how many of them hold a word of 0, 1, 2 … letters.
_PRIOR_ITEMS = 1000
_PRIOR = (300, 300, 200, 100, 34, 12, 6)
_RARE = 4  # a word never heard weighs no more than one heard a few times
_LONGEST = 96  # letters a word may have here
_PRIORS = (*_PRIOR, *([_RARE] * (_LONGEST - len(_PRIOR) + 1)))
_EAST = "\u2e80"  # from here on a character says as much as three letters
_TABLE = 1 << 16
# Asked for a dozen times per item; a table is thrice as fast as the function.
_LOG = (0.0, *(log(number) for number in range(1, _TABLE)))


class Vocabulary:
    """Counts of items by word. The sum of the live threads' sums, by construction."""

    __slots__ = ("_count", "items")

    def __init__(self) -> None:
        self.items = 0  # items the counts are about
        self._count: dict[str, int] = {}

    @property
    def youth(self) -> float:
        """1 when nothing was heard, near 0 when common words are known by their counts."""
        return _PRIOR_ITEMS / (self.items + _PRIOR_ITEMS)

    def __contains__(self, word: str) -> bool:
        return word in self._count

    def __len__(self) -> int:
        return len(self._count)

    def count(self, word: str) -> int:
        """Items that hold `word`, as far as their threads still remember."""
        return self._count.get(word, 0)

    def weight(self, word: str) -> float:
        """Inverse document frequency, > 0; high for telling words."""
        return self.weights([word], unheard=1.0)[0][0]

    def weights(self, words: Iterable[str], unheard: float = 0.5) -> list[tuple[float, str]]:
        """(weight, word) of different words, most telling first.

        A word nobody else said counts `unheard`: it binds nothing and would hide what others share.
        """
        found = self.weighed(words, unheard)
        found.sort(reverse=True)
        return found

    def weighed(self, words: Iterable[str], unheard: float = 0.5) -> list[tuple[float, str]]:
        """The same in the order of the words."""
        count, logs, priors = self._count, _LOG, _PRIORS
        top = log(self.items + _PRIOR_ITEMS)
        found = []
        # While little was heard, most words are new, and that says nothing about them.
        unheard += (1.0 - unheard) * self.youth
        for word in words:
            heard = count.get(word, 0)
            number = heard + priors[len(word) if word < _EAST else 3 * len(word)]
            weight = top - (logs[number] if number < _TABLE else log(number))
            if weight < 0.01:
                weight = 0.01
            found.append((weight if heard else weight * unheard, word))
        return found

    def rarity(self, word: str, apart: int) -> float:
        """Weight of a word as it would be if `apart` of the items that hold it had not been heard."""
        number = self._count.get(word, 0) - apart + _PRIORS[len(word) if word < _EAST else 3 * len(word)]
        return log((self.items + _PRIOR_ITEMS) / number)

    def length(self, sums: Mapping[str, int]) -> float:
        """Length of a vector of sums whose squared parts are weighed; 1 for an empty one."""
        return sqrt(self.squares([(word, times * times) for word, times in sums.items()])) or 1.0

    def size(self, sums: Mapping[str, int]) -> float:
        """The same with the logarithms of the sums: a word said a hundred times tells five-fold."""
        parts = [(word, (1.0 + log(times)) ** 2 if times > 1 else 1.0) for word, times in sums.items()]
        return sqrt(self.squares(parts)) or 1.0

    def squares(self, parts: Iterable[tuple[str, float]]) -> float:
        """Sum of numbers, each times the weight of its word."""
        count, logs, priors = self._count, _LOG, _PRIORS
        top = log(self.items + _PRIOR_ITEMS)
        total = 0.0
        for word, square in parts:
            number = count.get(word, 0) + priors[len(word) if word < _EAST else 3 * len(word)]
            weight = top - (logs[number] if number < _TABLE else log(number))
            total += square * (weight if weight > 0.01 else 0.01)
        return total

    def add(self, word: str, times: int = 1) -> None:
        """`times` more items hold `word`."""
        self._count[word] = self._count.get(word, 0) + times

    def add_all(self, words: Iterable[str]) -> None:
        """One more item holds each of these different words."""
        count = self._count
        for word in words:
            count[word] = count.get(word, 0) + 1

    def take_up(self, words: Iterable[str], counts: Iterable[int]) -> None:
        """Different words, and how many more items hold each."""
        count = self._count
        for word, times in zip(words, counts, strict=True):
            count[word] = count.get(word, 0) + times

    def remove(self, word: str, times: int) -> None:
        """`times` fewer items hold `word`; forgets it at zero."""
        left = self._count.get(word, 0) - times
        if left > 0:
            self._count[word] = left
        else:
            self._count.pop(word, None)
