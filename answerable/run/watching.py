"""Sources that speak first: one thread each holds a connection, and news makes the source due at once.

Only sources that are well are watched: a wrong password is not tried again and again. What a watch misses,
the usual visit finds.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from answerable.collect.collector import Collector, Watchful
from answerable.errors import AnswerableError
from answerable.store import sources
from answerable.store.models import Source

LOG = logging.getLogger(__name__)
KINDS = ("mailbox",)
MOST = 64  # watched at the same time; the others are asked at their intervals
LOOK_S = 10.0  # how often the list of sources is read
AGAIN_S = 60.0  # after the end of a watch


@dataclass(slots=True)
class _Watch:
    stop: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.monotonic)
    ended: bool = False


class Watching:
    """All watches of this process."""

    def __init__(self, collector_of: Callable[[Source], Collector]) -> None:
        self._collector_of = collector_of
        self._watches: dict[int, _Watch] = {}
        self._woken: set[int] = set()
        self._lock = threading.Lock()
        self._looked = float("-inf")

    def look(self, busy: Collection[int], now: datetime) -> None:
        """Make due what was woken and is not being asked at this moment; begin and end watches."""
        with self._lock:
            woken = self._woken - set(busy)
            self._woken -= woken
        for source in woken:
            sources.postpone(source, now)
        if time.monotonic() - self._looked >= LOOK_S:
            self._looked = time.monotonic()
            self._follow({source.pk: source for source in sources.watched(KINDS, MOST)})

    def close(self) -> None:
        """End all watches without waiting for them."""
        for watch in self._watches.values():
            watch.stop.set()

    def _follow(self, wanted: dict[int, Source]) -> None:
        for number, watch in list(self._watches.items()):
            if number not in wanted:
                watch.stop.set()
                del self._watches[number]
            elif watch.ended and time.monotonic() - watch.began >= AGAIN_S:
                del self._watches[number]
        for number, source in wanted.items():
            if number not in self._watches:
                self._begin(source)

    def _begin(self, source: Source) -> None:
        watch = self._watches[source.pk] = _Watch()
        try:
            collector = self._collector_of(source)
        except AnswerableError:
            watch.ended = True
            return
        if isinstance(collector, Watchful):
            threading.Thread(
                target=self._run, args=(source.pk, collector, watch), daemon=True, name=f"watch-{source.pk}"
            ).start()

    def _run(self, source: int, collector: Watchful, watch: _Watch) -> None:
        try:
            collector.watch(watch.stop, lambda: self._wake(source))
        except AnswerableError:
            pass  # the usual visit meets the same trouble and says so on the source's page
        except Exception:
            LOG.exception("The watch on source %s met an error of ours.", source)
        finally:
            watch.ended = True

    def _wake(self, source: int) -> None:
        with self._lock:
            self._woken.add(source)
