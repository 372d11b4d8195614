"""Listens around the clock: asks each source when it is due, passes what it says through the door.

A source that hangs or fails costs one thread for its time limit and never delays the others.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import DatabaseError, connection

from answerable.collect import door
from answerable.collect.collector import Collector
from answerable.collect.fetch import Fetcher
from answerable.collect.workers import ParsePool
from answerable.errors import AnswerableError, NotReady, SourceTrouble
from answerable.records import Gone, Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.run import plugins, told
from answerable.run.handover import EngineClient
from answerable.run.passwords import password_of
from answerable.run.start import django
from answerable.run.watching import Watching
from answerable.settings import Settings
from answerable.store import drills, sources
from answerable.store.keyring import Keyring
from answerable.store.models import Source

LOG = logging.getLogger(__name__)
AT_ONCE = 8  # sources asked at the same time
TICK_S = 1.0
DRILL_TICK = timedelta(seconds=1)
LONGEST_WAIT = timedelta(hours=6)  # between two tries of a source that keeps failing
UNREACHED_ENGINE = timedelta(seconds=5)


@dataclass(slots=True)
class _Tools:
    settings: Settings
    keyring: Keyring
    fetcher: Fetcher
    pool: ParsePool
    own: threading.local  # each thread's connection to the engine


def main(stop: threading.Event) -> None:
    """Collect until `stop`."""
    settings = django()
    with ParsePool(settings.parse_workers) as pool:
        tools = _Tools(
            settings=settings,
            keyring=Keyring.open(settings.home),
            fetcher=Fetcher(allow_private=settings.allow_private, authorities=settings.ca_file),
            pool=pool,
            own=threading.local(),
        )
        busy: set[int] = set()
        watching = Watching(lambda source: _of(tools, source))
        executor = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="source")
        while not stop.wait(TICK_S):
            try:
                watching.look(busy, datetime.now(UTC))
                _start_due(tools, executor, busy)
            except DatabaseError:
                LOG.exception("The list of sources could not be read; trying again in a second.")
                connection.close()
        watching.close()
        executor.shutdown(wait=False, cancel_futures=True)


def _start_due(tools: _Tools, executor: ThreadPoolExecutor, busy: set[int]) -> None:
    now = datetime.now(UTC)
    for source in sources.due(now, limit=AT_ONCE * 4, kinds=(*sources.POLLED, "drill", told.KIND)):
        if source.pk not in busy:
            busy.add(source.pk)
            executor.submit(_collect, tools, source).add_done_callback(partial(_done, busy, source.pk))


def _done(busy: set[int], source: int, _: Future[None]) -> None:
    busy.discard(source)


def _collect(tools: _Tools, source: Source) -> None:
    """Ask one source once and write down how it went."""
    now = datetime.now(UTC)
    try:
        wait, news = _listen(tools, source)
        sources.tried(
            source.pk,
            now=now,
            ok=True,
            news=news,
            next_try_at=datetime.now(UTC) + wait,
            interval_s=max(1, round(wait.total_seconds())),
        )
    except SourceTrouble as trouble:
        asked = timedelta(seconds=float(trouble.params.get("retry_after_s", 0)))
        wait = min(max(_back_off(source), asked), LONGEST_WAIT)
        sources.tried(
            source.pk, now=now, ok=False, trouble=trouble.code, params=trouble.params, next_try_at=now + wait
        )
    except NotReady:
        # The engine is starting again: the source is well, and what it said is asked for once more.
        sources.postpone(source.pk, now + UNREACHED_ENGINE)
    except (AnswerableError, DatabaseError):
        LOG.exception("Source %s could not be stored.", source.pk)
        connection.close()
        sources.postpone(source.pk, now + _back_off(source))
    except Exception:
        LOG.exception("Source %s met an error of ours.", source.pk)
        wait = _back_off(source)
        sources.tried(source.pk, now=now, ok=False, trouble="our_fault", next_try_at=now + wait)


def _listen(tools: _Tools, source: Source) -> tuple[timedelta, bool]:
    """Collect, admit, hand over; returns how long to wait until the next time, and whether there was news."""
    facts = facts_of(source, tools.settings, tools.keyring)
    keys = tools.keyring.for_source(source.pk)
    collector = _collector(tools, facts, source)
    last, news = source.cursor, 0
    with _engine(tools) as engine:
        for batch, cursor in collector.collect(source.cursor):
            heard = datetime.now(UTC)
            admitted = [
                door.admit(found, facts, keys, heard=heard) if isinstance(found, Incoming) else found
                for found in batch
            ]
            items = [item for item in admitted if isinstance(item, Item)]
            rejected = sum(isinstance(found, Rejected) for found in admitted)
            gone = [key for found in batch if isinstance(found, Gone) and (key := door.departed(found, keys))]
            taken = engine.hand(source.pk, items, cursor, rejected, gone)
            last, news = cursor, news + taken.new + taken.edited
        if source.kind == told.KIND:
            told.erase_withdrawn(engine, source.pk, tools.keyring)
    if moved_to := last.get("moved_to"):
        sources.moved(source.pk, str(moved_to), datetime.now(UTC))
    if source.exercise:
        return DRILL_TICK, news > 0
    return timedelta(seconds=float(last.get("interval_s") or source.interval_s)), news > 0


def _of(tools: _Tools, source: Source) -> Collector:
    return _collector(tools, facts_of(source, tools.settings, tools.keyring), source)


def facts_of(source: Source, settings: Settings, keyring: Keyring) -> SourceFacts:
    """What a collector must know of a source; the password of a mailbox comes from outside the database."""
    return SourceFacts(
        source.pk,
        source.kind,
        source.address,
        SourceClass(source.source_class),
        exercise=source.exercise,
        secret=password_of(source.address, settings, keyring) if source.kind == "mailbox" else "",
    )


def _collector(tools: _Tools, facts: SourceFacts, source: Source) -> Collector:
    if source.exercise:
        return drills.collector(facts, source, datetime.now(UTC))
    if source.kind == told.KIND:
        return told.collector(source.pk, tools.settings.address)
    return plugins.collector(facts, fetcher=tools.fetcher, pool=tools.pool)


@contextmanager
def _engine(tools: _Tools) -> Iterator[EngineClient]:
    """This thread's connection to the engine, opened anew after the engine was restarted."""
    client: EngineClient | None = getattr(tools.own, "engine", None)
    if client is None:
        client = EngineClient.connect(tools.settings.home, tools.keyring.ipc_key)
        tools.own.engine = client
    try:
        yield client
    except NotReady:
        client.close()
        tools.own.engine = None
        raise


def _back_off(source: Source) -> timedelta:
    """Twice as long after each failure, from a minute to six hours."""
    return min(timedelta(minutes=2 ** min(int(source.fails), 10)), LONGEST_WAIT)
