"""An inverted index made for many words of which most are said once: ids by word, as small as can be.

A word that too many hold finds nothing: only how many hold it is kept, until they are few again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from answerable.understand.tally import Numbers


class Postings:
    """Ids (positive) by word. Up to `widest` ids of a word are kept, at least half as many always."""

    def __init__(self, widest: int) -> None:
        self._widest = widest
        # One id stands for itself, several are a list, too many are their number below zero.
        self._table: dict[str, int | list[int]] = {}
        self.narrowed: set[str] = set()  # words that few hold again: `refill` them

    def __len__(self) -> int:
        return len(self._table)

    def get(self, word: str) -> Sequence[int] | None:
        """The ids that hold a word, in no order; () when they are too many, None when there are none."""
        found = self._table.get(word)
        if found is None or isinstance(found, list):
            return found
        return (found,) if found > 0 else ()

    def add(self, word: str, one: int) -> None:
        """Say that `one` holds a word. It must not hold it yet."""
        self.add_all((word,), one)

    def add_all(self, words: Iterable[str], one: int) -> None:
        """Say that `one` holds these different words."""
        table, widest = self._table, self._widest
        for word in words:
            found = table.get(word)
            if found is None:
                table[word] = one
            elif isinstance(found, list):
                found.append(one)
                if len(found) > widest:
                    table[word] = -len(found)
            else:
                table[word] = found - 1 if found < 0 else [found, one]

    def take_up(self, words: Iterable[str], held: Iterable[Numbers], ids: Sequence[int]) -> None:
        """Say who holds what, all at once, as places in `ids`; none of them is here yet."""
        table, widest = self._table, self._widest
        for word, places in zip(words, held, strict=True):
            if word in table:
                for place in places.tolist():
                    self.add_all((word,), ids[place])
            elif len(places) == 1:
                table[word] = ids[places[0]]
            elif len(places) > widest:
                table[word] = -len(places)
            else:
                table[word] = [ids[place] for place in places.tolist()]

    def remove(self, word: str, one: int) -> None:
        """Say that `one` holds a word no more."""
        found = self._table[word]
        if isinstance(found, list):
            found.remove(one)
            if len(found) == 1:
                self._table[word] = found[0]
        elif found > 0:
            del self._table[word]
        else:
            self._table[word] = found + 1
            if -found - 1 <= self._widest // 2:
                self.narrowed.add(word)

    def refill(self, holders: Iterable[tuple[int, Iterable[str]]]) -> None:
        """Give the narrowed words their ids again; `holders` is everybody with all their words."""
        again: dict[str, list[int]] = {word: [] for word in self.narrowed}
        for one, words in holders:
            for word in words:
                if word in again:
                    again[word].append(one)
        for word, ids in again.items():
            self._table.pop(word, None)
            for one in ids:
                self.add(word, one)
        self.narrowed.clear()
