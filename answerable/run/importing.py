"""Hands the rows of one file to the engine, for the command and for files that came by the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from answerable.collect import door
from answerable.collect.collector import Batch
from answerable.collect.files import FileCollector, Mapping
from answerable.collect.keys import SourceKeys
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.run.handover import LAST, Engine, Taken, Turn
from answerable.store.keyring import Keyring
from answerable.store.models import Source

EXAMPLES = 200  # rejected rows that are remembered; the rest are counted


@dataclass(slots=True)
class Tally:
    """What became of the rows."""

    new: int = 0
    edited: int = 0
    known: int = 0
    refused: int = 0  # erased before
    rejected: int = 0
    examples: list[Rejected] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """Rows that stand in the desk, or did."""
        return self.new + self.edited + self.known + self.refused

    def add(self, taken: Taken, rejected: list[Rejected]) -> None:
        """Count one batch."""
        self.new += taken.new
        self.edited += taken.edited
        self.known += taken.known
        self.refused += taken.refused
        self.rejected += len(rejected) + taken.aside
        rejected = [*rejected, *[Rejected("", "set_aside")] * taken.aside]
        self.examples += rejected[: EXAMPLES - len(self.examples)]


class Importing:
    """One file on its way in."""

    def __init__(self, source: Source, path: Path, mapping: Mapping, *, zone: tzinfo = UTC) -> None:
        self._source = source
        self._facts = SourceFacts(
            source.pk, source.kind, source.address, SourceClass(source.source_class), exercise=source.exercise
        )
        self._collector = FileCollector(self._facts, path, mapping, zone=zone)
        self.tally = Tally()

    def hand_all(self, engine: Engine, keyring: Keyring) -> Iterator[Tally]:
        """Read on from the source's cursor; yields after each batch, which is then committed."""
        keys = keyring.for_source(self._source.pk)
        for batch, cursor in self._collector.collect(self._source.cursor):
            items, rejected = self._admitted(batch, keys)
            taken = engine.hand(
                self._source.pk,
                items,
                cursor,
                len(rejected),
                turn=Turn(self._source.source_class, LAST.number),
            )
            self.tally.add(taken, rejected)
            yield self.tally

    def _admitted(self, batch: Batch, keys: SourceKeys) -> tuple[list[Item], list[Rejected]]:
        heard = datetime.now(UTC)
        items: list[Item] = []
        rejected: list[Rejected] = []
        for found in batch:
            admitted = (
                door.admit(found, self._facts, keys, heard=heard) if isinstance(found, Incoming) else found
            )
            if isinstance(admitted, Item):
                items.append(admitted)
            elif isinstance(admitted, Rejected):
                rejected.append(admitted)
        return items, rejected
