"""Measures what is new about a story: a language, a place, or outlets that take up what people say.

Each is a count against what such stories hold by chance: languages are sometimes misread, places are named in
passing, and outlets write about something all day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from answerable.alert.bursts import Measure
from answerable.alert.chances import interval, tail

OUTLET = "outlet"
TEST = "poisson-gamma"


@dataclass(frozen=True, slots=True)
class NoveltyRules:
    """When something is new. One set for every stream."""

    known: int = 5  # different items of a story before anything about it can be new
    least: int = 3  # items with the new language or place
    slips: float = 0.02  # of a story's items whose language or place is misread
    shape: float = 2.0  # certainty of a share
    surprise: float = 0.01  # chance below which it is told
    steps: tuple[int, ...] = (1, 3, 10)  # different outlets at which reach is told
    remembered: int = 50_000  # stories: those silent for longest are forgotten


@dataclass(slots=True)
class _Story:
    """What is known of one story's different items."""

    items: int = 0
    social: int = 0  # of people, before the first outlet
    first: datetime | None = None
    having: dict[str, list[int]] = field(default_factory=dict)  # items by "language:es" or "place:Harbour"
    told: set[str] = field(default_factory=set)
    outlets: dict[int, int] = field(default_factory=dict)  # first item by source


class NoveltyWatch:
    """Languages, places and outlets of the live stories."""

    def __init__(self, rules: NoveltyRules | None = None) -> None:
        self.rules = rules or NoveltyRules()
        self._stories: dict[int, _Story] = {}
        self._found: list[Measure] = []
        self._items = 1.0
        self._from_outlets = 1.0

    def observe(
        self, story: int, item: int, published: datetime, source_class: str, source: int, language: str,
        places: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Count one different item of a story."""
        known = self._stories.pop(story, None) or _Story()
        self._stories[story] = known  # the last heard of stand last
        if len(self._stories) > self.rules.remembered:
            del self._stories[next(iter(self._stories))]
        self._items += 1
        known.first = known.first or published
        if source_class == OUTLET:
            self._from_outlets += 1
            self._reach(story, known, item, published, source)
        elif not known.outlets:
            known.social += 1
        names = [f"place:{place}" for place in places]
        if language and language != "und":
            names.append(f"language:{language}")
        for name in names:
            self._new(story, known, item, published, name)
        known.items += 1

    def _new(self, story: int, known: _Story, item: int, published: datetime, name: str) -> None:
        having = known.having.setdefault(name, [])
        having.append(item)
        # What a story began with is not new about it.
        if name in known.told or known.items < self.rules.known or len(having) > known.items / 2:
            return
        if len(having) == 1 or len(having) < self.rules.least:
            return
        known.told.add(name)
        expected = self.rules.slips * known.items
        p = tail(len(having), expected, self.rules.shape)
        if p <= self.rules.surprise:
            kind = name.partition(":")[0]
            self._tell(story, known, published, kind, name, tuple(having), expected, p)

    def _reach(self, story: int, known: _Story, item: int, published: datetime, source: int) -> None:
        if source in known.outlets:
            return
        known.outlets[source] = item
        count = len(known.outlets)
        if known.social < self.rules.known or count not in self.rules.steps:
            return
        expected = self._from_outlets / self._items
        p = tail(count, expected, self.rules.shape)
        items = tuple(sorted(known.outlets.values()))
        self._tell(story, known, published, "reach", f"class:{OUTLET}", items, expected, p)

    def _tell(
        self, story: int, known: _Story, at: datetime, kind: str, part: str, items: tuple[int, ...],
        expected: float, p: float,
    ) -> None:  # fmt: skip
        low, high = interval(expected, self.rules.shape)
        span = max(60, int((at - (known.first or at)).total_seconds()))
        self._found.append(
            Measure(story, at, span, len(items), expected, low, high, p, items, part,
                    known.items + 1, TEST, kind)
        )  # fmt: skip

    def merged(self, winner: int, loser: int) -> None:
        """Two stories became one: what was told of one is no news of both."""
        other = self._stories.pop(loser, None)
        if other is None:
            return
        known = self._stories.setdefault(winner, _Story())
        known.items += other.items
        known.social += other.social
        known.told |= other.told
        known.outlets = other.outlets | known.outlets
        for name, items in other.having.items():
            known.having[name] = known.having.get(name, []) + items
        times = [one for one in (known.first, other.first) if one is not None]
        known.first = min(times, default=None)

    def measures(self) -> list[Measure]:
        """What became new since the last call."""
        found, self._found = self._found, []
        return found
