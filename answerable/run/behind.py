"""Says how far the engine is behind: one row, written while something waits long, and once when that ends."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from answerable.run.line import Waiting
from answerable.store import backlog, stream

SAY_EVERY = timedelta(seconds=5)
BEHIND_AFTER = timedelta(seconds=30)  # what waits shorter is on its way


class Behind:
    """One engine's word about its backlog."""

    def __init__(self) -> None:
        self._said_at = datetime.min.replace(tzinfo=UTC)
        self._quiet = False  # that nothing waits has been written

    def say(self, line: Waiting, now: datetime) -> None:
        """Look every few seconds; write what changed."""
        if timedelta(0) <= now - self._said_at < SAY_EVERY:
            return
        self._said_at = now
        classes: Counter[str] = Counter(line.classes)
        waits = timedelta(seconds=line.longest_s)
        for kind, items, oldest in stream.unread():
            classes[kind] += items
            waits = max(waits, now - stream.from_ms(oldest))
        behind = bool(classes) and waits >= BEHIND_AFTER
        if behind:
            backlog.write(dict(classes), now - waits, now)
        elif not self._quiet:
            backlog.write({}, None, now)
        self._quiet = not behind
