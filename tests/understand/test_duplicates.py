"""Tests of near-duplicates."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.duplicates import SIZE, jaccard, near, sketch
from answerable.understand.words import words

POST = "Police say that the bridge at Saltgate stays closed until Monday morning because of the flood"


def test_a_repeat_with_another_head_and_address_is_near() -> None:
    """A retweet, a copy with another link and a copy with a word at the end say the same."""
    for other in (f"RT @…: {POST}", f"{POST} https://t.example/1", f"{POST} omg", POST.upper()):
        assert near(sketch(words(POST)), sketch(words(other)))


def test_other_figures_are_other_news() -> None:
    """The second report of the same form with another number is no duplicate."""
    first = words(
        "Quake of magnitude 59 near Fenmoor this morning, no damage was reported so far by the council"
    )
    second = ["61" if word == "59" else word for word in first]
    assert not near(sketch(first), sketch(second))


def test_another_text_is_not_near() -> None:
    """Half of the words in common is not the same text."""
    assert not near(
        sketch(words(POST)), sketch(words("Police say that the school at Fenmoor opens again today"))
    )


def test_nothing_is_near_to_nothing() -> None:
    """Two empty texts have nothing in common."""
    assert not near(sketch([]), sketch([]))
    assert not near(sketch([]), sketch(["water"]))
    assert near(sketch(["water"]), sketch(["water"]))


WORD_LISTS = st.lists(st.sampled_from([f"w{i}" for i in range(40)]), min_size=2, max_size=25)


@given(WORD_LISTS, WORD_LISTS)
def test_short_texts_have_the_true_jaccard(one: list[str], other: list[str]) -> None:
    """Up to SIZE pairs the sketch is the whole set, so the Jaccard is exact."""
    a = set(pairwise(one))
    b = set(pairwise(other))
    assert abs(jaccard(sketch(one), sketch(other)) - len(a & b) / len(a | b)) < 1e-9
    assert jaccard(sketch(one), sketch(other)) == jaccard(sketch(other), sketch(one))


def test_long_texts_are_estimated() -> None:
    """A page with a sentence added is near, two different pages are not; the sketch stays small."""
    page = [f"word{i}" for i in range(400)]
    assert len(sketch(page)) == SIZE + 1
    assert near(sketch(page), sketch([*page, "one", "more", "sentence"]))
    assert not near(sketch(page), sketch([f"other{i}" for i in range(400)]))
