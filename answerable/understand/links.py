"""A person's word on what belongs together: must-links and cannot-links between threads.

Threads are what never changes hands but by a person; the stories they stand in follow every merge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

MUST, CANNOT = "must", "cannot"


@dataclass(frozen=True, slots=True)
class Link:
    """Two threads and the stories they stand in now."""

    kind: str  # must, cannot
    thread_a: int
    story_a: int
    thread_b: int
    story_b: int


class Links:
    """All links of one space, as stories see them."""

    def __init__(self) -> None:
        self._pairs: dict[str, set[tuple[int, int]]] = {MUST: set(), CANNOT: set()}
        self._story: dict[int, int] = {}  # linked thread -> its story
        self._apart: dict[int, set[int]] = {}  # story -> stories it must never join

    def set(self, links: Iterable[Link]) -> None:
        """Take these links instead of those known before."""
        self._pairs = {MUST: set(), CANNOT: set()}
        self._story = {}
        for link in links:
            self._pairs[link.kind].add((link.thread_a, link.thread_b))
            self._story[link.thread_a], self._story[link.thread_b] = link.story_a, link.story_b
        self._see()

    def apart(self, story: int) -> Collection[int]:
        """The stories that a story must never be one with."""
        return self._apart.get(story, ())

    def all_apart(self) -> Mapping[int, Collection[int]]:
        """The same of every story for which there are any."""
        return self._apart

    def wanted(self) -> list[tuple[int, int]]:
        """Pairs of different stories that must be one, the older first."""
        found = set()
        for one, other in self._pairs[MUST]:
            pair = sorted((self._story[one], self._story[other]))
            if pair[0] != pair[1] and pair[1] not in self.apart(pair[0]):
                found.add((pair[0], pair[1]))
        return sorted(found)

    def merged(self, winner: int, loser: int) -> None:
        """A story became part of another, and its threads with it."""
        moved = [thread for thread, story in self._story.items() if story == loser]
        for thread in moved:
            self._story[thread] = winner
        if moved:
            self._see()

    def moved(self, threads: Collection[int], story: int) -> None:
        """Threads stand in another story now."""
        for thread in threads:
            if thread in self._story:
                self._story[thread] = story
        self._see()

    def _see(self) -> None:
        self._apart = {}
        for one, other in self._pairs[CANNOT]:
            mine, theirs = self._story[one], self._story[other]
            if mine != theirs:
                self._apart.setdefault(mine, set()).add(theirs)
                self._apart.setdefault(theirs, set()).add(mine)
