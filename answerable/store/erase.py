"""Leaving: an item's text, link, pseudonym and search rows go; a tombstone keeps the counts true.

The list of erasures stands in a file outside the database and its backups, so that a restore replays it.
Only the engine calls the writing functions here: it takes the items out of its threads as well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, transaction

from answerable.collect.clean import web_link
from answerable.collect.keys import SourceKeys, digest, unseal
from answerable.records import Heard, SourceClass
from answerable.store import answer_documents, facts, question_stream, search
from answerable.store.keyring import Keyring
from answerable.store.models import Evidence, ItemPicture, ItemRow, Quarantined, Source, Story, Tombstone
from answerable.store.stream import from_ms, to_ms

HOUR_MS = 3_600_000
SEALS_AT_ONCE = 5_000
KEYS_AT_ONCE = 500  # in one query
UNHEARD = "unheard"  # reason of a tombstone for what was taken back before it came in
SCRUB_MS = 200  # how long writers may wait for the log to be emptied
BARRED_FOR = timedelta(days=7)  # servers replay 36 hours (Jetstream) to 3 days (relays)


def by_link(link: str, keyring: Keyring) -> list[int]:
    """Ids of the items that came from an address, found by its keyed hash in every source."""
    wanted = web_link(link) or link.strip()  # as the door wrote it
    sources = Source.objects.values_list("id", flat=True)
    keys = [digest(keyring.for_source(source).lasting, wanted) for source in sources]
    return list(ItemRow.objects.filter(link_key__in=keys).values_list("id", flat=True))


def by_keys(source: int, keys: Iterable[bytes]) -> list[int]:
    """Ids of a source's stored items with these keys."""
    wanted = list(dict.fromkeys(keys))
    found: list[int] = []
    for at in range(0, len(wanted), KEYS_AT_ONCE):
        rows = ItemRow.objects.filter(source=source, key__in=wanted[at : at + KEYS_AT_ONCE])
        found.extend(rows.values_list("id", flat=True))
    return sorted(found)


def said_by(accounts: Sequence[str], keys: SourceKeys) -> Callable[[bytes], bool]:
    """Tells by a seal whether the id or the link inside begins with one of these."""
    begins = tuple(account for account in accounts if account)

    def is_theirs(seal: bytes) -> bool:
        with suppress(ValueError):
            return any(part.startswith(begins) for part in unseal(keys, seal))
        return False

    return is_theirs


def by_seal(source: int, wanted: Callable[[bytes], bool]) -> list[int]:
    """Ids of a source's items whose seal is wanted, read in pages."""
    found: list[int] = []
    rows, after = ItemRow.objects.filter(source=source, sealed__isnull=False).order_by("id"), 0
    while page := list(rows.filter(pk__gt=after).values_list("id", "sealed")[:SEALS_AT_ONCE]):
        found += [pk for pk, seal in page if seal and wanted(bytes(seal))]
        after = page[-1][0]
    return found


def bar(source: int, keys: Iterable[bytes], ids: Iterator[int], now: datetime) -> None:
    """Keep out what was taken back before we heard it: tombstones for the keys that have none, by new ids."""
    wanted, hour = list(dict.fromkeys(keys)), to_ms(now) // HOUR_MS
    for at in range(0, len(wanted), KEYS_AT_ONCE):
        chunk = wanted[at : at + KEYS_AT_ONCE]
        with transaction.atomic():
            known = Tombstone.objects.filter(source=source, key__in=chunk).values_list("key", flat=True)
            stones = {bytes(key) for key in known}
            Tombstone.objects.bulk_create(
                Tombstone(item=next(ids), source_id=source, key=key, hour=hour, reason=UNHEARD, at=now)
                for key in chunk
                if key not in stones
            )


def unbar(now: datetime, limit: int = 1_000) -> None:
    """Forget what was kept out before we heard it, once no server delivers it again."""
    old = Tombstone.objects.filter(reason=UNHEARD, at__lt=now - BARRED_FOR).order_by("at")
    Tombstone.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).delete()


def past_their_date(now: datetime, limit: int) -> list[int]:
    """Ids of items that stayed as long as their source says; items cited by a statement stay with it."""
    found: list[int] = []
    for source, days in Source.objects.filter(keep_days__gt=0).values_list("id", "keep_days"):
        oldest = to_ms(now - timedelta(days=days))
        rows = ItemRow.objects.filter(source=source, heard__lt=oldest, thread__isnull=False)
        rows = rows.exclude(id__in=Evidence.objects.filter(item__isnull=False).values("item"))
        found.extend(rows.values_list("id", flat=True)[: limit - len(found)])
        if len(found) >= limit:
            break
    return found


