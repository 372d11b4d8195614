"""Counts the live stream and an archive apart: posts of last year are tested on last year's clock.

Otherwise a file imported beside a live feed would be older than the memory and never raise anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from answerable.alert.bursts import BurstWatch, Measure, Row

STRANGE_ITEMS = 100  # items in a row older than the archive's memory: another archive has begun


class Eras:
    """A watch for what is new and one for what is read later. Used like one BurstWatch."""

    def __init__(self) -> None:
        self._live = BurstWatch()
        self._archive = BurstWatch()
        self._strange = 0

    def load(self, rows: Iterable[Row], hours: Mapping[int, int] | None = None) -> None:
        """Take up the newest items of an earlier run, and the items of all stories by hour since 1970."""
        self._live.seasons.load(hours or {})
        self._live.load(rows)

    def observe(
        self, story: int, item: int, published: datetime, source_class: str, duplicate: bool,
        places: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Count one item of a story in the era it belongs to."""
        watch = self._live
        if published < self._live.now - BurstWatch.memory:
            watch = self._older(published)
        watch.seasons.add(int(published.timestamp() * 1000))
        watch.observe(story, item, published, source_class, duplicate, places)

    def _older(self, published: datetime) -> BurstWatch:
        self._strange = self._strange + 1 if published < self._archive.now - BurstWatch.memory else 0
        if self._strange >= STRANGE_ITEMS:
            self._archive, self._strange = BurstWatch(), 0
        return self._archive

    def merged(self, winner: int, loser: int) -> None:
        """Two stories became one."""
        self._live.merged(winner, loser)
        self._archive.merged(winner, loser)

    def forget(self, story: int, item: int, published: datetime) -> None:
        """Stop counting an item that was edited or erased."""
        self._live.forget(story, item, published)
        self._archive.forget(story, item, published)

    def measures(self) -> list[Measure]:
        """What is surprising since the last call, in either era."""
        return self._live.measures(self._live.now) + self._archive.measures(self._archive.now)
