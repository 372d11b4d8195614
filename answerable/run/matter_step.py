"""The step that finds which stories are one matter, after the stories have been found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answerable.records import Heard, Understood
from answerable.understand.matters import MatterIndex
from answerable.understand.names import named
from answerable.understand.readings import Reading
from answerable.understand.story_engine import StoryEngine


class MatterStep:
    """Stories to matters. Names are read as items come in, matters are found at the story tick."""

    name = "matters"
    requires: tuple[str, ...] = ("items", "threads", "merges")
    assigns: tuple[str, ...] = ("matters", "placed", "matter_merges")

    def __init__(self, index: MatterIndex, engine: StoryEngine) -> None:
        self._index, self._engine = index, engine

    def read(self, items: Sequence[Heard], readings: Sequence[Reading], outcome: Understood) -> Understood:
        """See Step; leaves the outcome as it is."""
        story_of = {thread.id: thread.story for thread in outcome.threads}
        for item, reading, found in zip(items, readings, outcome.items, strict=True):
            story = story_of[found.thread]
            # A repeat says no new name, and of a story of thousands a dozen messages tell its names.
            worth = found.duplicate_of is None and self._index.wants(story)
            names = (reading.names or named(item.title, item.text)) if worth else None
            self._index.hear(story, names, item.likes)
        return outcome

    def merge(self, outcome: Understood) -> Understood:
        """See Step; adds what became of the matters."""
        for merge in outcome.merges:
            self._index.merged(merge.winner, merge.loser)
        tick = self._index.tick(self._engine.live)
        return replace(outcome, matters=tick.matters, placed=tick.placed, matter_merges=tick.merges)
