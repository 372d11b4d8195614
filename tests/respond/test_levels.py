"""Levels, and which unit answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.respond import levels, owners
from answerable.respond.levels import ClockKind

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("level", [1, 2])
def test_major_levels_promise_three_things(level: int) -> None:
    """I and II: a first word in an hour, a statement in five, a conference in a day."""
    assert levels.clocks_for(level) == (
        (ClockKind.HOLDING, HOUR),
        (ClockKind.STATEMENT, 5 * HOUR),
        (ClockKind.CONFERENCE, 24 * HOUR),
    )
    assert levels.major(level)


@pytest.mark.parametrize("level", [3, 4])
def test_minor_levels_promise_an_answer(level: int) -> None:
    """III and IV: an answer in two days."""
    assert levels.clocks_for(level) == ((ClockKind.ANSWER, 48 * HOUR),)
    assert not levels.major(level)


@given(level=st.integers().filter(lambda number: number not in levels.LEVELS))
def test_there_are_four_levels(level: int) -> None:
    """Any other number is an error, never an empty list of clocks."""
    with pytest.raises(ValueError):
        levels.clocks_for(level)
    with pytest.raises(ValueError):
        levels.roman(level)


def test_levels_are_written_in_roman_numerals() -> None:
    """As people write them."""
    assert [levels.roman(level) for level in levels.LEVELS] == ["I", "II", "III", "IV"]


@pytest.mark.parametrize(
    ("places", "unit"),
    [
        (["/1/4/7/"], "/1/4/7/"),
        (["/1/4/7/", "/1/4/9/"], "/1/4/"),
        (["/1/4/", "/1/4/9/"], "/1/4/"),
        (["/1/4/", "/1/40/"], "/1/"),
        (["/1/", "/2/"], ""),
        ([], ""),
    ],
)
def test_a_matter_of_several_places_goes_to_the_unit_above_them(places: list[str], unit: str) -> None:
    """The unit concerned answers first; several share the lowest unit above."""
    assert owners.unit_concerned(places) == unit


paths = st.lists(st.integers(1, 30), min_size=1, max_size=6).map(lambda ids: f"/{'/'.join(map(str, ids))}/")


@given(places=st.lists(paths, min_size=1, max_size=5))
def test_the_owner_stands_above_every_place(places: list[str]) -> None:
    """Whatever the places: the owner is above or at each of them, and no lower unit is."""
    owner = owners.unit_concerned(places)
    assert all(place.startswith(owner) for place in places)
    if owner and not any(place == owner for place in places):
        below = {place[len(owner) :].split("/")[0] for place in places}
        assert len(below) > 1
    assert owners.unit_concerned([*places, *places]) == owner


def test_a_disputed_matter_goes_up_to_the_top() -> None:
    """Step by step, and no further than the top."""
    assert [owners.above("/1/4/7/"), owners.above("/1/4/"), owners.above("/1/")] == ["/1/4/", "/1/", ""]
