"""Settling many rows that fell due, in transactions of a bounded size.

One for each row costs hundreds of writes to disk after a desk was down; a single one would keep everybody
else waiting. What a kill cuts off is undone as a whole and taken again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from django.db import transaction

from answerable.store import ledger

MOST = 50  # rows of one transaction
HELD_S = 0.05  # and no longer than this: SQLite has one writer, and staff wait for it


def settle(numbers: Iterable[int], take: Callable[[int], int]) -> int:
    """Call `take` for each number inside a transaction that several share; returns the sum of its answers.

    `take` reads its row anew: somebody may have changed it since the numbers were read.
    """
    waiting = list(numbers)
    done = at = 0
    while at < len(waiting):
        with transaction.atomic():
            ledger.serialise()
            until = time.monotonic() + HELD_S
            for place in range(at, min(at + MOST, len(waiting))):
                done += take(waiting[place])
                at = place + 1
                if time.monotonic() >= until:
                    break
    return done
