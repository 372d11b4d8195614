"""The chain of the ledger: what a row's hash covers, and whether rows follow from each other. No database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

GENESIS = "0" * 64  # what the first row names as its predecessor


class Row(Protocol):
    """What `verify` reads of a row; a LedgerRow or a line of an exported ledger."""

    id: int
    at: datetime
    actor: int | None
    action: str
    kind: str
    object: int
    reason: str
    content_hash: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class BadEntry:
    """The first entry that does not fit, by its number in the chain, and why."""

    id: int  # 1, 2, 3 …: where the chain breaks
    why: str  # missing, out_of_order, changed, broken_link, head_differs


def content_hash(salt: bytes, content: str | bytes) -> str:
    """sha256 over salt and content, in hex. Text is UTF-8; a lone surrogate becomes `?`."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    return hashlib.sha256(salt + data).hexdigest()


def row_hash(row: Row) -> str:
    """sha256 over the canonical JSON (sorted keys, no spaces, ASCII) of all fields but `hash`, in hex."""
    fields = {
        "action": row.action,
        "actor": row.actor,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "content_hash": row.content_hash,
        "id": row.id,
        "kind": row.kind,
        "object": row.object,
        "previous": row.previous,
        "reason": row.reason,
    }
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def verify(rows: Iterable[Row], heads: Iterable[tuple[int, str]] = ()) -> BadEntry | None:
    """The first entry that breaks the chain, or None. Pure: touches no database.

    `rows` in the order of the chain, from 1. `heads` are (row, hash) pairs as they were published: without
    them a cut tail or a chain rewritten as a whole cannot be seen, because it is a valid shorter chain.
    """
    published = dict(heads)
    expected, previous = 1, GENESIS
    for row in rows:
        if row.id != expected:
            return BadEntry(expected, "missing" if row.id > expected else "out_of_order")
        if row.previous != previous:
            return BadEntry(row.id, "broken_link")
        if row.hash != row_hash(row):
            return BadEntry(row.id, "changed")
        if published.get(row.id, row.hash) != row.hash:
            return BadEntry(row.id, "head_differs")
        expected, previous = row.id + 1, row.hash
    if any(number >= expected for number in published):
        return BadEntry(expected, "missing")
    return None
