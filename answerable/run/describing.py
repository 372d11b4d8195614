"""Decides which story is described when: the biggest that grew first, in bites, while the engine rests.

A story that grew by a tenth is due at once, one that grew by less after five minutes, so that the work
follows what is new and not how much there is.
"""

from __future__ import annotations

import heapq
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from answerable.records import Json, Understood
from answerable.store import facts
from answerable.understand.describer import Describer

LOG = logging.getLogger(__name__)
BITE_S = 0.25  # of one rest: somebody may wait at the door
GROWN = 1.1
PATIENCE_S = 300.0
BACKLOG = 500  # stories asked for at a time
REMEMBERED = 20_000


class Describing:
    """The queue of stories to describe, of both spaces: a story lies wholly in one."""

    def __init__(
        self,
        describers: Sequence[Describer],
        *,
        headed: Callable[[int, int, bool], None] = lambda *_: None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`headed` is told (story, item, exercise) when a story got its heading."""
        self._describers = describers
        self._headed = headed
        self._ticks = ticks
        self._items: dict[int, int] = {}  # waiting stories, with the items they have
        self._due: list[tuple[int, int]] = []  # heap of (-items, story)
        self._later: list[tuple[float, int]] = []  # heap of (when, story)
        self._made: dict[int, tuple[int, float]] = {}  # what was described of late: items, when
        self._oldest: tuple[int, int] | None = None  # how far the backlog of an earlier run was read
        self._backlog = True
        self._work: Iterator[None] | None = None
        self._current = 0  # the story of `_work`

    def note(self, outcome: Understood) -> None:
        """Stories changed."""
        for merge in outcome.merges:
            self._items.pop(merge.loser, None)
            self._made.pop(merge.loser, None)
        for story in outcome.stories:
            self._put(story.id, story.items)

    def left(self, stories: Sequence[int]) -> None:
        """Items of these stories were erased: what they say of themselves must not name them."""
        if self._work is not None and self._current in stories:
            self._work = None  # it was read before the item left
        for story in stories:
            self._made.pop(story, None)
            self._put(story, self._items.get(story, facts.LEAST_ITEMS))

    def again(self) -> None:
        """What the store calls stale is taken up anew: what stories say of themselves has another maker."""
        self._backlog, self._oldest = True, None

    def _put(self, story: int, items: int) -> None:
        if items < facts.LEAST_ITEMS:
            return
        known = story in self._items
        self._items[story] = items
        made, at = self._made.get(story, (0, 0.0))
        if items >= made * GROWN:
            heapq.heappush(self._due, (-items, story))
        elif not known:
            heapq.heappush(self._later, (at + PATIENCE_S, story))

    def work(self, now: datetime) -> bool:
        """Describe for one bite; returns False when nothing is due."""
        until = self._ticks() + BITE_S
        while True:
            if self._work is None:
                story = self._next()
                if story is None:
                    return False
                self._current, self._work = story, self._describe(story, now)
            for _ in self._work:
                if self._ticks() >= until:
                    return True  # the rest of this story waits for the next rest
            self._work = None
            if self._ticks() >= until:
                return True

    def _next(self) -> int | None:
        while self._later and self._later[0][0] <= self._ticks():
            story = heapq.heappop(self._later)[1]
            if story in self._items:
                heapq.heappush(self._due, (-self._items[story], story))
        while self._due:
            story = heapq.heappop(self._due)[1]
            # A story may stand in the heap more than once; the first time took it.
            if self._items.pop(story, None) is not None:
                return story
        return self._next() if self._fill() else None

    def _fill(self) -> bool:
        """Take up stories that changed before this process started, some at a time."""
        if not self._backlog:
            return False
        found = facts.stale(BACKLOG, self._oldest)
        self._backlog = len(found) == BACKLOG
        for story, items, last_seen in found:
            self._oldest = (last_seen, story)
            self._items.setdefault(story, items)
            heapq.heappush(self._due, (-items, story))
        return bool(found)

    def _describe(self, story: int, now: datetime) -> Iterator[None]:
        """Read a story, ask each describer, write; pauses between them."""
        told = facts.telling(story)
        yield
        if told is None:
            return
        found: dict[str, Json] = {}
        for describer in self._describers:
            try:
                found[describer.name] = describer.describe(told)
            except Exception:
                # A describer of somebody else may break on a strange text; the story keeps its other facts.
                LOG.exception(
                    "The describer %s failed on story %s; its fact is left out.", describer.name, story
                )
            yield
        heading = found.get("heading")
        if facts.write(told, found, now) and isinstance(heading, dict):
            self._headed(story, int(str(heading["item"])), told.exercise)
        self._made.pop(story, None)
        self._made[story] = (told.items, self._ticks())
        while len(self._made) > REMEMBERED:
            del self._made[next(iter(self._made))]
