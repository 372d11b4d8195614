"""Finds matters in a process of its own, a tick behind the engine, so that a second core is of use.

The process is a copy of this one (fork), made when the matters are loaded. It reads the shelf from the
database itself, answers one question at a time, and ends with its pipe: it outlives nobody.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, cast

from django.db import connections

from answerable.errors import NotReady
from answerable.run.tether import die_with
from answerable.understand.links import Links
from answerable.understand.live_story import LiveStory
from answerable.understand.matters import MatterIndex, MatterTick
from answerable.understand.names import Named

BEHIND = 5  # steps of niceness: its answers are needed a batch later, and what is waited for goes first
_ENDED = (
    "The process that finds matters ended by itself. Nothing is lost: what was heard is stored. "
    "Start again; if it goes on, the machine may be short of memory."
)
_Call = tuple[str, tuple[Any, ...], dict[str, Any]]


class FarMatters:
    """A `MatterIndex` in another process. Not safe for threads. Raises NotReady when that process ends."""

    def __init__(self, index: MatterIndex, links: Links) -> None:
        """`index` is loaded already and not used here any more; `links`: what people said of stories."""
        self._links = links
        self._said: list[_Call] = []  # calls that wait for the next question
        self._heard: dict[int, None] = {}  # stories of which something is said there
        self._owed = False  # whether the process was asked for a tick that nobody collected
        self._crowded = False
        # A connection in use by two processes would be damaged: both open their own.
        connections.close_all()
        ours, theirs = Pipe()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            _serve(theirs, index, parent)
        theirs.close()
        self._pipe: Connection[Any, Any] = ours

    def hear(self, story: int, names: Named | None, likes: int = 0) -> None:
        """See MatterIndex."""
        self._heard[story] = None
        self._said.append(("hear", (story, names, likes), {}))

    def merged(self, winner: int, loser: int) -> None:
        """See MatterIndex."""
        self._heard[winner] = None
        self._said.append(("merged", (winner, loser), {}))

    def part(self, story: int, stories: Mapping[int, LiveStory]) -> None:
        """See MatterIndex."""
        self._said.append(("part", (story, _facts(stories, [story])), {}))

    def forget(self, story: int, names: Named, *, counted: bool = True, aged: bool = False) -> MatterTick:
        """See MatterIndex; tells besides what the last tick found, which must not be written after it."""
        found = self.collect()
        self._ask(("forget", (story, names), {"counted": counted, "aged": aged}))
        left = self._answer()
        return MatterTick((*found.matters, *left.matters), found.placed, found.merges)

    def tick(self, stories: Mapping[int, LiveStory]) -> MatterTick:
        """Begin a tick; returns what the one before found."""
        found = self.collect()
        if self._crowded:
            self._said.append(("keep", (frozenset(stories),), {}))
        heard, self._heard = self._heard, {}
        self._ask(("tick", (_facts(stories, heard),), {}), len(stories))
        self._owed = True
        return found

    def collect(self) -> MatterTick:
        """Wait for what the last tick found; nothing when it was collected."""
        if not self._owed:
            return MatterTick()
        self._owed = False
        return self._answer()

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def _ask(self, question: _Call, stories: int = 0) -> None:
        said, self._said = self._said, []
        apart = {story: tuple(others) for story, others in self._links.all_apart().items()}
        try:
            self._pipe.send((apart, [*said, question], stories))
        except OSError as error:
            raise NotReady(_ENDED) from error

    def _answer(self) -> MatterTick:
        try:
            found, self._crowded = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise NotReady(_ENDED) from error
        if isinstance(found, Exception):
            raise found
        return cast("MatterTick", found)


def _facts(stories: Mapping[int, LiveStory], wanted: Any) -> dict[int, LiveStory]:
    """What matters are told of stories: all but their words."""
    return {
        one: LiveStory(
            one, story.first_seen, story.last_seen, story.first_heard, story.items,
            meaning=story.meaning, embedded=story.embedded,
        )
        for one in wanted
        if (story := stories.get(one)) is not None
    }  # fmt: skip


def _serve(pipe: Connection[Any, Any], index: MatterIndex, parent: int) -> None:
    """The process: carry out calls in order and answer the last of each message, until the pipe ends."""
    try:
        die_with(parent)
        # Stopping is the parent's business: it may still ask while it stops.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _let_go_of_files(pipe.fileno())
        os.nice(BEHIND)
        apart: dict[int, tuple[int, ...]] = {}
        index.set_apart(lambda story: apart.get(story, ()))
        while True:
            apart, calls, stories = pipe.recv()
            pipe.send((_carried_out(index, calls), index.crowded(stories)))
    except (EOFError, OSError):
        pass  # the parent ended
    finally:
        os._exit(0)


def _carried_out(index: MatterIndex, calls: list[_Call]) -> Any:
    try:
        found = None
        for name, values, options in calls:
            found = getattr(index, name)(*values, **options)
    except Exception as error:  # noqa: BLE001 -- raised again where it was asked
        return error
    return found


def _let_go_of_files(kept: int) -> None:
    """Close what the parent has open: a pipe that stays open here would keep its other end waiting."""
    for name in os.listdir("/dev/fd"):  # noqa: PTH208 -- not a folder
        if int(name) > 2 and int(name) != kept:
            with suppress(OSError):
                os.close(int(name))
