"""What every collector has to keep; a new one is tested by one line: `check_collector(make)`.

Raises AssertionError with a sentence. Nothing here needs a test framework.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from answerable.collect.collector import BATCH, Batch, Collector, Cursor
from answerable.collect.door import admit, departed
from answerable.collect.keys import SourceKeys
from answerable.records import (
    AccountGone,
    Gone,
    Incoming,
    Item,
    Rejected,
    Returned,
    SourceClass,
    SourceFacts,
)


def check_collector(make: Callable[[], Collector], *, at_least: int = 1) -> None:
    """`make` gives a fresh collector over the same world each time, with `at_least` messages in it."""
    first, cursor = _all(make(), {})
    found = [entry for entry in first if isinstance(entry, Incoming)]
    gone = [entry for entry in first if isinstance(entry, Gone)]
    _must(len(found) >= at_least, f"the collector found {len(found)} messages, fewer than {at_least}")
    _check_messages(found)
    again, _ = _all(make(), {})
    names = [entry.external_id for entry in found] + [entry.external_id for entry in gone]
    repeated = [entry.external_id for entry in again if isinstance(entry, Incoming)]
    repeated += [entry.external_id for entry in again if isinstance(entry, Gone)]
    _must(names == repeated, "reading the same world twice gives other external ids")
    _, after = _all(make(), json.loads(json.dumps(cursor)))
    _must(isinstance(after, dict), "reading on from the last cursor loses the cursor")
    _check_door(found)
    _check_gone(found, gone)


def _all(collector: Collector, cursor: Cursor) -> tuple[Batch, Cursor]:
    _must(isinstance(collector, Collector), "a collector has `name` and `collect(cursor)`")
    _must(bool(collector.name) and collector.name.isidentifier(), "the collector's name is one plain word")
    everything: Batch = []
    given = json.dumps(cursor)
    for found, after in collector.collect(cursor):
        _must(
            len(found) <= BATCH or not everything, f"a batch holds {len(found)} messages, more than {BATCH}"
        )
        _must(json.loads(json.dumps(after)) == after, "the cursor is not plain JSON")
        _must(
            all(isinstance(entry, Incoming | Rejected | Gone | AccountGone | Returned) for entry in found),
            "a batch holds something else",
        )
        everything.extend(found)
        cursor = after
    _must(given == given.strip(), "the cursor that was handed in is text")
    return everything, cursor


def _check_messages(found: list[Incoming]) -> None:
    for entry in found:
        _must(bool(entry.external_id.strip()), "a message has no external id")
        _must(entry.published is None or entry.published.tzinfo is not None, "a time has no zone")


def _check_door(found: list[Incoming]) -> None:
    """Whatever the collector found, the door takes or refuses it, and keeps no name of an author."""
    keys = SourceKeys.throwaway()
    source = SourceFacts(id=1, kind="check", address="check", source_class=SourceClass.PUBLIC)
    for entry in found:
        item = admit(entry, source, keys, heard=datetime.now(UTC), where="check")
        _must(isinstance(item, Item | Rejected), "the door gave something else back")
        if isinstance(item, Item):
            _must(item.link == "", "a private address stayed readable")


def _check_gone(found: list[Incoming], gone: list[Gone]) -> None:
    """What a source takes back is known by the very key of the message, whoever writes its id how."""
    keys = SourceKeys.throwaway()
    source = SourceFacts(id=1, kind="check", address="check", source_class=SourceClass.PUBLIC)
    named = all(entry.external_id.strip() for entry in gone)
    _must(named, "a message that was taken back has no external id")
    for entry in found:
        item = admit(entry, source, keys, heard=datetime.now(UTC), where="check")
        if isinstance(item, Item):
            left = departed(Gone(entry.external_id), keys)
            _must(left == item.key, "taking a message back would not find its item")


def _must(holds: bool, sentence: str) -> None:
    if not holds:
        raise AssertionError(sentence)
