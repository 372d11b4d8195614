"""Streams stay open: each has its own thread, says each minute that it hears, and opens again when lost.

A stream that nobody wants any more is closed within seconds.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable

from django.db import DatabaseError, connection

from answerable.collect.collector import Batch, Collector, Cursor
from answerable.errors import AnswerableError, NotReady, SourceTrouble
from answerable.records import SourceFacts
from answerable.run import plugins
from answerable.run.handover import EngineClient
from answerable.run.intake import Tools, cursor_of, engine_of, facts_of, hand_on
from answerable.store import sources
from answerable.store.models import Source
from answerable.store.reading.sources import newest_ids

LOG = logging.getLogger(__name__)
AT_ONCE = 100  # streams
INTERVAL_S = 60  # three times as long without a word is deaf
SAY_EVERY = timedelta(seconds=INTERVAL_S)  # that it hears
ASK_EVERY_S = 3.0  # whether it is still wanted
KEEP_CURSOR_S = 15.0  # where nothing came for us, how far we are is written down so often
EXPECTED = timedelta(minutes=5)  # when a stream that hears should have been heard again
STEADY_S = 300.0  # a stream that held so long was no accident
SHORTEST_WAIT_S = 5.0
LONGEST_WAIT_S = 600.0
RECALLED = 20_000  # items of a source, for a collector that looks whether they still stand
UNREACHED_ENGINE = timedelta(seconds=5)


@runtime_checkable
class Recalls(Protocol):
    """A collector whose server delivers no deletion again: it is told what we hold and looks."""

    def recall(self, external_ids: list[str]) -> None: ...


class Streams:
    """All open streams. `open_due` is called again and again by one thread."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._open: set[int] = set()
        self._losses: dict[int, int] = {}  # in a row, soon after opening
        self._lock = threading.Lock()

    def open_due(self, now: datetime) -> None:
        """Open what should be open and is not."""
        for source in sources.to_open(now, AT_ONCE):
            with self._lock:
                if source.pk in self._open or len(self._open) >= AT_ONCE:
                    continue
                self._open.add(source.pk)
            name = f"stream-{source.pk}"
            threading.Thread(target=self._run, args=(source,), name=name, daemon=True).start()

    def _run(self, source: Source) -> None:
        began = time.monotonic()
        try:
            self._hear(source)
            self._losses.pop(source.pk, None)
        except SourceTrouble as trouble:
            wait = self._wait(source, time.monotonic() - began, float(trouble.params.get("retry_after_s", 0)))
            self._say(source, trouble.code, trouble.params, wait)
        except NotReady:
            # The engine is starting again: the source is well, and goes on from the cursor that is stored.
            sources.postpone(source.pk, datetime.now(UTC) + UNREACHED_ENGINE)
            time.sleep(UNREACHED_ENGINE.total_seconds())
        except Exception as error:
            LOG.exception("Stream %s met an error of ours.", source.pk)
            connection.close()
            code = "" if isinstance(error, AnswerableError | DatabaseError) else "our_fault"
            self._say(source, code, {}, self._wait(source, 0.0))
        finally:
            connection.close()
            if client := getattr(self._tools.own, "engine", None):
                client.close()
                self._tools.own.engine = None
            with self._lock:
                self._open.discard(source.pk)

    def _hear(self, source: Source) -> None:
        """Listen until the source is not wanted or ends by itself."""
        tools = self._tools
        facts = facts_of(source, tools.settings, tools.keyring)
        collector = plugins.collector(facts, fetcher=tools.fetcher, pool=tools.pool)
        _recall(collector, source, tools)
        # Read anew: the row was read before the last stream of this source may have ended.
        source.refresh_from_db(fields=["cursor"])
        told = collector.collect(cursor_of(source, tools.keyring))
        pulse = _Pulse(facts)
        with engine_of(tools) as engine:
            for batch, cursor in told:
                news = pulse.take(tools, engine, batch, cursor)
                pulse.say(news)
                if not pulse.wanted():
                    told.close()  # type: ignore[attr-defined] # what `collect` returns is a generator
                    return
        pulse.say(news=False, ends=True)

    def _wait(self, source: Source, held_s: float, asked_s: float = 0.0) -> timedelta:
        """Twice as long after each loss soon after opening, and never all streams at one moment."""
        losses = 0 if held_s >= STEADY_S else self._losses.get(source.pk, 0)
        self._losses[source.pk] = losses + 1
        own = min(SHORTEST_WAIT_S * 2 ** min(losses, 10), LONGEST_WAIT_S)
        return timedelta(seconds=max(own * random.uniform(0.5, 1.5), asked_s))  # noqa: S311 - no secret

    def _say(self, source: Source, code: str, params: dict[str, str | int | float], wait: timedelta) -> None:
        now = datetime.now(UTC)
        if code:
            sources.tried(source.pk, now, ok=False, trouble=code, params=dict(params), next_try_at=now + wait)
        else:
            sources.postpone(source.pk, now + wait)
            time.sleep(min(wait.total_seconds(), SHORTEST_WAIT_S))


@dataclass(slots=True)
class _Pulse:
    """What one open stream wrote down, and when."""

    facts: SourceFacts
    kept: Cursor = field(default_factory=dict)
    kept_at: float = 0.0
    said_at: datetime | None = None
    asked_at: float = 0.0
    news: bool = False

    def take(self, tools: Tools, engine: EngineClient, batch: Batch, cursor: Cursor) -> bool:
        """Hand on what came. Where nothing came, the engine is not asked for every tick.

        The first place in a stream is kept at once: without one, what is cut off would not come again.
        """
        late = time.monotonic() - self.kept_at >= KEEP_CURSOR_S or not any(self.kept.values())
        if not batch and (cursor == self.kept or not late):
            return False
        taken = hand_on(tools, engine, self.facts, batch, cursor)
        self.kept, self.kept_at = cursor, time.monotonic()
        return taken.new + taken.edited > 0

    def say(self, news: bool, *, ends: bool = False) -> None:
        """Once a minute: it hears, and whether it brought something."""
        self.news |= news
        now = datetime.now(UTC)
        if self.said_at is not None and now - self.said_at < SAY_EVERY and not ends:
            return
        sources.tried(
            self.facts.id,
            now,
            ok=True,
            news=self.news,
            next_try_at=now if ends else now + EXPECTED,
            interval_s=INTERVAL_S,
        )
        self.said_at, self.news = now, False

    def wanted(self) -> bool:
        if time.monotonic() - self.asked_at < ASK_EVERY_S:
            return True
        self.asked_at = time.monotonic()
        return sources.is_wanted(self.facts.id)


def _recall(collector: Collector, source: Source, tools: Tools) -> None:
    if isinstance(collector, Recalls):
        collector.recall(newest_ids(source.pk, tools.keyring.for_source(source.pk), RECALLED))
