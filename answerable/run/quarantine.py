"""Keeps one item from stopping all others: what breaks the reading or the storing is found and set aside.

Who raises is found by reading each item alone. A death leaves a note of what was in hand: the next engine
takes that in ever smaller pieces, and what was alone in hand again and again after all others.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from django.db import DatabaseError, DataError, IntegrityError

from answerable.errors import AnswerableError

LOG = logging.getLogger(__name__)
T = TypeVar("T")
SMALLER = 16  # after a death a batch is taken in so many pieces
ALONE = 2  # deaths with one item alone in hand, until it waits for all others; with a third it is set aside
WARY = 20  # batches in which each item is tried alone first, after one that held a bad one
IN_A_ROW = 8  # items that fail one after the other; the rest of their batch is then set aside untried
LONGEST_S = 60.0  # of the processor, for one batch; a usual one takes a third of a second


def is_of_the_item(error: BaseException) -> bool:
    """Whether an error may come from what an item says, and not from the disk, the database or a stop."""
    if isinstance(error, DatabaseError):
        return isinstance(error, DataError | IntegrityError)
    if isinstance(error, AnswerableError | OSError | MemoryError):
        return False
    # A panic of a library in Rust derives from BaseException alone.
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def fault(error: BaseException) -> str:
    """The kind of an error and where it arose. Never its words: they may quote the item."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "answerable" in frame.filename] or list(frames)
    if not ours:
        return type(error).__name__
    place = Path(ours[-1].filename)
    return f"{type(error).__name__}, {place.parent.name}/{place.name}:{ours[-1].lineno}"


def sift(
    items: Sequence[T],
    work: Callable[[Sequence[T]], object],
    mend: Callable[[], None],
    alone: Callable[[T], object] | None = None,
) -> list[tuple[T, str]]:
    """Do `work` for all items that let it be done; returns the others, each with its fault.

    `mend` is called after each failure and may be slow, so `alone` first tries each by itself where nothing
    can be spoiled; what fails only together is searched for in halves. What is no item's fault is raised.
    """
    bad: list[tuple[T, str]] = []
    row = 0  # failures since the last success

    def part(some: Sequence[T], *, tried: bool) -> None:
        nonlocal row
        if row >= IN_A_ROW:
            bad.extend((item, bad[-1][1]) for item in some)
            return
        try:
            work(some)
        except BaseException as error:
            if not is_of_the_item(error):
                raise
            mend()
            if len(some) == 1:
                row += 1
                bad.append((some[0], fault(error)))
                return
            if not tried:
                good, found = weed(some, alone) if alone else (some, [])
                bad.extend(found)
                if found:
                    part(good, tried=True)
                    return
            half = (len(some) + 1) // 2
            part(some[:half], tried=True)
            part(some[half:], tried=True)
        else:
            row = 0

    if items:
        part(items, tried=False)
    return bad


def weed(items: Sequence[T], alone: Callable[[T], object]) -> tuple[list[T], list[tuple[T, str]]]:
    """Those with which it can be done alone, and the others, each with its fault."""
    good: list[T] = []
    bad: list[tuple[T, str]] = []
    for item in items:
        try:
            alone(item)
        except BaseException as error:
            if not is_of_the_item(error):
                raise
            bad.append((item, fault(error)))
        else:
            good.append(item)
    return good, bad


class InHand:
    """A note on disk of what is being worked on, and what the note of an engine that died says.

    It is not synced: it has to outlive the process, not the machine.
    """

    def __init__(self, home: Path, *, armed: bool = False) -> None:
        """`armed`: this process is an engine, and work that never ends may end it."""
        self._file = os.open(home / "engine.hand", os.O_RDWR | os.O_CREAT, 0o600)
        self._armed = armed
        self._what, self._suspects, self._times, self._late = self._left()
        if self._suspects:
            LOG.info("The last engine ended while it had %d items in hand.", len(self._suspects))
        if len(self._suspects) == 1 and self._times == ALONE:
            self._late.append((self._what, *self._suspects))
            self._clear()

    def _left(self) -> tuple[str, frozenset[Any], int, list[tuple[str, Any]]]:
        blob = os.pread(self._file, 1 << 20, 0)
        with suppress(ValueError, KeyError, TypeError):
            note = json.loads(blob)
            what, suspects, times = str(note["what"]), frozenset(note["ids"]), int(note["times"])
            return what, suspects, times, [(str(what), one) for what, one in note.get("late", ())]
        return "", frozenset(), 0, []

    def _clear(self) -> None:
        self._what, self._suspects, self._times = "", frozenset(), 0

    def piece(
        self, what: str, items: Sequence[T], usual: int, name: Callable[[T], Any]
    ) -> tuple[list[T], list[T]]:
        """What to take at once of these, at most `usual` of them, and the rest for later.

        `name` tells them apart. Those that may be deadly come last, each alone.
        """
        late = [item for item in items if (what, name(item)) in self._late]
        others = [item for item in items if (what, name(item)) not in self._late]
        if late and not others:
            return late[:1], late[1:]
        most = min(usual, max(1, len(self._suspects) // SMALLER)) if what == self._what else usual
        return others[:most], others[most:] + late

    def seen(self, what: str, ids: Sequence[Any]) -> None:
        """These come next: once no suspect is among them, the suspicion is over."""
        if what == self._what and self._suspects.isdisjoint(ids):
            self._clear()

    def is_deadly(self, what: str, one: Any) -> bool:
        """Whether this one alone was in hand at death after death, the last time after all others."""
        return what == self._what and self._suspects == {one} and self._times > ALONE

    @contextmanager
    def holding(self, what: str, ids: Sequence[Any]) -> Iterator[None]:
        """Work on these; a death in between leaves the note. An error is no death."""
        again = what == self._what and len(ids) == 1 and self._suspects == frozenset(ids)
        # Of a piece that was in hand among others the first death counts, too.
        times = (self._times if again else 0) + 1
        if len(ids) == 1 and (what, ids[0]) in self._late:
            self._late.remove((what, ids[0]))
            times = ALONE + 1
        self._write({"what": what, "ids": list(ids), "times": times, "late": self._late})
        if self._armed:
            signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST_S)
        try:
            yield
        finally:
            if self._armed:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self._write({"what": "", "ids": [], "times": 0, "late": self._late} if self._late else {})

    def _write(self, note: dict[str, Any]) -> None:
        blob = json.dumps(note).encode() if note else b""
        os.pwrite(self._file, blob, 0)
        os.ftruncate(self._file, len(blob))

    def close(self) -> None:
        os.close(self._file)
