"""Subscriptions to hubs (WebSub), and the sealed folder in which what they deliver waits to be read.

Health and not a desk matter: no ledger. A secret is derived from a key outside the database, never stored.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from answerable.store.keyring import Keyring
from answerable.store.models import HubSubscription, Source

LOOK_AGAIN = timedelta(days=1)  # for a hub, or after one refused
ASK_AGAIN = timedelta(hours=1)  # where a hub took the request and never came to verify it
LONGEST_LEASE = timedelta(days=30)
MOST_WAITING = 50  # documents of one source; then the hub is asked to come later
MOST_BYTES = 5 << 20
_NONCE = 12


def of(source: int) -> HubSubscription | None:
    """The subscription of a source, if it was ever looked for."""
    return HubSubscription.objects.filter(source=source).first()


def looked(source: int, hub: str, topic: str, now: datetime) -> HubSubscription:
    """A feed was looked at: it offers this hub ("" for none); what was asked before is over."""
    state = "found" if hub else "none"
    fresh = {"hub": hub, "topic": topic, "state": state, "looked_at": now, "token": secrets.token_urlsafe(32)}
    fresh |= {"asked_at": None, "lease_until": None}
    row, _ = HubSubscription.objects.update_or_create(source_id=source, defaults=fresh)
    return row


def asked(row: HubSubscription, *, accepted: bool, now: datetime) -> None:
    """The hub took our request, or refused it. An active one stays so while it is renewed."""
    rows = HubSubscription.objects.filter(pk=row.pk)
    if not accepted:
        rows.exclude(state="active", lease_until__gt=now).update(state="refused", looked_at=now)
    else:
        rows.exclude(state="active").update(state="asked")
    rows.update(asked_at=now)


def is_due(row: HubSubscription, now: datetime) -> bool:
    """Whether its hub should be asked now: at first, before the lease ends, or after it did not come."""
    if not row.hub or row.state == "refused":
        return False
    if row.asked_at is None:
        return True
    if now - row.asked_at < ASK_AGAIN:
        return False
    if row.state != "active" or row.lease_until is None:
        return True
    return row.lease_until - now < min(LOOK_AGAIN, (row.lease_until - row.asked_at) / 3)


def polled(source: int, now: datetime) -> None:
    """The feed itself was visited."""
    HubSubscription.objects.filter(source=source).update(polled_at=now)


def last_poll(source: int, now: datetime) -> datetime | None:
    """When a feed was visited whose hub promised to tell us; None when there is no such promise."""
    rows = HubSubscription.objects.filter(source=source, state="active", lease_until__gt=now)
    return rows.values_list("polled_at", flat=True).first()


def verified(token: str, topic: str, lease_s: int, now: datetime) -> bool:
    """A hub asks whether we meant it: only what we asked for within a day is confirmed."""
    row = HubSubscription.objects.filter(token=token, source__removed_at=None).first()
    if row is None or row.topic != topic or row.asked_at is None or now - row.asked_at > LOOK_AGAIN:
        return False
    lease = min(timedelta(seconds=max(lease_s, 60)), LONGEST_LEASE)
    HubSubscription.objects.filter(pk=row.pk).update(state="active", lease_until=now + lease)
    return True


def denied(token: str, topic: str, now: datetime) -> None:
    """The hub ended it; polling goes on as before."""
    rows = HubSubscription.objects.filter(token=token, topic=topic)
    rows.update(state="refused", lease_until=None, looked_at=now)


def listener(token: str) -> Source | None:
    """The source that a hub's address of ours belongs to; None when we do not listen there any more."""
    row = HubSubscription.objects.select_related("source").filter(token=token, state="active").first()
    return row.source if row and row.source.removed_at is None and not row.source.paused else None


def secret(ring: Keyring, token: str) -> str:
    """What only the hub and we know."""
    return hmac.digest(ring.contact_key, f"hub:{token}".encode("utf-8", "replace"), "sha256").hex()


def keep(home: Path, ring: Keyring, source: int, body: bytes, content_type: str, now: datetime) -> bool:
    """Seal a delivered document until it is read, and make its source due; False when too many wait."""
    folder = _folder(home, source)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sum(1 for _ in folder.iterdir()) >= MOST_WAITING:
        return False
    nonce = os.urandom(_NONCE)
    plain = json.dumps([content_type[:200]]).encode() + b"\n" + body
    sealed = nonce + AESGCM(ring.for_source(source).seal).encrypt(nonce, plain, b"hub")
    name = f"{int(now.timestamp() * 1e6):020d}-{secrets.token_hex(4)}"
    with os.fdopen(os.open(folder / f".{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    (folder / f".{name}").rename(folder / name)
    Source.objects.filter(pk=source).update(next_try_at=now)
    HubSubscription.objects.filter(source=source).update(told_at=now)
    return True


def waiting(home: Path, ring: Keyring, source: int) -> Iterator[tuple[Path, bytes, str]]:
    """(file, document, content type) of what a hub delivered, oldest first. Call `read` after the commit."""
    folder = _folder(home, source)
    for path in sorted(folder.glob("[0-9]*")) if folder.is_dir() else ():
        blob = path.read_bytes()
        try:
            plain = AESGCM(ring.for_source(source).seal).decrypt(blob[:_NONCE], blob[_NONCE:], b"hub")
        except (InvalidTag, ValueError):
            read(path)  # sealed with a key that is gone: the next poll brings it
            continue
        head, _, body = plain.partition(b"\n")
        yield path, body, str(json.loads(head)[0])


def read(path: Path) -> None:
    """What it said is committed, or cannot be read."""
    path.unlink(missing_ok=True)


def anything_waits(home: Path, source: int) -> bool:
    """Whether a delivery came that nobody has read."""
    folder = _folder(home, source)
    return folder.is_dir() and any(folder.glob("[0-9]*"))


def sweep(home: Path) -> None:
    """Nothing waits any more of sources that were removed."""
    listened = set(Source.objects.filter(removed_at=None).values_list("id", flat=True))
    for folder in (home / "hub").glob("[0-9]*"):
        if int(folder.name) not in listened:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(home: Path, source: int) -> Path:
    return home / "hub" / str(source)
