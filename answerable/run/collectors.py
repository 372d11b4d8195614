"""Listens around the clock: asks each source when it is due, passes what it says through the door.

A source that hangs or fails costs one thread for its time limit and never delays the others.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db import DatabaseError, connection

from answerable.collect.collector import Collector
from answerable.collect.feeds.collector import FeedCollector
from answerable.collect.fetch import Fetcher
from answerable.collect.workers import ParsePool
from answerable.errors import AnswerableError, NotReady, SourceTrouble
from answerable.records import SourceFacts
from answerable.run import hubs, mail_cases, plugins, returns, told
from answerable.run.case_sorting import CaseSorting
from answerable.run.claim_matching import ClaimMatching, Shared
from answerable.run.file_imports import FileImports
from answerable.run.intake import Tools, cursor_of, engine_of, facts_of, hand_on
from answerable.run.picture_matching import PictureMatching
from answerable.run.start import django
from answerable.run.streams import Streams
from answerable.run.visits import Visits
from answerable.run.watching import Watching
from answerable.store import drills, sources
from answerable.store import hubs as deliveries
from answerable.store.keyring import Keyring
from answerable.store.models import Source
from answerable.understand.embed import Sentences

LOG = logging.getLogger(__name__)
TICK_S = 1.0
DRILL_TICK = timedelta(seconds=1)
LONGEST_WAIT = timedelta(hours=6)  # between two tries of a source that keeps failing
UNREACHED_ENGINE = timedelta(seconds=5)


def main(stop: threading.Event) -> None:
    """Collect until `stop`."""
    settings = django()
    with ParsePool(settings.parse_workers) as pool:
        tools = Tools(
            settings=settings,
            keyring=Keyring.open(settings.home),
            fetcher=Fetcher(allow_private=settings.allow_private, authorities=settings.ca_file),
            pool=pool,
            own=threading.local(),
        )
        kinds = (*sources.POLLED, *plugins.brought(), "drill", told.KIND)
        files = FileImports(settings.home, tools.keyring)
        threading.Thread(target=files.run, args=(stop,), daemon=True, name="files").start()
        embedder = Shared(Sentences())
        matching = ClaimMatching(embedder, pictures=PictureMatching(pool))
        for name, work in (("cases", CaseSorting(embedder)), ("claims", matching)):
            threading.Thread(target=work.run, args=(stop,), daemon=True, name=name).start()
        watching = Watching(lambda source: _of(tools, source))
        visits, streams = Visits(partial(_collect, tools), kinds), Streams(tools)
        deliveries.sweep(settings.home)
        looked = float("-inf")
        while not stop.is_set():
            visits.rest(TICK_S)
            try:
                if time.monotonic() - looked >= TICK_S:
                    looked = time.monotonic()
                    watching.look(visits.busy, datetime.now(UTC))
                    streams.open_due(datetime.now(UTC))
                visits.start_due(datetime.now(UTC))
            except DatabaseError:
                LOG.exception("The list of sources could not be read; trying again in a second.")
                connection.close()
                stop.wait(TICK_S)
        watching.close()
        visits.close()


def _collect(tools: Tools, source: Source) -> None:
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
        if source.kind == hubs.KIND:
            hubs.wake(tools, source.pk)
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


def _listen(tools: Tools, source: Source) -> tuple[timedelta, bool]:
    """Collect, admit, hand over; returns how long to wait until the next time, and whether there was news."""
    facts = facts_of(source, tools.settings, tools.keyring)
    collector = _collector(tools, facts, source)
    news = 0
    last: dict[str, Any] = cursor_of(source, tools.keyring)
    with engine_of(tools) as engine:
        if isinstance(collector, FeedCollector):
            last, news = hubs.read_delivered(tools, engine, facts, collector, last)
            if rests := hubs.poll_after(source.pk, datetime.now(UTC)):
                return rests, news > 0
        for batch, cursor in collector.collect(last):
            asked = returns.noted(batch)
            if source.makes_cases:
                asked = mail_cases.as_cases(tools, source, facts, asked)
            taken = hand_on(tools, engine, facts, asked, cursor)
            last, news = cursor, news + taken.new + taken.edited
        if source.kind == told.KIND or source.makes_cases:
            told.erase_withdrawn(engine, source.pk, tools.keyring)
    if moved_to := last.get("moved_to"):
        sources.moved(source.pk, str(moved_to), datetime.now(UTC))
    if isinstance(collector, FeedCollector):
        hubs.follow(tools, source, collector)
    if source.exercise:
        return DRILL_TICK, news > 0
    return timedelta(seconds=float(last.get("interval_s") or source.interval_s)), news > 0


def _of(tools: Tools, source: Source) -> Collector:
    return _collector(tools, facts_of(source, tools.settings, tools.keyring), source)


def _collector(tools: Tools, facts: SourceFacts, source: Source) -> Collector:
    if source.exercise:
        return drills.collector(facts, source, datetime.now(UTC))
    if source.kind == told.KIND:
        return told.collector(source.pk, tools.settings.address)
    return plugins.collector(facts, fetcher=tools.fetcher, pool=tools.pool)


def _back_off(source: Source) -> timedelta:
    """Twice as long after each failure, from a minute to six hours."""
    return min(timedelta(minutes=2 ** min(int(source.fails), 10)), LONGEST_WAIT)
