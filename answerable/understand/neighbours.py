"""Decides, while little was heard, which stories are one: those nearer to each other than to the rest.

Terse posts are far from everything, posts of one topic near to each other. What is around two stories tells
how near is near for them (local scaling, as Conneau et al. 2018 match words of two languages).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from answerable.understand.embed import Vectors
from answerable.understand.live_story import LiveStory

_NEVER = -2.0  # below every likeness
_SPELLED = 0.7  # likeness of texts that share their words, where only one was read for its meaning


@dataclass(frozen=True, slots=True)
class ThinRules:
    """What holds while little was heard. One set for every stream."""

    meaning: float = 0.34  # the bar for meaning alone, whatever the languages; it falls to this …
    few: int = 60  # … until so many items were heard: until then others, nearer yet, may be still to come …
    many: int = 500  # … and these rules fade until so many were
    known: int = 10  # items from which something is known of what is around
    around: int = 6  # texts around each, of its own story and of others
    nearer: float = -0.05  # how much nearer two stories are to each other than their texts to those around
    last_meaning: float = 0.25  # the bar …
    last_nearer: float = -0.06  # … and the same at the end of a file, when no more is to come …
    alone: float = 0.16  # … if so few of all items stand alone: then each is likely to belong to others


class Thin:
    """The rules as they stand after so many items."""

    __slots__ = ("_bars", "_items", "_left", "_rules", "_usual", "share")

    def __init__(
        self,
        rules: ThinRules,
        bars: tuple[float, float],
        left: Callable[[NDArray[np.int64]], Vectors],
    ) -> None:
        """`bars` for meaning alone, of two languages and of one, where much was heard.

        `left` tells what so many ms of silence leave of a likeness.
        """
        self._rules, self._usual, self._bars, self._left = rules, bars, bars, left
        self._items = 0
        self.share = 0.0  # 1 while little was heard, 0 once these rules do not hold any more

    def heard(self, items: int) -> bool:
        """Say how many items were heard; True when the rules moved."""
        if items == self._items:
            return False
        rules, self._items = self._rules, items
        over = log(max(items, rules.few) / rules.few) / log(rules.many / rules.few)
        self.share = max(0.0, 1.0 - over)
        fallen = min(1.0, items / rules.few) * self.share**2
        foreign, alike = self._usual
        self._bars = foreign + (rules.meaning - foreign) * fallen, alike + (rules.meaning - alike) * fallen
        return self.share > 0

    def pairs(
        self, stories: Sequence[LiveStory], apart: Mapping[int, Collection[int]], *, whole: bool = False
    ) -> list[tuple[int, int]]:
        """Which stories are one, by id, the surest first; the first of a pair takes the second in.

        All have a meaning, by rising id. `apart`: who must never be one with whom. `whole`: no more is to
        come, and hardly anything stands alone.
        """
        rules = self._rules
        many = np.array([one.embedded for one in stories], dtype=np.float32)
        rows = np.array([one.meaning for one in stories], dtype=np.float32) / many[:, None]
        likeness = rows @ rows.T
        around = self._around(stories, likeness) if self._items >= rules.known else np.zeros_like(many)
        bars = np.full_like(likeness, rules.last_meaning) if whole else self._bars_of(stories)
        groups = _Groups(likeness, many, around, self._fades(stories), bars, _parted(stories, apart))
        joined = groups.joined(rules.last_nearer if whole else rules.nearer)
        return [(stories[one].id, stories[other].id) for one, other in joined]

    def lonely(self, alone: int) -> bool:
        """Whether so few items stand alone that each of them is likely to belong to others."""
        return self.share > 0 and alone <= self._rules.alone * self._items

    def _fades(self, stories: Sequence[LiveStory]) -> Vectors:
        first = np.array([story.first_seen for story in stories], dtype=np.int64)
        last = np.array([story.last_seen for story in stories], dtype=np.int64)
        return self._left(np.maximum(first[:, None] - last[None, :], first[None, :] - last[:, None]))

    def _bars_of(self, stories: Sequence[LiveStory]) -> Vectors:
        foreign, alike = self._bars
        spoken = np.array([one.language for one in stories])
        known = spoken != ""
        other = (spoken[:, None] != spoken[None, :]) & known[:, None] & known[None, :]
        return np.where(other, np.float32(foreign), np.float32(alike))

    def _around(self, stories: Sequence[LiveStory], likeness: Vectors) -> Vectors:
        """Mean likeness of each story's texts to those nearest to them."""
        most = self._rules.around
        nearest = np.argsort(-likeness, axis=1, kind="stable")[:, : most + 1].tolist()
        found = []
        for place, (story, near) in enumerate(zip(stories, nearest, strict=True)):
            texts = [(float(likeness[place, at]), stories[at].items) for at in near if at != place]
            if story.items > 1:
                texts.append((_own(story.embedded, float(likeness[place, place])), story.items - 1))
            texts.sort(reverse=True)
            total, left = 0.0, most
            for near_by, count in texts:
                taken = min(count, left)
                total, left = total + near_by * taken, left - taken
            found.append(total / (most - left) if left < most else 0.0)
        return np.array(found, dtype=np.float32)


