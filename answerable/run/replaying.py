"""Carries out what people asked for items that were set aside: try again, or let them leave for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from answerable.records import Item
from answerable.run.handover import unpacked
from answerable.store import quarantine
from answerable.store.models import Quarantined

AT_ONCE = 50


class Replaying:
    """`store` tries to store an item and says whether it went well; `leave` lets a stored item leave."""

    def __init__(
        self, store: Callable[[Item], bool], leave: Callable[[int], None], free: Callable[[], int]
    ) -> None:
        self._store, self._leave, self._free = store, leave, free

    def work(self, now: datetime) -> set[bool]:
        """One round; returns the spaces in which there is something to read."""
        unread: set[bool] = set()
        for row in quarantine.asked(AT_ONCE):
            if row.state == "discard":
                self._discard(row, now)
            elif row.item is None:
                if self._store(unpacked(quarantine.packed_item(row))):
                    quarantine.went_well(row)
                    unread.add(row.exercise)
            elif quarantine.is_read(row.item):
                quarantine.went_well(row)
            else:
                unread.add(row.exercise)
        return unread

    def _discard(self, row: Quarantined, now: datetime) -> None:
        if row.item is None:
            quarantine.discarded(row, self._free(), now)
        else:
            self._leave(row.item)
            quarantine.left(row)
