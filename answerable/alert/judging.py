"""Decides which measures call somebody: surprise and concern together must pass the bar of the budget.

One event is one alert: a measure of a story that belongs to a standing alert, is near one in words and
meaning, or goes by its names, grows that alert instead of calling again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp2

from answerable.alert.bursts import Measure
from answerable.alert.concerns.model import Weighed
from answerable.records import Nearness, Signal

LEAST_ITEMS = 5  # of a story, repeats included, below which nobody is called
CALLING = ("burst", "reach")  # for a new language or place alone nobody is called
SURE = 4.0  # surprise beyond this adds nothing: a loud match is not more our concern than a match
WEIGHT = 4.0  # surprise that a full point of concern is worth
CONCERN = 0.0  # below this a story is nearer to what does not concern us, however loud it is
TELLING = 2.0  # scores below this are not kept
STEP = 0.5  # how much higher a score must be to be kept again

# How near two stories must be for one alert: in words at least, in half of words and meaning, in words alone
# where one has no meaning yet, and in meaning alone between two languages.
WORDS, BOTH, ALONE, FOREIGN = 0.06, 0.23, 0.23, 0.42
FRESH_MS = 12 * 3_600_000  # what begins so soon after the other may be a part of it …
HALF_LIFE_MS = 24 * 3_600_000  # … and beyond it nearness halves: the next flood is another


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert that calls nobody again for its stories."""

    alert: int
    stories: frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure with what speaks for and against calling somebody."""

    measure: Measure
    concern: Weighed
    items: int  # of the story, repeats included

    @property
    def score(self) -> float:
        """Surprise, capped, and concern, in steps of ten times less likely."""
        return min(self.measure.surprise, SURE) + WEIGHT * max(-1.0, min(1.0, self.concern.score))

    @property
    def able(self) -> bool:
        """True when the story may call at all."""
        return self.measure.kind in CALLING and self.items >= LEAST_ITEMS and self.concern.score > CONCERN


Near = Callable[[int, int], Nearness | None]  # of two stories, as near as they may be in words
Words = Callable[[int, int], float]  # cosine of two stories
Known = Callable[[Collection[int]], float]  # how well the story goes by the names of these, 0 when not


def joins(story: int, standing: Sequence[Standing], near: Near, words: Words, known: Known) -> int | None:
    """The standing alert that this story belongs to: the nearest, else the one whose names it goes by best.

    None when it is something new.
    """
    for alert in standing:
        if story in alert.stories:
            return alert.alert
    best, highest = None, 0.0
    for alert in standing:
        for other in alert.stories:
            found = near(story, other)
            # Most are too far in meaning or time, whatever their words: those are not measured.
            if found is None or _margin(found) <= highest:
                continue
            margin = _margin(replace(found, words=words(story, other)))
            if margin > highest:
                best, highest = alert.alert, margin
    if best is not None:
        return best
    for alert in standing:
        if (named := known(alert.stories)) > highest:
            best, highest = alert.alert, named
    return best


def _margin(near: Nearness) -> float:
    """How far above the bar two stories are; 0 when they are two events."""
    fade = exp2(-max(0, near.later_ms - FRESH_MS) / HALF_LIFE_MS)
    if near.meaning is None:
        return max(0.0, near.words * fade - ALONE)
    if near.foreign and near.meaning * fade > FOREIGN:
        return near.meaning * fade - FOREIGN
    if near.words < WORDS:
        return 0.0
    return max(0.0, (near.words + near.meaning) / 2 * fade - BOTH)


def signal(judged: Judged, bar: float, alert: int | None) -> Signal:
    """What is kept of a judged measure."""
    measure = judged.measure
    return Signal(
        story=measure.story,
        kind=measure.kind,
        at=measure.at,
        window_s=measure.window_s,
        observed=measure.observed,
        expected=measure.expected,
        low=measure.low,
        high=measure.high,
        p=measure.p,
        test=measure.test,
        items=measure.items,
        part=measure.part,
        score=judged.score,
        bar=bar,
        concern=judged.concern.score,
        matter=judged.concern.group,
        like=judged.concern.line,
        calls=alert is None and judged.able and judged.score >= bar,
        grows=alert,
    )


class Kept:
    """The highest score kept of each story, so that a growing story does not write a row for every item."""

    def __init__(self) -> None:
        self._scores: dict[int, float] = {}

    def load(self, scores: Iterable[tuple[int, float]]) -> None:
        """Take up what is stored."""
        for story, score in scores:
            self._scores[story] = max(score, self._scores.get(story, 0.0))

    def merged(self, winner: int, loser: int) -> None:
        """Two stories became one."""
        if loser in self._scores:
            self.load([(winner, self._scores.pop(loser))])

    def worth(self, story: int, score: float) -> bool:
        """True when a score is news of its story."""
        return score >= TELLING and score >= self._scores.get(story, 0.0) + STEP

    def keep(self, story: int, score: float) -> None:
        """Remember a score that is being written."""
        self.load([(story, score)])
