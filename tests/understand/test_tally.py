"""Taking up all at once gives what adding one by one gives."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.postings import Postings
from answerable.understand.states import MAX_COUNT
from answerable.understand.tally import Tally
from answerable.understand.vocabulary import Vocabulary

WORDS = st.sampled_from(["a", "water", "wasser", "水", "🌊", "é", "x y", *"bcdefgh"])
HOLDERS = st.lists(st.dictionaries(WORDS, st.integers(1, MAX_COUNT), max_size=6), max_size=30)


def _tally(holders: list[dict[str, int]], most: int | None = None) -> Tally:
    tally = Tally(most)
    for one, sums in enumerate(holders, 1):
        tally.add(one, "\n".join(sums).encode(), struct.pack(f"<{len(sums)}H", *sums.values()))
    return tally


def _held(postings: Postings) -> dict[str, int | list[int]]:
    return {
        word: found if isinstance(found, int) else sorted(found) for word, found in postings._table.items()
    }


@given(HOLDERS, HOLDERS, st.integers(2, 8))
def test_taken_up_at_once_or_one_by_one(
    before: list[dict[str, int]], later: list[dict[str, int]], widest: int
) -> None:
    """Words that one, several and too many hold are found alike, also beside those that were there before."""
    fast, slow = Postings(widest), Postings(widest)
    counts, counted = Vocabulary(), Vocabulary()
    for one, sums in enumerate(before, 1000):
        for postings in (fast, slow):
            postings.add_all(sums, one)
    for one, sums in enumerate(later, 1):
        slow.add_all(sums, one)
        for word, times in sums.items():
            counted.add(word, times)
    tally = _tally(later)
    words, totals, held = tally.counted()
    counts.take_up(words, totals)
    fast.take_up(words, held)
    assert _held(fast) == _held(slow)
    assert counts._count == counted._count


@given(HOLDERS)
def test_only_the_first_words_count_where_only_they_are_asked_for(holders: list[dict[str, int]]) -> None:
    """The keys of a story are its first words."""
    fast, slow = Postings(9), Postings(9)
    for one, sums in enumerate(holders, 1):
        slow.add_all(list(sums)[:3], one)
    tally = _tally(holders, most=3)
    words, _, held = tally.counted()
    fast.take_up(words, held)
    assert _held(fast) == _held(slow)


def test_what_is_damaged_is_refused() -> None:
    """Counts without words, and words that are no text, are told."""
    lost = Tally()
    lost.add(1, b"one\ntwo", struct.pack("<3H", 1, 1, 1))
    broken = Tally()
    broken.add(1, b"\xff\xfe", struct.pack("<H", 1))
    for tally in (lost, broken):
        with pytest.raises(ValueError, match=r"."):
            tally.counted()
