"""Feeds that offer WebSub: look for their hub, ask it to tell us, renew, and read what it delivered.

Polling goes on, only more seldom: a hub that falls silent costs some hours, never an item.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from answerable.collect.collector import Cursor
from answerable.collect.feeds import hubs
from answerable.collect.feeds.collector import LONGEST_S, FeedCollector
from answerable.errors import SourceTrouble
from answerable.records import SourceFacts
from answerable.run.handover import EngineClient
from answerable.run.intake import Tools, hand_on
from answerable.store import hubs as kept
from answerable.store import sources
from answerable.store.models import HubSubscription, Source

LOG = logging.getLogger(__name__)
KIND = "feeds"
BETWEEN = timedelta(seconds=LONGEST_S)  # two polls of a feed whose hub tells us


def read_delivered(
    tools: Tools, engine: EngineClient, facts: SourceFacts, collector: FeedCollector, cursor: Cursor
) -> tuple[Cursor, int]:
    """Hand on what a hub delivered, by the same parser and door; returns the cursor and how much was new."""
    news = 0
    for path, body, content_type in kept.waiting(tools.settings.home, tools.keyring, facts.id):
        try:
            for batch, after in collector.delivered(cursor, body, content_type):
                taken = hand_on(tools, engine, facts, batch, after)
                cursor, news = after, news + taken.new + taken.edited
        except SourceTrouble as trouble:
            LOG.info("What the hub of source %d delivered is no feed (%s).", facts.id, trouble.code)
        kept.read(path)
    return cursor, news


def poll_after(source: int, now: datetime) -> timedelta | None:
    """How long a feed whose hub tells us needs no visit; None when it is to be visited now."""
    polled = kept.last_poll(source, now)
    left = polled + BETWEEN - now if polled is not None else timedelta(0)
    return left if left > timedelta(0) else None


def wake(tools: Tools, source: int) -> None:
    """What was delivered while its source was being visited is read at once, not at the next visit."""
    if kept.anything_waits(tools.settings.home, source):
        sources.postpone(source, datetime.now(UTC))


def follow(tools: Tools, source: Source, collector: FeedCollector) -> None:
    """After a visit: look for a hub once a day, and ask it when it is time. Trouble costs but a line."""
    if not tools.settings.public_url or source.exercise:
        return  # no hub could reach us
    now = datetime.now(UTC)
    row = kept.of(source.pk)
    try:
        lost = row is None or (row.state in ("none", "refused") and now - row.looked_at > kept.LOOK_AGAIN)
        if lost and collector.seen is not None:
            row = _looked(tools, source, collector, now)
        kept.polled(source.pk, now)
        if row is not None and kept.is_due(row, now):
            _ask(tools, row, now)
    except SourceTrouble as trouble:
        LOG.info("The hub of source %d could not be asked (%s).", source.pk, trouble.code)
        if row is not None:
            kept.asked(row, accepted=False, now=now)


def _looked(tools: Tools, source: Source, collector: FeedCollector, now: datetime) -> HubSubscription:
    answer = collector.seen
    assert answer is not None  # noqa: S101 -- the caller looked
    link = answer.headers.get("link", "")
    found = tools.pool.run("feed_hubs", answer.body, url=answer.url, link=link)
    hub, topic = (str(found[0]), str(found[1])) if len(found) == 2 else ("", "")
    return kept.looked(source.pk, hub, topic, now)


def _ask(tools: Tools, row: HubSubscription, now: datetime) -> None:
    # Before the request: a hub may verify it while it is still being answered.
    kept.asked(row, accepted=True, now=now)
    callback = f"{tools.settings.address}/hub/{row.token}"
    body = hubs.subscription(row.topic, callback, kept.secret(tools.keyring, row.token))
    posted = tools.fetcher.post(row.hub, body, {"Content-Type": "application/x-www-form-urlencoded"})
    if not 200 <= posted.status < 300:
        kept.asked(row, accepted=False, now=now)
