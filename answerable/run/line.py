"""The line in front of the engine: hand-overs wait here, what people tell us and official word first.

It is as long as there are callers, for each waits for the answer to what it handed over. Nobody waits for
ever: whoever comes first of two classes is overtaken only by what comes within seconds.
"""

from __future__ import annotations

import heapq
import itertools
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
STEP_S = 5.0  # by which each turn stands behind the one before it


@dataclass(frozen=True, slots=True)
class Waiting:
    """What stands in line."""

    items: int
    longest_s: float  # since when the first of them waits
    classes: dict[str, int] = field(default_factory=dict)  # items by class


@dataclass(order=True, slots=True)
class _Place(Generic[T]):
    turn: float
    number: int
    came: float = field(compare=False)
    job: T = field(compare=False)
    items: int = field(compare=False)
    kind: str = field(compare=False)


class Line(Generic[T]):
    """Safe for threads. One takes, many put."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._places: list[_Place[T]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()

    def put(self, job: T, *, turn: int = 0, items: int = 0, kind: str = "") -> None:
        """Stand in line; `turn` 0 goes first, each higher one as if it had come later."""
        came = self._ticks()
        place = _Place(came + turn * STEP_S, next(self._numbers), came, job, items, kind)
        with self._changed:
            heapq.heappush(self._places, place)
            self._changed.notify()

    def take(self, timeout: float) -> T:
        """Whoever is next. Raises queue.Empty when nobody came within `timeout` seconds."""
        with self._changed:
            if not self._places and (timeout <= 0 or not self._changed.wait(timeout)):
                raise queue.Empty
            if not self._places:
                raise queue.Empty
            return heapq.heappop(self._places).job

    def waiting(self) -> Waiting:
        """How many items stand in line, by class, and how long the first of them has."""
        now = self._ticks()
        with self._changed:
            handed = [place for place in self._places if place.items]
        classes: Counter[str] = Counter()
        for place in handed:
            classes[place.kind] += place.items
        return Waiting(
            sum(classes.values()), max((now - place.came for place in handed), default=0.0), dict(classes)
        )
