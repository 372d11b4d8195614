"""Whose turn it is: sources by which people turn to us, those that are well, and slow or failing ones apart.

A visit that takes long moves over to the slow ones while it runs, so that it never keeps a well one waiting.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Literal

from answerable.store import sources
from answerable.store.models import Source

Lane = Literal["first", "well", "slow"]

AT_ONCE: dict[Lane, int] = {"first": 2, "well": 8, "slow": 20}
MOST = 48  # visits at once; beyond the lanes there is room for those that turn out to be slow
SLOW_S = 2.0  # a visit that takes longer is slow, and so is the source next time


@dataclass(slots=True)
class Visits:
    """Starts visits as lanes have room. `start_due` is called by one thread."""

    visit: Callable[[Source], None]
    kinds: tuple[str, ...]  # that are visited
    busy: set[int] = field(default_factory=set)
    _running: dict[int, tuple[Lane, float]] = field(default_factory=dict)
    _slow: set[int] = field(default_factory=set)
    _more: bool = False  # more was due than lanes had room for
    _ended: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _crew: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(MOST, thread_name_prefix="source")
    )

    def start_due(self, now: datetime) -> None:
        """Start what is due and has room. Raises DatabaseError when the list of sources cannot be read."""
        self._more = False
        first = tuple(kind for kind in self.kinds if kind in sources.FIRST_HAND)
        others = tuple(kind for kind in self.kinds if kind not in sources.FIRST_HAND)
        for lane, kinds in (("first", first), ("well", others), ("slow", self.kinds)):
            self._start(lane, kinds, now)  # type: ignore[arg-type] # the three lanes

    def rest(self, seconds: float) -> None:
        """Until a visit ends while more are due, at most so long."""
        self._ended.wait(seconds)
        self._ended.clear()

    def close(self) -> None:
        """Start no more; what runs ends by itself or with the process."""
        self._crew.shutdown(wait=False, cancel_futures=True)

    def _start(self, lane: Lane, kinds: tuple[str, ...], now: datetime) -> None:
        room = self._room(lane)
        if room <= 0:
            self._more = True
            return
        with self._lock:
            busy, slow = set(self.busy), set(self._slow)
        due = sources.due(now, room, kinds, besides=busy, slow=slow, doubtful=lane == "slow")
        self._more |= len(due) == room
        for source in due:
            with self._lock:
                self.busy.add(source.pk)
                self._running[source.pk] = (lane, time.monotonic())
            self._crew.submit(self.visit, source).add_done_callback(partial(self._done, source.pk))

    def _room(self, lane: Lane) -> int:
        late = time.monotonic() - SLOW_S
        with self._lock:
            lanes = [one if began > late else "slow" for one, began in self._running.values()]
        return min(AT_ONCE[lane] - lanes.count(lane), MOST - len(lanes))

    def _done(self, source: int, _: Future[None]) -> None:
        with self._lock:
            self.busy.discard(source)
            _lane, began = self._running.pop(source)
            (self._slow.add if time.monotonic() - began > SLOW_S else self._slow.discard)(source)
        if self._more:
            self._ended.set()
