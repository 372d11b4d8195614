"""Decides, while little was heard, which stories are one: those nearer to each other than to the rest.

Terse posts are far from everything, posts of one topic near to each other. What is around two stories tells
how near is near for them (local scaling, as Conneau et al. 2018 match words of two languages).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import log

import numpy as np

from answerable.understand.live_story import LiveStory
from answerable.understand.meanings import Meanings


@dataclass(frozen=True, slots=True)
class ThinRules:
    """What holds while little was heard. One set for every stream."""

    meaning: float = 0.34  # the bar for meaning alone, whatever the languages; it falls to this …
    few: int = 60  # … until so many items were heard: until then others, nearer yet, may be still to come …
    many: int = 500  # … and these rules fade until so many were
    known: int = 10  # items from which something is known of what is around
    nearer: float = -0.05  # how much nearer two stories are to each other than each to what is around it
    around: int = 5  # texts around a story: its own, then those of the nearest stories
    alone: float = 0.08  # share of items that stand alone, up to which one of them is likely to belong …
    least: float = 0.25  # … to the story whose meaning is as near as this …
    clearly: float = 0.03  # … and so much nearer than any other


class Thin:
    """The rules as they stand after so many items."""

    __slots__ = ("_around", "_items", "_known", "_live", "_meanings", "_rules", "_usual", "bars", "share")

    def __init__(
        self,
        rules: ThinRules,
        bars: tuple[float, float],
        meanings: Meanings,
        live: Callable[[int], LiveStory],
    ) -> None:
        """`bars` for meaning alone, of two languages and of one, where much was heard; `live` opens one."""
        self._rules, self._meanings, self._live = rules, meanings, live
        self._around: dict[int, float] = {}
        self._known = False
        self._usual = bars
        self._items = 0
        self.bars = bars  # for meaning alone, of two languages and of one
        self.share = 0.0  # 1 while little was heard, 0 once these rules do not hold any more

    def heard(self, items: int) -> bool:
        """Say how many items were heard; True when the rules moved, so that all stories look again."""
        self._around.clear()
        if items == self._items:
            return False
        rules, self._items = self._rules, items
        self._known = items >= rules.known
        over = log(max(items, rules.few) / rules.few) / log(rules.many / rules.few)
        self.share = max(0.0, 1.0 - over)
        fallen = min(1.0, items / rules.few) * self.share
        foreign, alike = self._usual
        self.bars = foreign + (rules.meaning - foreign) * fallen, alike + (rules.meaning - alike) * fallen
        return self.share > 0

    def margin(self, one: LiveStory, other: LiveStory, meaning: float, fade: float) -> float:
        """How far the meaning of two stories with this linkage is above what these rules ask."""
        foreign, alike = self.bars
        mine, theirs = one.language, other.language
        bar = foreign if mine and theirs and mine != theirs else alike
        margin = meaning * fade - bar
        if self._known and margin > 0:
            around = (self._near(one) + self._near(other)) / 2
            margin = min(margin, meaning - around - self._rules.nearer)
        return margin / 2

    def strays(self, alone: Collection[int]) -> list[tuple[int, int]]:
        """Of all stories of one item those likely to belong to another, and to which; the surest first.

        Where many stand alone, one more is nothing strange, and none is told.
        """
        rules, found = self._rules, []
        if not self.share or len(alone) > rules.alone * self._items:
            return []
        for one in alone:
            near = self._meanings.nearest(one, 3)  # itself among them
            others = sorted(((likeness, other) for other, likeness in near if other != one), reverse=True)
            if len(others) == 2 and others[0][0] >= rules.least:
                ahead = others[0][0] - others[1][0]
                if ahead >= rules.clearly:
                    found.append((-ahead, one, others[0][1]))
        return [(one, other) for _, one, other in sorted(found)]

    def grown(self, story: int) -> None:
        """Say that a story took in another."""
        self._around.pop(story, None)

    def _near(self, story: LiveStory) -> float:
        found = self._around.get(story.id)
        if found is None:
            found = self._around[story.id] = self._measured(story)
        return found

    def _measured(self, story: LiveStory) -> float:
        """Mean likeness of a story's texts to those nearest to them."""
        most = self._rules.around
        found = self._meanings.nearest(story.id, most + 1)
        texts = [(likeness, self._live(one).embedded) for one, likeness in found if one != story.id]
        many = story.embedded
        if many > 1 and story.meaning is not None:
            # The square of a sum's length is the likeness of all pairs, and each text's with itself.
            own = (float(np.square(story.meaning).sum()) - many) / (many * (many - 1))
            texts.append((own, many - 1))
        texts.sort(reverse=True)
        total, left = 0.0, most
        for likeness, count in texts:
            taken = min(count, left)
            total, left = total + likeness * taken, left - taken
        return total / (most - left) if left < most else 0.0
