"""An inverted index made for many words of which most are said once: ids by word, as small as can be.

A word that too many hold finds nothing: only how many hold it is kept, until they are few again.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from answerable.understand.tally import WIDE


class Postings:
    """Ids (positive) by word. Up to `widest` ids of a word are kept, at least half as many always."""

    def __init__(self, widest: int) -> None:
        self._widest = widest
        # One id stands for itself, several are in a row, too many are their number below zero. A row holds
        # the numbers themselves: a list would lead to each of them somewhere else in memory.
        self._table: dict[str, int | array[int]] = {}
        self._narrowed: set[str] = set()  # words that few hold again
        self._again: dict[str, set[int]] = {}  # those of them that are looked for, and who was found …
        self._walk: Iterator[int] = iter(())  # … and among whom to look on

    def __len__(self) -> int:
        return len(self._table)

    def get(self, word: str) -> Sequence[int] | None:
        """The ids that hold a word, in no order; () when they are too many, None when there are none."""
        found = self._table.get(word)
        if found is None or isinstance(found, array):
            return found
        return (found,) if found > 0 else ()

    def add(self, word: str, one: int) -> None:
        """Say that `one` holds a word. It must not hold it yet."""
        self.add_all((word,), one)

    def add_all(self, words: Iterable[str], one: int) -> None:
        """Say that `one` holds these different words."""
        table, widest, again = self._table, self._widest, self._again
        for word in words:
            found = table.get(word)
            if found is None:
                table[word] = one
            elif isinstance(found, array):
                found.append(one)
                if len(found) > widest:
                    table[word] = -len(found)
            elif found > 0:
                table[word] = array(WIDE, (found, one))
            else:
                table[word] = found - 1
                if word in again:
                    again[word].add(one)

    def take_up(self, words: Iterable[str], held: Iterable[array[int]]) -> None:
        """Say who holds what, all at once, in rows that are ours from here on; none of them is here yet."""
        table, widest = self._table, self._widest
        for word, row in zip(words, held, strict=True):
            if word in table:
                for one in row:
                    self.add_all((word,), one)
            elif len(row) == 1:
                table[word] = row[0]
            else:
                table[word] = row if len(row) <= widest else -len(row)

    def remove(self, word: str, one: int) -> None:
        """Say that `one` holds a word no more."""
        found = self._table[word]
        if isinstance(found, array):
            found.remove(one)
            if len(found) == 1:
                self._table[word] = found[0]
        elif found > 0:
            del self._table[word]
        else:
            self._table[word] = found + 1
            if word in self._again:
                self._again[word].discard(one)
            elif -found - 1 <= self._widest // 2:
                self._narrowed.add(word)

    def refill(self, ids: Iterable[int], words: Callable[[int], Iterable[str]], most: int) -> None:
        """Find who holds the words that few hold again, a part of `ids` at each call: at most so many.

        `ids` are all that hold anything; `words` gives what one of them holds now, nothing when it is gone.
        """
        if not self._again:
            if not self._narrowed:
                return
            self._again = {word: set() for word in self._narrowed}
            self._narrowed = set()
            self._walk = iter(array(WIDE, ids))
        part = list(islice(self._walk, most))
        for one in part:
            for word in self._again.keys() & words(one):
                self._again[word].add(one)
        if len(part) < most:
            self._found()

    def _found(self) -> None:
        """Name those who were found."""
        for word, ids in self._again.items():
            if not ids:
                del self._table[word]
            elif len(ids) == 1:
                (self._table[word],) = ids
            elif len(ids) <= self._widest:
                self._table[word] = array(WIDE, sorted(ids))
        self._again = {}
