"""What every listening thread needs: its tools, the way through the door, and a connection to the engine."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from answerable.collect import cursors, door
from answerable.collect.collector import Batch, Cursor
from answerable.collect.fetch import Fetcher
from answerable.collect.keys import SourceKeys
from answerable.collect.workers import ParsePool
from answerable.errors import NotReady
from answerable.records import AccountGone, Gone, Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.run.handover import EngineClient, Taken, Turn
from answerable.run.quarantine import fault
from answerable.settings import Settings
from answerable.store.keyring import Keyring
from answerable.store.models import Source
from answerable.store.passwords import password_of
from answerable.store.sources import turn_of

LOG = logging.getLogger(__name__)
WITH_SECRET = ("mailbox", "mastodon")


@dataclass(slots=True)
class Tools:
    settings: Settings
    keyring: Keyring
    fetcher: Fetcher
    pool: ParsePool
    own: threading.local  # each thread's connection to the engine


def facts_of(source: Source, settings: Settings, keyring: Keyring) -> SourceFacts:
    """What the collector and the door must know of a source; its secret comes from outside the database."""
    return SourceFacts(
        id=source.pk,
        kind=source.kind,
        address=source.address,
        source_class=SourceClass(source.source_class),
        exercise=source.exercise,
        secret=password_of(source.address, settings, keyring) if source.kind in WITH_SECRET else "",
    )


def hand_on(tools: Tools, engine: EngineClient, facts: SourceFacts, batch: Batch, cursor: Cursor) -> Taken:
    """Pass a batch through the door and to the engine; returns after its commit."""
    keys, heard = tools.keyring.for_source(facts.id), datetime.now(UTC)
    admitted = [
        _admitted(found, facts, keys, heard) if isinstance(found, Incoming) else found for found in batch
    ]
    items = [item for item in admitted if isinstance(item, Item)]
    rejected = sum(isinstance(found, Rejected) for found in admitted)
    taken_back = [found for found in batch if isinstance(found, Gone)]
    gone = [key for found in taken_back if (key := door.departed(found, keys))]
    return engine.hand(
        facts.id,
        items,
        cursors.closed(cursor, keys),
        rejected,
        gone,
        bar=any(found.bars for found in taken_back),
        accounts=[found.address for found in batch if isinstance(found, AccountGone)],
        turn=Turn(facts.source_class.value, turn_of(facts.kind, facts.source_class)),
    )


def cursor_of(source: Source, keyring: Keyring) -> Cursor:
    """How far a source was read, as its collector said it."""
    return cursors.opened(source.cursor, keyring.for_source(source.pk))


def _admitted(found: Incoming, facts: SourceFacts, keys: SourceKeys, heard: datetime) -> Item | Rejected:
    """Through the door. A message that breaks it is refused: before the door nothing of it may be kept."""
    try:
        return door.admit(found, facts, keys, heard=heard)
    except Exception as error:  # noqa: BLE001 -- its words may name a person: only where it arose is logged
        LOG.warning("A message of source %d broke the door: %s.", facts.id, fault(error))
        return Rejected("", "our_fault")


@contextmanager
def engine_of(tools: Tools) -> Iterator[EngineClient]:
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
