"""A desk that tells letters to an index of matters, with and without a store, and letters to tell."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence

from answerable.records import MatterState
from answerable.understand.live_story import LiveStory
from answerable.understand.matters import MatterIndex, MatterRules, MatterTick
from answerable.understand.names import named
from answerable.understand.shelf import Attic
from answerable.understand.states import LIMIT

HOUR_MS = 3_600_000
LIFT = ("Broken lift at Harrow Court", "The lift at Harrow Court is broken again and we climb nine floors.")
DAMP = (
    "Black mould in Kestrel Yard",
    "Kestrel Yard is damp, black mould grows on every wall and nobody comes.",
)


class Desk:
    """Stories of one letter each, told to an index of matters."""

    def __init__(self, rules: MatterRules | None = None, attic: Attic | None = None) -> None:
        self.apart: dict[int, set[int]] = {}
        self.attic = attic or Attic()
        self.stories: dict[int, LiveStory] = {}
        self.matter: dict[int, int] = {}
        self.merged: dict[int, int] = {}
        self.states: dict[int, MatterState] = {}
        self.ids = itertools.count(1)
        self.index = MatterIndex(self.ids, self.attic, rules, apart=lambda one: self.apart.get(one, ()))

    def hear(self, letters: Sequence[tuple[str, str]], likes: int = 0) -> list[int]:
        """One story for each letter, a day apart, and a tick."""
        made = []
        for title, text in letters:
            number = len(self.stories) + 1
            seen = number * 24 * HOUR_MS
            self.stories[number] = LiveStory(number, seen, seen, seen, items=1)
            self.index.hear(number, named(title, text), likes)
            made.append(number)
        self.tick()
        return made

    def tick(self) -> None:
        found = self.index.tick(self.stories)
        self.states.update((one.id, one) for one in found.matters)
        self.matter.update(found.placed)
        self.merged.update((loser, winner) for winner, loser in found.merges)
        assert all(len(one.state) <= LIMIT for one in found.matters)

    def of(self, story: int) -> int | None:
        """The matter a story stands in, redirects followed."""
        matter = self.matter.get(story)
        while matter in self.merged:
            matter = self.merged[matter]
        return matter


class StoredDesk(Desk):
    """A desk with a store that writes what a tick found at once, or only when the `late` next ones are over."""

    def __init__(self, rules: MatterRules, late: int) -> None:
        self.store = _Store()
        super().__init__(rules, self.store)
        self.waiting = [MatterTick()] * late

    def tick(self) -> None:
        """Tick, then write what is due."""
        before = len(self.merged)
        found = self.index.tick(self.stories)
        self.waiting.append(found)
        self.store.write(self.waiting.pop(0))
        self.states.update((one.id, one) for one in found.matters)
        self.matter.update(found.placed)
        self.merged.update((loser, winner) for winner, loser in found.merges)
        assert len(self.merged) == before + len(found.merges), (
            "a matter that led to another was taken up again"
        )


class _Store(Attic):
    """A shelf that has what was written, and nothing else."""

    def lay(self, matters: Iterable[MatterState]) -> None:
        """What leaves memory was written, or will be."""

    def write(self, found: MatterTick) -> None:
        """Take what a tick found."""
        for state in found.matters:
            self._drop(state.id)
        super().lay(found.matters)
        for _, loser in found.merges:
            self._drop(loser)

    def _drop(self, matter: int) -> None:
        if (gone := self._by_id.pop(matter, None)) is not None:
            for name in gone.names:
                self._by_name[name].discard(matter)


def chatter(batches: int) -> Iterator[list[tuple[str, str]]]:
    """Letters of twenty people each who all talk of something else, with few words in the language."""
    rng = random.Random(7)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("xel", "rum", "tos", "nik")]
    for _ in range(batches):
        yield [(" ".join(rng.sample(words, 3)), " ".join(rng.sample(words, 6))) for _ in range(20)]
