"""Processes that hold the model of meaning, kept between the engines of one test process.

Each takes two seconds of a core to load and holds no state, so what one engine gives back whole serves the next.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from answerable.run.meaning_process import FarSentences

MOST = 2  # kept at once; 0 lets each engine start and end its own, as a desk does


@contextmanager
def meanings() -> Iterator[None]:
    """Until the end, engines of this very process hand their process on; forks start their own."""
    owner, running, close = os.getpid(), FarSentences._running, FarSentences.close
    idle: list[tuple[subprocess.Popen[bytes], int]] = []

    def taken(self: FarSentences) -> subprocess.Popen[bytes]:
        while self._process is None and MOST and idle and os.getpid() == owner:
            process, unread = idle.pop()
            if process.poll() is None:
                self._process, self._unread = process, unread
        return running(self)

    def given_back(self: FarSentences) -> None:
        process = self._process
        # What was asked and not answered would be read by the next one.
        whole = process is not None and not self._sent and process.poll() is None and os.getpid() == owner
        if process is not None and whole and len(idle) < MOST:
            self._process = None
            idle.append((process, self._unread))
        else:
            close(self)

    FarSentences._running, FarSentences.close = taken, given_back  # type: ignore[method-assign]
    try:
        yield
    finally:
        FarSentences._running, FarSentences.close = running, close  # type: ignore[method-assign]
        for process, _ in idle:
            process.kill()
            process.communicate()
