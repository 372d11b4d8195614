"""What a collector is: a name, and `collect(cursor)` that yields what it found and how far it came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import Protocol, runtime_checkable

from answerable.records import AccountGone, Gone, Incoming, Json, Rejected, Returned

Cursor = dict[str, Json]  # how far a source was read; plain JSON, stored with the items it belongs to
Batch = list[Incoming | Rejected | Gone | AccountGone | Returned]

BATCH = 500  # items handed on at once: one transaction of the engine, see docs/why/one-writer


@runtime_checkable
class Watchful(Protocol):
    """A collector that can also be told by its source when there is something new."""

    def watch(self, stop: Event, woken: Callable[[], None]) -> None:
        """Call `woken` for each piece of news until `stop`. Raises SourceTrouble; begun again later."""


@runtime_checkable
class Collector(Protocol):
    """One way in. `conformance.check_collector` tests any of them."""

    @property
    def name(self) -> str:
        """The collector's kind: feeds, files, drill."""

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Read on from `cursor` ({} at first). Each pair is stored in one transaction or not at all.

        Reading the same again is harmless: external ids are stable, a Gone is final whatever its place in
        the order, and of two versions the higher stays. Raises SourceTrouble when the source cannot be read,
        BadInput when it holds nothing usable.
        """
