"""Tests of what calls somebody, and of one event being one alert."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from answerable.alert.bursts import Measure
from answerable.alert.concerns.model import Weighed
from answerable.alert.judging import Judged, Kept, Near, Standing, Words, joins, signal
from answerable.records import Nearness

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = 3_600_000


def judged(*, p: float = 1e-5, concern: float = 0.5, items: int = 6, kind: str = "burst") -> Judged:
    measure = Measure(7, NOON, 600, 5, 0.2, 0, 1, p, (1, 2, 3, 4, 5), kind=kind)
    return Judged(measure, Weighed(concern, "accident", "a line"), items)


@pytest.mark.parametrize(
    ("one", "calls"),
    [
        (judged(), True),
        (judged(p=1e-200, concern=-0.01), False),  # the loudest match
        (judged(p=1e-30, concern=-0.9), False),
        (judged(p=0.5, concern=0.6), False),  # no burst
        (judged(items=4), False),  # fewer than five
        (judged(kind="language"), False),
        (judged(kind="reach"), True),
    ],
)
def test_surprise_and_concern_call_together(one: Judged, calls: bool) -> None:
    """No loudness makes a match our concern, and no concern makes two posts a burst."""
    assert signal(one, 3.4, None).calls is calls
    assert not signal(one, 3.4, 12).calls


def test_a_signal_carries_why() -> None:
    """Score, bar, concern and the nearest line are kept with what was counted."""
    kept = signal(judged(), 3.4, None)
    assert (kept.bar, kept.matter, kept.like, kept.observed) == (3.4, "accident", "a line", len(kept.items))
    assert kept.score == pytest.approx(4 + 4 * 0.5)


@pytest.mark.parametrize(
    ("near", "same"),
    [
        (Nearness(0.22, 0.35, False, HOUR), True),
        (Nearness(0.22, 0.35, False, 90 * HOUR), False),  # the next flood
        (Nearness(0.02, 0.6, False, HOUR), False),  # alike, but no word in common: another fire
        (Nearness(0.0, 0.5, True, HOUR), True),  # the same in another language
        (Nearness(0.3, None, False, HOUR), True),
        (Nearness(0.1, None, False, HOUR), False),
        (None, False),
    ],
)
def test_a_near_story_grows_the_standing_alert(near: Nearness | None, same: bool) -> None:
    """Near in words, meaning and time is one event; only alike is another."""
    standing = [Standing(3, frozenset({1})), Standing(4, frozenset({2}))]
    found = joins(9, standing, *_measured(lambda other: near if other == 2 else None), _nameless)
    assert found == (4 if same else None)


def test_a_story_of_an_alert_always_grows_it() -> None:
    """Whatever else is near, a story calls once."""
    standing = [Standing(3, frozenset({1})), Standing(4, frozenset({9}))]
    assert joins(9, standing, *_measured(lambda other: Nearness(0.9, 0.9, False, 0)), _nameless) == 4
    assert joins(9, standing[1:], *_measured(lambda other: None), _nameless) == 4


def test_a_story_that_goes_by_an_alerts_names_grows_it() -> None:
    """The best known wins; what is near in words and meaning comes before any name."""
    standing = [Standing(3, frozenset({1})), Standing(4, frozenset({2})), Standing(5, frozenset({6}))]

    def known(others: Collection[int]) -> float:
        return {1: 0.4, 2: 0.8}.get(min(others), 0.0)

    assert joins(9, standing, *_measured(lambda other: None), known) == 4
    near = _measured(lambda other: Nearness(0.3, 0.35, False, HOUR) if other == 6 else None)
    assert joins(9, standing, *near, known) == 5
    assert joins(9, standing[2:], *_measured(lambda other: None), known) is None


def test_words_are_measured_only_where_they_could_matter() -> None:
    """A story of last week, and one of quite another meaning beside a near one, cost no comparison of words."""
    near = {
        1: Nearness(0.5, 0.5, False, HOUR),
        2: Nearness(0.9, 0.9, False, 90 * HOUR),
        3: Nearness(0.9, -0.9, False, HOUR),
    }
    measured: list[int] = []
    at_most, words = _measured(near.get)

    def counted(story: int, other: int) -> float:
        measured.append(other)
        return words(story, other)

    standing = [Standing(10 + one, frozenset({one})) for one in near]
    assert joins(9, standing, at_most, counted, _nameless) == 11
    assert measured == [1]


def _nameless(others: Collection[int]) -> float:
    """No names are shared."""
    return 0.0


def _measured(near: Callable[[int], Nearness | None]) -> tuple[Near, Words]:
    """As near as two may be, and how near they are in words."""

    def at_most(story: int, other: int) -> Nearness | None:
        found = near(other)
        return None if found is None else replace(found, words=1.0)

    def words(story: int, other: int) -> float:
        found = near(other)
        assert found is not None
        return found.words

    return at_most, words


def test_a_growing_story_is_kept_in_steps() -> None:
    """Not every item writes a row; a merge takes the higher score."""
    kept = Kept()
    assert not kept.worth(1, 1.9)
    assert kept.worth(1, 2.1)
    kept.keep(1, 2.1)
    assert not kept.worth(1, 2.5)
    assert kept.worth(1, 2.7)
    kept.keep(2, 5)
    kept.merged(1, 2)
    assert not kept.worth(1, 5.4)
    assert kept.worth(2, 2.1)
