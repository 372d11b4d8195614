"""Plays one source of a drill: what is due by the exercise clock, no earlier and never twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.collect.drill.clock import ExerciseClock
from answerable.collect.drill.day import Played, day
from answerable.records import Incoming, SourceClass, SourceFacts

# Reserved names (RFC 2606): nothing of a drill can be mistaken for a real address.
POSTS = "https://talk.brackwater.example"
PAPERS = {
    SourceClass.OUTLET: "https://estuarypost.example",
    SourceClass.INSTITUTION: "https://notices.brackwater.example",
}


@dataclass(frozen=True, slots=True)
class DrillCollector:
    """The collector of one exercise source. `now` is the real moment up to which it plays."""

    source: SourceFacts
    drill: str  # the drill's name
    seed: int
    clock: ExerciseClock
    now: datetime
    name: str = "drill"

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Items of this source's class that are due; the cursor counts how many it played."""
        played = cursor.get("played", 0)
        start = played if isinstance(played, int) else 0
        mine = (one for one in day(self.drill, self.seed) if one.voice == self.source.source_class)
        rest = itertools.islice(mine, start, None)
        due = itertools.takewhile(lambda one: self.clock.due(one.minute) <= self.now, rest)
        for batch in _batched(due):
            start += len(batch)
            yield [self._incoming(one) for one in batch], {"played": start}

    def _incoming(self, one: Played) -> Incoming:
        number = f"{self.drill}-{self.seed}-{one.number:05d}"
        if one.voice is SourceClass.PUBLIC:
            link = f"{POSTS}/@{one.author}/{number}"
        else:
            link = f"{PAPERS[one.voice]}/{number}"
        return Incoming(
            external_id=number,
            text=one.text,
            title=one.title,
            link=link,
            author=one.author,
            language=one.language,
            published=self.clock.published(one.minute),
        )


def _batched(due: Iterator[Played]) -> Iterator[tuple[Played, ...]]:
    """What Python 3.12 calls itertools.batched."""
    while batch := tuple(itertools.islice(due, BATCH)):
        yield batch
