"""Ends work that takes too long from within, where something is left to do for the rest of a worker's time.

For the main thread alone, which is where parse workers parse.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

T = TypeVar("T")


class ImpatientError(Exception):
    """The work took too long."""


def limited(work: Callable[[], T], seconds: float) -> T:
    """What `work` answers, within so many seconds on the processor. Raises ImpatientError."""

    def lose_patience(_number: int, _frame: FrameType | None) -> None:
        raise ImpatientError

    before = signal.signal(signal.SIGPROF, lose_patience)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
