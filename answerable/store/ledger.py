"""The ledger: one row for each change of state, each holding the hash of the one before it.

Rows hold no text and no contact, only a salted hash of the content. What was changed is decided elsewhere.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, date, datetime

from django.db import connection, transaction

from answerable.errors import BadInput
from answerable.store.chain import GENESIS, BadEntry, Row, content_hash, row_hash, verify
from answerable.store.models import LedgerHead, LedgerRow, LedgerSalt, Person

_LOCK = 0x4C656467  # any fixed number: PostgreSQL's advisory lock of the ledger
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,59}|")

__all__ = ["GENESIS", "BadEntry", "Row", "content_hash", "row_hash", "verify"]


def serialise() -> None:
    """Let no other ledger writer pass until this transaction ends.

    `append` does this by itself; call it first in a write that counts rows before it decides (the last
    administrator, the first start). SQLite needs nothing: its transactions begin IMMEDIATE.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a ledger row belongs to the transaction of its change: use transaction.atomic()")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def append(
    actor: Person | None,
    action: str,
    kind: str,
    object_id: int,
    content: str | bytes,
    reason: str,
    now: datetime,
) -> LedgerRow:
    """Append the row of one change; the last statement of that change's transaction.

    `actor` None is the desk itself (a clock, a first start). `reason` is a code (`on_duty`), never a
    sentence: BadInput otherwise. `content` is what changed; only sha256(salt + content) is kept.
    RuntimeError outside `transaction.atomic()`.
    """
    if not _CODE.fullmatch(reason):
        raise BadInput("A reason is a short code such as on_duty: choose one; words go into a note.")
    serialise()
    before = head()
    salt = secrets.token_bytes(32)
    row = LedgerRow(
        id=before.id + 1 if before else 1,
        at=now.astimezone(UTC),
        actor=actor.pk if actor else None,
        action=action,
        kind=kind,
        object=object_id,
        reason=reason,
        content_hash=content_hash(salt, content),
        previous=before.hash if before else GENESIS,
    )
    row.hash = row_hash(row)
    row.save(force_insert=True)
    LedgerSalt(row=row, salt=salt).save(force_insert=True)
    return row


def head() -> LedgerRow | None:
    """The newest row, or None while nothing has happened."""
    return LedgerRow.objects.order_by("-id").first()


def verify_stored() -> BadEntry | None:
    """`verify` over the stored chain and every head that went out. Reads in pages; for `doctor`."""
    heads = list(LedgerHead.objects.order_by("row").values_list("row", "hash"))
    return verify(LedgerRow.objects.order_by("id").iterator(chunk_size=2000), heads)


def content_matches(row: LedgerRow, content: str | bytes) -> bool | None:
    """Whether this is the content the row was written for; None when its salt was erased."""
    salt = LedgerSalt.objects.filter(row=row).first()
    return content_hash(bytes(salt.salt), content) == row.content_hash if salt else None


def erase_content(row: LedgerRow) -> None:
    """Drop the salt: the hash no longer says anything about the content, and the chain stays valid."""
    LedgerSalt.objects.filter(row=row).delete()


def daily_head(now: datetime) -> LedgerHead | None:
    """The head that goes out on the UTC day of `now`: made once, then the same for the whole day.

    None while the ledger is empty.
    """
    day = now.astimezone(UTC).date()
    found = LedgerHead.objects.filter(day=day).first()
    newest = None if found else head()
    if newest is None:
        return found
    with transaction.atomic():
        fields = {"row": newest.id, "hash": newest.hash, "at": now}
        made, _ = LedgerHead.objects.get_or_create(day=day, defaults=fields)
    return made


def heads(limit: int = 30) -> list[LedgerHead]:
    """The heads as they went out, newest first, for the public feed and page."""
    return list(LedgerHead.objects.order_by("-day")[:limit])


def head_of(day: date) -> LedgerHead | None:
    """The head that went out on a day."""
    return LedgerHead.objects.filter(day=day).first()
