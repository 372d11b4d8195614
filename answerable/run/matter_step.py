"""The step that finds which stories are one matter, after the stories have been found.

Matters are found here or, where a process beside finds them, a tick later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from answerable.records import Heard, Merge, Understood
from answerable.run.matter_process import FarMatters
from answerable.understand.matters import MatterIndex, MatterTick
from answerable.understand.names import named
from answerable.understand.readings import Reading
from answerable.understand.story_engine import StoryEngine

HEARD = 12  # messages of one story whose names are read
KEPT = 4000  # stories more than are in use of which that is remembered


class MatterStep:
    """Stories to matters. Names are read as items come in, matters are found at the story tick."""

    name = "matters"
    requires: tuple[str, ...] = ("items", "threads", "merges")
    assigns: tuple[str, ...] = ("matters", "placed", "matter_merges")

    def __init__(self, index: MatterIndex, engine: StoryEngine) -> None:
        self.index: MatterIndex | FarMatters = index
        self._engine = engine
        self._heard: dict[int, int] = {}  # story -> messages whose names were read

    def collect(self, outcome: Understood) -> Understood:
        """Add what the last tick found and nobody was told."""
        return _with(outcome, self.index.collect()) if isinstance(self.index, FarMatters) else outcome

    def close(self) -> None:
        """End what works beside."""
        if isinstance(self.index, FarMatters):
            self.index.close()

    def read(self, items: Sequence[Heard], readings: Sequence[Reading], outcome: Understood) -> Understood:
        """See Step; leaves the outcome as it is."""
        story_of = {thread.id: thread.story for thread in outcome.threads}
        for item, reading, found in zip(items, readings, outcome.items, strict=True):
            story = story_of[found.thread]
            # A repeat says no new name, and of a story of thousands a dozen messages tell its names.
            heard = self._heard.get(story, 0)
            worth = found.duplicate_of is None and heard < HEARD
            if worth:
                self._heard[story] = heard + 1
            names = (reading.names or named(item.title, item.text)) if worth else None
            self.index.hear(story, names, item.likes)
        return outcome

    def merge(self, outcome: Understood) -> Understood:
        """See Step; adds what became of the matters."""
        self.merged(outcome.merges)
        stories = self._engine.live
        if len(self._heard) > 2 * len(stories) + KEPT:
            self._heard = {story: times for story, times in self._heard.items() if story in stories}
        found = self.index.tick(stories)
        if isinstance(self.index, MatterIndex) and self.index.crowded(len(stories)):
            self.index.keep(stories)
        return _with(outcome, found)

    def merged(self, merges: Iterable[Merge]) -> None:
        """Stories became one."""
        for merge in merges:
            self._heard[merge.winner] = self._heard.get(merge.winner, 0) + self._heard.pop(merge.loser, 0)
            self.index.merged(merge.winner, merge.loser)

    def part(self, story: int, texts: Iterable[tuple[str, str]]) -> None:
        """A person made a new story of a part of another, which says these titles and texts."""
        self.index.part(story, self._engine.live)
        for title, text in texts:
            self.index.hear(story, named(title, text))

    def forget(self, item: Heard, outcome: Understood, *, counted: bool, aged: bool) -> Understood:
        """Take an item's names out of the matters of these stories."""
        names = named(item.title, item.text)
        for story in outcome.stories:
            outcome = _with(outcome, self.index.forget(story.id, names, counted=counted, aged=aged))
        return outcome


def _with(outcome: Understood, found: MatterTick) -> Understood:
    """An outcome and what became of the matters besides; of a matter only its last state."""
    return replace(
        outcome,
        matters=tuple({one.id: one for one in (*outcome.matters, *found.matters)}.values()),
        placed=(*outcome.placed, *found.placed),
        matter_merges=(*outcome.matter_merges, *found.merges),
    )
