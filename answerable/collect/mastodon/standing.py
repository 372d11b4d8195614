"""Which posts we hold still stand: asked for in turn, a few each minute, while the stream is open.

A server tells deletions to those who listen, and nothing when it suspends an account: its posts are gone.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from answerable.errors import SourceTrouble

CHECK_EVERY_S = 60.0
AT_ONCE = 20  # posts in one request, as servers allow since 4.3: 28,800 a day
SINGLY = 3  # where each takes a request of its own: 4,320 a day
MOST = 20_000  # posts in turn; the oldest are let go

Listed = Callable[[Sequence[str]], set[str]]  # those of these ids that the server still shows
IsGone = Callable[[str], bool]  # whether the server has no such post, asked for it alone


class Standing:
    """The posts in turn. A stream that is opened again begins anywhere, so that each one's turn comes."""

    def __init__(self) -> None:
        self._turn: dict[str, None] = {}
        self._many = True  # until the server shows that it cannot
        self._check_at = time.monotonic() + CHECK_EVERY_S

    def shuffle_in(self, names: Sequence[str]) -> None:
        """What the desk holds, in any order."""
        self.add(random.sample(names, len(names)))

    def add(self, names: Iterable[str]) -> None:
        """They come last."""
        for name in names:
            self._turn.setdefault(name)
        for name in list(islice(self._turn, max(0, len(self._turn) - MOST))):
            del self._turn[name]

    def drop(self, name: str) -> None:
        """It has left."""
        self._turn.pop(name, None)

    def gone(self, listed: Listed, is_gone: IsGone, look: Callable[[], object]) -> list[str]:
        """Posts that the server has no more, once a minute; nothing when it is not time or nobody answers.

        `look` reads the newest posts: the word of a server that cannot give those makes nothing leave.
        """
        if time.monotonic() < self._check_at:
            return []
        self._check_at = time.monotonic() + CHECK_EVERY_S
        names = list(islice(self._turn, AT_ONCE if self._many else SINGLY))
        found: list[str] = []
        try:
            missing = self._missing(names, listed)
            found = [name for name in missing if is_gone(name)]
            if found:
                look()
        except SourceTrouble:
            return []
        for name in names:
            del self._turn[name]
        self.add(name for name in names if name not in found)
        return found

    def later(self, seconds: float) -> None:
        """The server wants to be left alone for so long."""
        self._check_at = max(self._check_at, time.monotonic() + seconds)

    def _missing(self, names: list[str], listed: Listed) -> list[str]:
        if self._many and names:
            try:
                there = listed(names)
            except SourceTrouble as trouble:
                if trouble.code in ("http_429", "no_connection", "timeout"):
                    raise
                self._many = False
                names = names[:SINGLY]
            else:
                return [name for name in names if name not in there]
        return names
