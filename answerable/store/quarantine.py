"""What was set aside because it broke the storing or the reading: kept, looked at, tried again, discarded.

The engine sets aside and carries out; people ask. No row holds an error's words, which may quote an item.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from answerable.collect.clean import web_link
from answerable.collect.keys import digest
from answerable.errors import Conflict
from answerable.permissions import Permission
from answerable.records import Item
from answerable.store import ledger
from answerable.store.access import may, require
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Person, Quarantined, Tombstone
from answerable.store.stream import to_ms

KEPT_OUT = ("waits", "discard")  # states in which the engine leaves an item alone
SEALED = 10  # where the seal stands among the packed values of an item, see `run.handover.packed`
HOUR_MS = 3_600_000
DONE_FOR = timedelta(days=30)  # so long the list of what is done shows what went well in the end


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an item was set aside."""

    stage: str  # store, read
    why: str  # raised, died
    fault: str = ""  # the error's kind and place


def set_aside(item: int, fault: Fault, now: datetime) -> None:
    """Set a stored item aside: no step reads it until somebody asks."""
    row = ItemRow.objects.filter(pk=item, thread=None).first()
    if row is not None:
        at = {"source_id": row.source_id, "key": bytes(row.key)}
        _keep(at, fault, now, item=item, link_key=row.link_key, packed=None, exercise=row.exercise)


def set_aside_unstored(item: Item, packed: Sequence[Any], fault: Fault, now: datetime) -> None:
    """Set an item aside that could not be stored; it is kept here, as it came through the door."""
    blob = json.dumps({"title": item.title, "text": item.text, "item": packed}).encode()
    at = {"source_id": item.source, "key": item.key}
    _keep(at, fault, now, item=None, link_key=item.link_key, packed=blob, exercise=item.exercise)


def _keep(at: dict[str, Any], fault: Fault, now: datetime, **of: Any) -> None:
    facts = {"stage": fault.stage, "why": fault.why, "fault": fault.fault[:200], "at": now, "state": "waits"}
    with transaction.atomic():
        if not Quarantined.objects.filter(**at).update(times=F("times") + 1, **facts, **of):
            Quarantined.objects.create(**at, **facts, **of)


def changed(items: Iterable[int]) -> None:
    """Their source changed the words of these items: they are read again by themselves."""
    Quarantined.objects.filter(item__in=list(items), state="waits").update(state="again")


def asked(limit: int) -> list[Quarantined]:
    """What somebody wants tried again or discarded, oldest first."""
    return list(Quarantined.objects.filter(state__in=["again", "discard"]).order_by("id")[:limit])


def went_well(row: Quarantined) -> None:
    """It is stored, or stands in a thread: what was kept here goes."""
    Quarantined.objects.filter(pk=row.pk, state="again").update(state="read", packed=None)


def packed_item(row: Quarantined) -> list[Any]:
    """What `set_aside_unstored` was given."""
    return list(json.loads(bytes(row.packed or b"null"))["item"])


def words(row: Quarantined) -> tuple[str, str]:
    """(title, text) of what could not be stored; empty when it left."""
    if not row.packed:
        return "", ""
    kept = json.loads(bytes(row.packed))
    # Whatever broke the storing must not break the page: half a character becomes a question mark.
    title, text = (str(kept[name]).encode("utf-8", "replace").decode() for name in ("title", "text"))
    return title, text


def discarded(row: Quarantined, item: int, now: datetime) -> None:
    """An item that was never stored leaves, and stays away: a tombstone under a new id keeps it out."""
    with transaction.atomic():
        hour = to_ms(now) // HOUR_MS
        stone = Tombstone(
            item=item, source_id=row.source_id, key=bytes(row.key), hour=hour, reason="discarded", at=now
        )
        Tombstone.objects.bulk_create([stone], ignore_conflicts=True)
        Quarantined.objects.filter(pk=row.pk).update(state="discarded", packed=None, link_key=None)


def left(row: Quarantined) -> None:
    """A stored item that was discarded is gone, also where it had left before."""
    Quarantined.objects.filter(pk=row.pk).update(state="discarded", link_key=None)