def _parted(stories: Sequence[LiveStory], apart: Mapping[int, Collection[int]]) -> NDArray[np.bool_]:
    """Who must never be one, as a matrix; nobody is one with itself."""
    places = {story.id: place for place, story in enumerate(stories)}
    found = np.eye(len(stories), dtype=bool)
    for one, others in apart.items():
        for other in others:
            if one in places and other in places:
                found[places[one], places[other]] = True
    return found


def _own(many: int, square: float) -> float:
    """Mean likeness of a story's own texts, from the squared length of their mean."""
    # The square of a sum's length is the likeness of all pairs, and each text's with itself.
    return (square * many - 1) / (many - 1) if many > 1 else _SPELLED


@dataclass(slots=True)
class _Groups:
    """What is known of places that may become one: of each, and in square matrices of each two."""

    likeness: Vectors
    many: Vectors  # texts, of each
    around: Vectors  # likeness to what is around it, of each
    fades: Vectors  # what time leaves of a likeness
    bars: Vectors
    apart: NDArray[np.bool_]

    def joined(self, nearer: float) -> Iterator[tuple[int, int]]:
        """Which places become one, the surest first: average linkage; the first takes the second in."""
        sure = np.array([self._margins(place, nearer) for place in range(len(self.many))])
        while sure.size and sure.max() > _NEVER:
            # A matrix of pairs is even: the lower of two places is found first.
            one, other = divmod(int(sure.argmax()), len(self.many))
            yield one, other
            self._join(one, other)
            sure[one] = sure[:, one] = self._margins(one, nearer)
            sure[other] = sure[:, other] = _NEVER

    def _margins(self, place: int, nearer: float) -> Vectors:
        """How much nearer a place is to each other than to what is around both; _NEVER to stay two."""
        near = self.likeness[place] * self.fades[place]
        margins: Vectors = near - (self.around[place] + self.around) / 2
        margins[self.apart[place] | (near <= self.bars[place]) | (margins <= nearer)] = _NEVER
        return margins

    def _join(self, one: int, other: int) -> None:
        mine, theirs = self.many[one], self.many[other]
        for mean in (self.likeness, self.around):
            mean[one] = (mean[one] * mine + mean[other] * theirs) / (mine + theirs)
        self.likeness[:, one] = self.likeness[one]
        self.many[one] = mine + theirs
        np.maximum(self.fades[one], self.fades[other], out=self.fades[one])
        np.minimum(self.bars[one], self.bars[other], out=self.bars[one])
        self.apart[one] |= self.apart[other]
        self.apart[one, one] = True
        for table in (self.fades, self.bars, self.apart):
            table[:, one] = table[one]
        self.apart[other] = self.apart[:, other] = True
