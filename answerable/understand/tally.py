"""The words of many holders counted and sorted at once, as columns: a start takes up all there are.

Word by word it would take minutes for what is a matter of seconds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from answerable.understand.states import BETWEEN

Numbers = NDArray[np.int64]
WIDE = "q"  # the type of an id in an array, of eight bytes
_HALF = 32  # bits for a holder's place, and for a word's


class Tally:
    """Who holds which different words, and how often."""

    def __init__(self, most: int | None = None) -> None:
        """`most`: how many words of each holder are of interest, the first ones; None for all."""
        self._holders = array(WIDE)
        self._most = most
        self._words: list[bytes] = []
        self._times: list[bytes] = []

    def add(self, holder: int, words: bytes, times: bytes) -> None:
        """A holder, its different words and how often it holds each, as `states.spelled` gives them."""
        if words:
            self._holders.append(holder)
            self._words.append(words)
            self._times.append(times)

    def counted(self) -> tuple[list[str], list[int], Iterator[array[int]]]:
        """The words; how often all hold each; and who holds each, in no order.

        Raises ValueError when words are damaged.
        """
        if not self._holders:
            return [], [], iter(())
        # Most of a memory's worth, and needed once in the life of an engine.
        import pyarrow as pa
        import pyarrow.compute as pc

        lists = pc.split_pattern(pa.array(self._words, pa.binary()).cast(pa.string()), BETWEEN)
        if self._most is not None:
            lists = pc.list_slice(lists, 0, self._most)
        sizes = pc.list_value_length(lists).to_numpy()
        coded = lists.flatten().dictionary_encode()
        numbers = coded.indices.to_numpy()
        words = coded.dictionary.to_pylist()
        ends = np.cumsum(np.bincount(numbers, minlength=len(words)))
        totals = self._totals(numbers, len(words)) if self._most is None else np.diff(ends, prepend=0)
        # Word and holder in one number, because such are sorted several times as fast as their places are.
        both = numbers.astype(np.int64) << _HALF
        both |= np.repeat(np.arange(len(self._holders)), sizes)
        both.sort()
        held = np.frombuffer(self._holders, np.int64)[both & ((1 << _HALF) - 1)].tobytes()
        del lists, coded, both
        pa.default_memory_pool().release_unused()
        return words, totals.tolist(), _rows(held, ends.tolist())

    def _totals(self, numbers: Numbers, words: int) -> Numbers:
        times = np.frombuffer(b"".join(self._times), dtype="<u2")
        if len(times) != len(numbers):
            raise ValueError("a state has lost words")
        return np.bincount(numbers, weights=times, minlength=words).astype(np.int64)


def _rows(numbers: bytes, ends: Sequence[int]) -> Iterator[array[int]]:
    start = 0
    for end in ends:
        yield array(WIDE, numbers[8 * start : 8 * end])
        start = end