def is_read(item: int) -> bool:
    """Whether a stored item stands in a thread by now."""
    return ItemRow.objects.filter(pk=item, thread__isnull=False).exists()


def let_go(source: int, keys: Sequence[bytes]) -> None:
    """What was never stored leaves with what its source took back."""
    Quarantined.objects.filter(source=source, key__in=list(keys), item=None).delete()


def let_go_erased(erased: Mapping[int, Sequence[bytes]]) -> None:
    """The same for what was erased before a backup was made anew of it."""
    if Quarantined.objects.filter(item=None).exists():
        for source, keys in erased.items():
            let_go(source, keys)


def of_link(link: str, keyring: Keyring) -> list[Quarantined]:
    """What was never stored and came from this address."""
    wanted = web_link(link) or link.strip()
    rows = Quarantined.objects.filter(item=None, packed__isnull=False)
    found: list[Quarantined] = []
    for source in rows.values_list("source", flat=True).distinct():
        key = digest(keyring.for_source(source).lasting, wanted)
        found.extend(rows.filter(source=source, link_key=key))
    return found


def by_seal(source: int, wanted: Callable[[bytes], bool]) -> list[tuple[int, bytes]]:
    """(source, key) of what was never stored, and whose seal is wanted."""
    rows = Quarantined.objects.filter(source=source, item=None, packed__isnull=False)
    seals = [(bytes(row.key), packed_item(row)[SEALED]) for row in rows]
    return [(source, key) for key, seal in seals if seal and wanted(bytes.fromhex(seal))]


def past_their_date(now: datetime, limit: int) -> list[int]:
    """Stored items set aside that stayed as long as their source says; what was never stored leaves here."""
    found: list[int] = []
    Quarantined.objects.filter(state="read", at__lt=now - DONE_FOR).delete()
    waiting = Quarantined.objects.filter(state__in=KEPT_OUT, source__keep_days__gt=0)
    for source, days in waiting.values_list("source", "source__keep_days").distinct():
        old = waiting.filter(source=source, at__lt=now - timedelta(days=days))
        old.filter(item=None).delete()
        stored = old.filter(item__isnull=False).values_list("item", flat=True)[: limit - len(found)]
        found.extend(item for item in stored if item is not None)
    return found


def read_again(actor: Person, row: Quarantined, *, reason: str = "again", now: datetime) -> None:
    """Ask the engine to try this item again. Conflict when it does not wait any more."""
    _ask(actor, row, "item.read_again", "again", reason, now)


def discard(actor: Person, row: Quarantined, *, reason: str = "discard", now: datetime) -> None:
    """Ask the engine to let this item leave for good. Conflict when it does not wait any more."""
    _ask(actor, row, "item.discard", "discard", reason, now)


def _ask(actor: Person, row: Quarantined, action: str, state: str, reason: str, now: datetime) -> None:
    with transaction.atomic():
        require(actor, Permission.SOURCE_CHANGE, row.source.unit)
        fresh = Quarantined.objects.filter(pk=row.pk, state="waits")
        if not fresh.update(state=state, decided_by=actor, decided_at=now):
            raise Conflict("It does not wait any more: look at the list again.")
        ledger.append(actor, action, "item", row.item or 0, bytes(row.key), reason, now)


def read_all_again(actor: Person, *, exercise: bool, reason: str = "again", now: datetime) -> int:
    """Ask for all that waits in sources of the person's units; returns how many, each with its ledger row."""
    asked_for = 0
    with transaction.atomic():
        require(actor, Permission.SOURCE_CHANGE)
        ledger.serialise()
        rows = Quarantined.objects.filter(state="waits", exercise=exercise).select_related("source__unit")
        for row in rows.order_by("id"):
            if may(actor, Permission.SOURCE_CHANGE, row.source.unit):
                _ask(actor, row, "item.read_again", "again", reason, now)
                asked_for += 1
        if not asked_for:
            raise Conflict("Nothing of yours waits: look at the list again.")
    return asked_for
