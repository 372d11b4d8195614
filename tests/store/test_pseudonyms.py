"""P2: whoever holds a backup, every handle there is and this code, but no key, finds nobody in it."""

from __future__ import annotations

import hashlib
import hmac
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from answerable.collect.door import admit
from answerable.collect.keys import digest
from answerable.records import Incoming, Item, SourceClass, SourceFacts
from answerable.run.engine import LocalEngine
from answerable.store import backups
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source
from tests.cast import Desk
from tests.promises import planted

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TRIED = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s")


def _listened_to(desk: Desk, count: int) -> list[list[str]]:
    """So many people said something; the names by which somebody who looks for them would call each."""
    source = Source.objects.create(
        name="Talk", kind="mastodon", address="https://talk.example", source_class="public",
        purpose="service failure", added_at=NOW,
    )  # fmt: skip
    keys = Keyring.open(desk.home).for_source(source.pk)
    facts = SourceFacts(source.pk, "mastodon", source.address, SourceClass.PUBLIC)
    names = [
        [
            f"person{n}",
            f"@person{n}",
            f"https://talk.example/@person{n}/{n}",
            f"at://did:plc:person{n}/post/{n}",
        ]
        for n in range(count)
    ]
    found = [
        admit(Incoming(at, f"No water, says number {n}", link=link, author=name), facts, keys, heard=NOW)
        for n, (name, _, link, at) in enumerate(names)
    ]
    engine = LocalEngine(desk.home, Keyring.open(desk.home))
    engine.hand(source.pk, [item for item in found if isinstance(item, Item)], {})
    engine.settle()
    engine.close()
    assert ItemRow.objects.filter(author__isnull=False, link_key__isnull=False).count() == count
    return names


def _guessed(kept: bytes) -> set[bytes]:
    """Keys that lie near: nothing, a constant, the numbers of sources, and whatever the rows themselves hold."""
    near = {b"", bytes(16), bytes(32), b"answerable", b"secret", *(str(n).encode() for n in range(10))}
    words = set(re.findall(rb"[\x21-\x7e]{8,64}", kept)) | set(kept.split(b"\n"))
    own = {word for word in words if 8 <= len(word) <= 64}
    own |= {bytes.fromhex(word.decode()) for word in own if re.fullmatch(rb"(?:[0-9a-f]{2}){8,32}", word)}
    return near | set(sorted(own, key=len)[:3000])


def _recovered(people: Iterable[list[str]], keys: set[bytes], kept: bytes) -> int:
    """How many people are known again by a plain hash of a name, or one under a guessed key."""
    pieces = {kept[at : at + 16] for at in range(len(kept) - 15)}
    found = 0
    for names in people:
        plain = [hashlib.new(kind, name.encode()).digest() for kind in TRIED for name in names]
        under = [hmac.digest(key, name.encode(), "sha256") for key in keys for name in names]
        found += any(tried[:16] in pieces for tried in [*plain, *under])
    return found


@pytest.mark.parametrize("count", [30, pytest.param(1000, marks=pytest.mark.deep)])
def test_nobody_is_found_without_the_key(desk: Desk, tmp_path: Path, count: int) -> None:
    """Every name by nine hashes, and under every key that can be guessed or stands in the backup: none is known again;
    with the true key all are, so the search would see them.

    Sabotage: in `digest`, take an empty key.
    """
    people = _listened_to(desk, count)
    backup = tmp_path / "desk.backup"
    backups.write(backup, desk.home, NOW)
    with zipfile.ZipFile(backup) as archive:
        kept = planted.rows() + b"\n".join(archive.read(name) for name in archive.namelist())
    guessed = _guessed(kept)
    assert len(guessed) > 100
    assert _recovered(people, guessed, kept) == 0
    ring = Keyring.open(desk.home)
    true = ring.for_source(Source.objects.get().pk)
    assert _recovered(people, {true.author}, kept) == _recovered(people, {true.lasting}, kept) == count
    assert not [
        key for key in (true.author, true.lasting, true.seal) if key in kept or key.hex().encode() in kept
    ]
    assert digest(true.author, "person1") != digest(true.lasting, "person1")