def whole(ids: Sequence[int]) -> list[tuple[Heard, int | None]]:
    """The items with their threads, so that the engine can subtract them."""
    rows = ItemRow.objects.filter(id__in=ids).select_related("source").order_by("id")
    return [
        (
            Heard(
                id=row.pk,
                source=row.source_id,
                source_class=SourceClass(row.source.source_class),
                text=row.text,
                title=row.title,
                published=from_ms(row.published),
                heard=from_ms(row.heard),
                language=row.language,
                link=row.link,
                exercise=row.exercise,
            ),
            row.thread_id,
        )
        for row in rows
    ]


def erase(ids: Iterable[int], *, reason: str, now: datetime) -> int:
    """Remove items in the caller's transaction; returns how many. What cites them opens empty."""
    rows = list(ItemRow.objects.filter(id__in=list(ids)).select_related("thread"))
    search.remove((row.pk, row.title, row.text) for row in rows)
    Tombstone.objects.bulk_create(
        [
            Tombstone(
                item=row.pk,
                source_id=row.source_id,
                key=row.key,
                hour=row.published // HOUR_MS,
                story=row.thread.story_id if row.thread else None,
                reason=reason,
                at=now,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    gone = [row.pk for row in rows]
    question_stream.forget(gone, keep_counts=True)
    if reason != "age":
        question_stream.drop_examples(gone, now)
    Story.objects.filter(heading_item__in=gone).update(heading_item=None)
    facts.unsay(sorted({row.thread.story_id for row in rows if row.thread}))
    _hand_on(gone)
    # What was set aside leaves as well; that a person discarded it stays known.
    Quarantined.objects.filter(item__in=gone, state="discard").update(state="discarded", link_key=None)
    Quarantined.objects.filter(item__in=gone).exclude(state="discarded").delete()
    ItemPicture.objects.filter(item__in=gone).delete()
    ItemRow.objects.filter(id__in=gone).delete()
    return len(gone)


def _hand_on(gone: Sequence[int]) -> None:
    """Copies of an item that leaves are copies of the newest among them, as in the engine's memory."""
    copies = ItemRow.objects.filter(duplicate_of__in=gone).exclude(id__in=gone).order_by("id")
    heirs = dict(copies.values_list("duplicate_of", "id"))
    for original, heir in heirs.items():
        ItemRow.objects.filter(pk=heir).update(duplicate_of=None)
        ItemRow.objects.filter(duplicate_of=original).exclude(id__in=gone).update(duplicate_of=heir)


def remember(home: Path, keys: Iterable[tuple[int, bytes]], now: datetime) -> None:
    """Append erasures (source, keyed hash of the id) to the list that outlives backups."""
    _append(home, [{"source": source, "key": key.hex(), "at": now.isoformat()} for source, key in keys])


def _append(home: Path, erased: Sequence[dict[str, int | str]]) -> None:
    if not erased:
        return
    with (home / "erasures.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in erased)
        file.flush()
        os.fsync(file.fileno())


def remembered(home: Path) -> dict[int, list[bytes]]:
    """The list of erasures: keyed hashes of ids by source."""
    keys: dict[int, list[bytes]] = {}
    for row in _listed(home):
        if "key" in row:
            keys.setdefault(row["source"], []).append(bytes.fromhex(row["key"]))
    return keys


def documents(home: Path, link: str, now: datetime) -> int:
    """Erase the document of an answer that stands at this address, here and after any restore; how many."""
    wanted = answer_documents.at(link)
    _append(home, [{"document": digest, "at": now.isoformat()} for digest in wanted])
    return answer_documents.erase(wanted, now)


def documents_again(home: Path, now: datetime) -> int:
    """Those on the list that are there again, because a backup was restored."""
    return answer_documents.erase(documents_back(home), now)


def documents_back(home: Path) -> list[str]:
    """Hashes of documents that were erased and stand again."""
    return answer_documents.standing([row["document"] for row in _listed(home) if "document" in row])


def _listed(home: Path) -> Iterator[dict[str, Any]]:
    file = home / "erasures.jsonl"
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def still_stored(home: Path) -> list[int]:
    """Ids of items that were erased, or taken back, and are there again, because a backup was restored."""
    return [found for source, erased in remembered(home).items() for found in by_keys(source, erased)]


def keys_of(ids: Sequence[int]) -> list[tuple[int, bytes]]:
    """(source, keyed hash of the id) of items, for the list of erasures."""
    return [
        (source, bytes(key))
        for source, key in ItemRow.objects.filter(id__in=ids).values_list("source", "key")
    ]


def scrub() -> bool:
    """Bring freed pages to disk now, so that erased words do not wait in the write-ahead log.

    False when somebody reads from the log, as a backup does: writers would have to wait for the reader too.
    """
    if connection.vendor != "sqlite" or transaction.get_connection().in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of it without a lock
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout={SCRUB_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        except OperationalError:
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout={patience:d}")
