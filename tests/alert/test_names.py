"""Tests of what a story is known by, and of whose names it goes by."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from answerable.alert.names import SILENCE_MS, Name, known_by, names

HOUR = 3_600_000


@dataclass
class Story:
    """A story as far as its words tell."""

    items: int
    sums: dict[str, int]
    first_seen: int = 0
    last_seen: int = HOUR


BLAST = Story(40, {"kestrel": 30, "point": 12, "explosion": 20, "reported": 3, "burning": 20})
NEXT_DAY = {"kestrel": 6, "burning": 6, "tank": 5, "third": 5}
SAID = {"kestrel": 40, "point": 30, "explosion": 22, "reported": 9, "burning": 26, "tank": 40, "third": 60}
SMALL = frozenset({"explosion", "reported", "tank", "third", "burning"})


def known(story: Story, *stories: Story, said: dict[str, int] = SAID, since: int = HOUR) -> float:
    return known_by(names(story, SMALL, lambda word: said.get(word, 0)), since, stories)


def test_a_story_goes_by_the_name_of_an_alert() -> None:
    """Everything else is said in other words, but both say one word that hardly anybody else says."""
    assert known(Story(8, NEXT_DAY), BLAST) > 0.5
    assert known(Story(8, NEXT_DAY), Story(9, {"saltgate": 9}), BLAST) > 0.5


@pytest.mark.parametrize(
    ("sums", "why"),
    [
        ({"burning": 8, "third": 8}, "kinds of things are shared, no name"),
        ({"kestrel": 2, "tank": 8}, "the name is said in passing"),
        ({"kestrel": 3, "tank": 8}, "the name is said by too few, rare as it is"),
        ({"reported": 8}, "written small"),
        ({"kestrel": 1, "saltgate": 7}, "it is about something else"),
    ],
)
def test_what_is_no_name_binds_nothing(sums: dict[str, int], why: str) -> None:
    """Words that two events of one kind share, and names in passing, are no reason."""
    assert known(Story(8, sums), BLAST) == 0, why


def test_a_story_with_a_name_of_its_own_is_another_event() -> None:
    """A second fire in the same district: it shares the district's name and has one that the first never said."""
    assert known(Story(8, NEXT_DAY), BLAST) > 0
    assert known(Story(8, NEXT_DAY | {"saltgate": 6}), BLAST) == 0
    assert (
        known(Story(8, NEXT_DAY | {"saltgate": 6}), BLAST, said=SAID | {"saltgate": 90}) > 0
    )  # said everywhere
    assert known(Story(8, NEXT_DAY | {"saltgate": 3}), BLAST) > 0  # said in passing


def test_the_name_of_the_town_binds_nothing() -> None:
    """What everybody says all day names no event, however many of both stories say it."""
    assert known(Story(8, {"kestrel": 8}), BLAST, said=SAID | {"kestrel": 400}) == 0


def test_after_a_long_silence_it_is_the_next_event() -> None:
    """Last week's flood at the same river stands still: this week's calls."""
    later = BLAST.last_seen + SILENCE_MS
    assert known(Story(8, NEXT_DAY), BLAST, since=later) > 0
    assert known(Story(8, NEXT_DAY), BLAST, since=later + 1) == 0
    assert known(Story(8, NEXT_DAY)) == 0  # none of the alert's stories is live


@pytest.mark.parametrize(
    ("word", "name"), [("fog", False), ("fogg", True), ("水", False), ("丽发", True), ("45500", False)]
)
def test_short_words_and_numbers_name_nothing(word: str, name: bool) -> None:
    """A Chinese character counts as three letters."""
    assert bool(names(Story(5, {word: 5}), SMALL, lambda _: 5)) is name


def test_one_item_names_nothing() -> None:
    """A word that one of three items holds is that item's."""
    assert names(Story(3, {"kestrel": 1}), SMALL, lambda _: 1) == ()
    assert names(Story(3, {"kestrel": 2}), SMALL, lambda _: 2) == (Name("kestrel", 2 / 3, 0),)
