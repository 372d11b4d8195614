"""A clock on the wall that misbehaves: nights on which it changes, and a process that is killed while it ticks."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import connections

# A change to or from summer time in each of six zones; the night around it is what is tried.
CHANGES = (
    ("Europe/Madrid", datetime(2026, 3, 29)),
    ("Europe/Madrid", datetime(2026, 10, 25)),
    ("America/New_York", datetime(2026, 3, 8)),
    ("America/New_York", datetime(2026, 11, 1)),
    ("Asia/Shanghai", datetime(2026, 6, 21)),
    ("Australia/Lord_Howe", datetime(2026, 4, 5)),
    ("Australia/Lord_Howe", datetime(2026, 10, 4)),
    ("America/Sao_Paulo", datetime(2018, 11, 4)),
    ("Pacific/Apia", datetime(2011, 12, 30)),
)


def tick_in_a_child(
    tick: Callable[[datetime], object], moments: Sequence[datetime], after_s: float | None
) -> int:
    """Tick through these moments in a process of its own; how many it was through when it was killed."""
    reading, writing = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            for now in moments:
                tick(now)
                os.write(writing, b".")
        finally:
            os._exit(0)
    os.close(writing)
    if after_s is not None:
        select.select([reading], [], [], 60)
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)
    through = 0
    while part := os.read(reading, 4096):
        through += len(part)
    os.close(reading)
    os.waitpid(child, 0)
    return through
