"""A pipeline fed with labelled rows and asked where each item ended. Default settings, masked at the door."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from answerable.collect.door import admit
from answerable.collect.keys import SourceKeys
from answerable.records import Heard, Item, Rejected, SourceClass, SourceFacts, Understood
from answerable.run.evaluation.desk import MemoryDesk
from answerable.run.evaluation.labelled import Labelled
from answerable.run.pipeline import Understanding
from answerable.understand.embed import Embedder

_SOURCE = SourceFacts(id=1, kind="files", address="evaluate", source_class=SourceClass.PUBLIC)


class Stream:
    """A pipeline that is fed and asked where each item ended."""

    def __init__(self, embedder: Embedder, desk: MemoryDesk | None = None) -> None:
        self._space = Understanding(threads=itertools.count(1), stories=itertools.count(1), embedder=embedder)
        self._keys = SourceKeys.throwaway()
        self._ids = itertools.count(1)
        self.desk = desk or MemoryDesk()
        self._story_of_thread: dict[int, int] = {}
        self._thread_of: dict[int, int] = {}
        self._merged: dict[int, int] = {}
        self._matter_of: dict[int, int] = {}
        self._matters_merged: dict[int, int] = {}
        self.heard: list[Heard] = []
        self.hours: defaultdict[int, Counter[int]] = defaultdict(Counter)  # story -> hour -> items
        self.labels: dict[int, str | None] = {}
        self.rejected: list[Rejected] = []

    def read(self, rows: Sequence[Labelled]) -> None:
        """Read a batch; stories are merged when so many wait that `up` would not wait for a rest."""
        now = datetime.now(UTC)
        batch = [heard for row in rows if (heard := self._admitted(row, now)) is not None]
        self.heard += batch
        outcome = self._space.read(batch)
        self._count(outcome)
        self._thread_of.update((item.id, item.thread) for item in outcome.items)
        self._story_of_thread.update((thread.id, thread.story) for thread in outcome.threads)
        if self._space.merge_due():
            self.end()

    def end(self, *, whole: bool = False) -> None:
        """What `up` does in a rest, or (`whole`) an import at its end: stories merge, alerts are raised."""
        outcome = self._space.merge(whole=whole)
        self._merged.update((merge.loser, merge.winner) for merge in outcome.merges)
        self._matter_of.update(outcome.placed)
        self._matters_merged.update((loser, winner) for winner, loser in outcome.matter_merges)
        self._count(outcome)
        for merge in outcome.merges:
            self.desk.merged(merge.winner, merge.loser)
        self.desk.take(self._space.signals(self.desk))

    def _count(self, outcome: Understood) -> None:
        """Keep `hours` as the store keeps them."""
        for story, hour, items in outcome.hours:
            self.hours[story][hour] += items
        for merge in outcome.merges:
            self.hours[merge.winner].update(self.hours.pop(merge.loser, Counter()))

    def story(self, item: int) -> int:
        """The story an item stands in now, redirects followed."""
        return self.standing(self._story_of_thread[self._thread_of[item]])

    def standing(self, story: int) -> int:
        """The story that a story became part of, itself when none."""
        while story in self._merged:
            story = self._merged[story]
        return story

    def matter(self, item: int) -> int | None:
        """The matter its story stands in now, redirects followed; None for a story that stands alone."""
        matter = self._matter_of.get(self.story(item))
        while matter in self._matters_merged:
            matter = self._matters_merged[matter]
        return matter

    def _admitted(self, row: Labelled, now: datetime) -> Heard | None:
        item = admit(row.incoming, _SOURCE, self._keys, heard=now, where=row.where)
        if not isinstance(item, Item):
            self.rejected.append(item)
            return None
        heard = Heard(
            id=next(self._ids),
            source=item.source,
            source_class=_SOURCE.source_class,
            text=item.text,
            title=item.title,
            published=item.published,
            heard=item.heard,
            author=item.author,
            likes=item.likes,
        )
        self.labels[heard.id] = row.label
        self.desk.hear(heard)
        return heard
