"""Hands the rows of one file to the engine, for the command and for files that came by the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path

from answerable.collect.files import Mapping
from answerable.records import Rejected, SourceClass, SourceFacts
from answerable.run.admitting import Job, Reader
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

    def add(self, taken: Taken, rejected: Sequence[Rejected]) -> None:
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

    def __init__(
        self,
        source: Source,
        path: Path,
        mapping: Mapping,
        *,
        zone: tzinfo = UTC,
        reader: Reader | None = None,
    ) -> None:
        """`reader` is the process that reads the file, where it was started before."""
        self._source, self._reader = source, reader
        self._path, self._mapping, self._zone = path, mapping, zone
        self.tally = Tally()

    def hand_all(self, engine: Engine, keyring: Keyring) -> Iterator[Tally]:
        """Read on from the source's cursor; yields after each batch, which is then committed."""
        source = self._source
        job = Job(
            SourceFacts(
                source.pk, source.kind, source.address, SourceClass(source.source_class), source.exercise
            ),
            keyring.for_source(source.pk),
            self._path,
            self._mapping,
            self._zone,
            source.cursor,
        )
        for batch in (self._reader or Reader()).admitted(job):
            engine.expect(
                {item.key: reading for item, reading in zip(batch.items, batch.readings, strict=True)}
            )
            taken = engine.hand(
                source.pk,
                batch.items,
                batch.cursor,
                len(batch.rejected),
                turn=Turn(source.source_class, LAST.number),
            )
            self.tally.add(taken, batch.rejected)
            yield self.tally
            engine.go_on()
