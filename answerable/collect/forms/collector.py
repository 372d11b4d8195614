"""Reads what our own forms have stored. It is told that a batch was committed only after the engine said so.

A kill between the two hands the batch again, which the engine knows by its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.records import Incoming

# (number of the last one that was read, most) -> the next messages, in the order of their numbers
Waiting = Callable[[int, int], Sequence[Incoming]]


class FormCollector:
    """The messages of one form that the engine has not committed yet."""

    name = "form"

    def __init__(self, waiting: Waiting, handed: Callable[[Sequence[str]], None]) -> None:
        self._waiting, self._handed = waiting, handed

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """All that waits now. The cursor stays: what was handed on is marked in its own row."""
        after = 0
        while found := self._waiting(after, BATCH):
            yield list(found), cursor
            # The caller comes back for more only after the engine has committed what it got.
            self._handed([one.external_id for one in found])
            after = int(found[-1].external_id.rpartition(":")[2])
