"""Readings that another process made ahead: the same as those made here, and never of words that were taken back."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from answerable.understand import readings
from answerable.understand.readings import MOST_AHEAD, Ahead, Reading, read_all


@dataclass(frozen=True)
class Said:
    """A text."""

    title: str
    text: str
    language: str = ""


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=40)), max_size=6))
def test_what_was_read_ahead_is_what_is_read_now(said: list[tuple[str, str]]) -> None:
    """Whether a text was read ahead or is read when it comes makes no difference."""
    texts = [Said(*one) for one in said]
    ahead = Ahead()
    for number, (text, reading) in enumerate(zip(texts, read_all(texts), strict=True)):
        if number % 2:
            ahead.expect(number, text, reading)
    assert ahead.take(range(len(texts)), texts) == read_all(texts)


def test_words_that_were_edited_away_do_not_come_back() -> None:
    """An item that says something else by now is read anew, and a reading serves once.

    Sabotage: give the reading back whatever the text says.
    """
    old, new = Said("Well", "Ann Reader fell in"), Said("Well", "Somebody fell in")
    ahead = Ahead()
    ahead.expect(1, old, read_all([old])[0])
    (found,) = ahead.take([1], [new])
    assert "reader" not in found.words
    ahead.expect(2, old, Reading("xx", ["marked"], ()))
    assert ahead.take([2], [old])[0].words == ["marked"]
    assert ahead.take([2], [old])[0].words != ["marked"]


def test_readings_that_nobody_asks_for_make_room() -> None:
    """However many are sent ahead, few are held."""
    ahead = Ahead()
    for number in range(MOST_AHEAD + 10):
        ahead.expect(number, Said("", "x"), Reading("en", ["x"], ()))
    assert len(ahead._waiting) == MOST_AHEAD
    assert readings.said(Said("a", "b")) == "a\nb"
