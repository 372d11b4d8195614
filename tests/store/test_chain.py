"""T1: whatever is changed, cut, moved or forged in a ledger, the first bad entry is named. Offline, too."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from answerable.run import cli
from answerable.store import ledger
from answerable.store.chain import GENESIS, BadEntry, row_hash, verify
from answerable.store.keyring import Keyring
from tests.cast import Desk
from tests.web import stage

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Entry:
    """A row of a made-up chain."""

    id: int
    at: datetime
    actor: int | None
    action: str
    kind: str
    object: int
    reason: str
    content_hash: str
    previous: str
    hash: str = ""


def chain(rng: random.Random, length: int) -> list[Entry]:
    """A valid chain with random content."""
    rows, previous = [], GENESIS
    for number in range(1, length + 1):
        row = Entry(
            number, NOW + timedelta(seconds=number), rng.choice((None, 1, 2)), rng.choice(("alert.dismiss", "version.approve")),
            "alert", rng.randrange(99), "", f"{rng.getrandbits(256):064x}", previous,
        )  # fmt: skip
        row.hash = previous = row_hash(row)
        rows.append(row)
    return rows


def forged(rows: list[Entry], start: int) -> list[Entry]:
    """The chain rewritten from `start` on, as somebody would who owns the database."""
    fresh, previous = rows[:start], rows[start - 1].hash if start else GENESIS
    for row in rows[start:]:
        again = replace(row, actor=7, previous=previous)
        again.hash = previous = row_hash(again)
        fresh.append(again)
    return fresh


def test_two_thousand_damages_are_all_found_and_named(seed: int) -> None:
    """Edits of any field, cuts, swaps, doubles, forks and old copies: found at the very entry where they begin."""
    rng = random.Random(seed)
    rows = chain(rng, 60)
    heads = [(20, rows[19].hash), (60, rows[59].hash)]
    assert verify(rows, heads) is None
    for _ in range(2_000):
        place = rng.randrange(60)
        kind = rng.choice(("edit", "cut", "swap", "double", "forge", "tail"))
        damaged = list(rows)
        if kind == "edit":
            field = rng.choice(("at", "actor", "action", "kind", "object", "reason", "content_hash", "hash"))
            old = getattr(rows[place], field)
            new = (
                old + timedelta(seconds=1)
                if field == "at"
                else 9_999
                if field in {"actor", "object"}
                else f"x{str(old)[1:]}"
            )
            damaged[place] = replace(rows[place], **{field: new})
            wanted = {place + 1}
        elif kind == "cut":
            del damaged[place]
            wanted = {place + 1}
        elif kind == "swap":
            other = (place + 1) % 60
            damaged[place], damaged[other] = damaged[other], damaged[place]
            wanted = {min(place, other) + 1}
        elif kind == "double":
            damaged.insert(place, rows[place])
            wanted = {place + 2}
        elif kind == "forge":
            damaged = forged(rows, place)
            wanted = {
                20 if place < 20 else 60
            }  # a whole rewritten chain is betrayed by the next published head
        else:
            damaged = rows[:place]
            wanted = {place + 1}
        found = verify(damaged, heads)
        assert isinstance(found, BadEntry), (kind, place)
        assert found.id in wanted, (kind, place, found)


def test_the_command_verifies_what_the_public_page_gives(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The downloaded ledger with its heads is whole; one changed letter is named with its entry, exit code 2."""
    with transaction.atomic():
        for number in range(30):
            ledger.append(desk.alice, "note.add", "incident", number, "words", "", desk.now)
    ledger.daily_head(desk.now)
    with stage.clock():
        public = stage.client(None)
        lines = b"".join(public.get("/transparency/ledger.jsonl").streaming_content).decode()  # type: ignore[attr-defined]
        heads = public.get("/transparency/heads.json").content
    (tmp_path / "heads.json").write_bytes(heads)
    file = tmp_path / "ledger.jsonl"
    file.write_text(lines, "utf-8")
    words = ["verify-ledger", str(file), "--heads", str(tmp_path / "heads.json"), "--json"]
    assert cli.main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["whole"]
    assert told["entries"] == len(lines.splitlines()) >= 30
    file.write_text(lines.replace('"object": 17', '"object": 71', 1), "utf-8")
    assert cli.main(words) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["why"] == "changed"
    assert json.loads(lines.splitlines()[told["bad_entry"] - 1])["object"] == 17
    file.write_text("\n".join(lines.splitlines()[:-2]), "utf-8")
    assert cli.main(words) == 2
    assert cli.main(["verify-ledger", str(tmp_path / "none")]) == 2


def test_keys_rotate_renews_every_pseudonym_and_says_so_in_the_ledger(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """After `keys rotate` the same author has another pseudonym; sealed links still open."""
    ring = Keyring.open(desk.home)
    before = ring.for_source(1)
    assert cli.main(["keys", "rotate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"rotated": 1}
    after = Keyring.open(desk.home).for_source(1)
    assert after.author != before.author
    assert (after.seal, after.lasting) == (before.seal, before.lasting)
    newest = ledger.head()
    assert newest is not None
    assert newest.action == "keys.rotate"
