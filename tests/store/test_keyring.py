"""Keys: apart from rows, lasting where they must be, renewed where they must be."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from answerable.errors import NotReady
from answerable.store.keyring import Keyring

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Keys are readable by nobody else on the machine, also after a key was added."""
    ring = Keyring.open(tmp_path)
    ring.for_source(1, NOW)
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_two_processes_that_meet_a_new_source_agree(tmp_path: Path) -> None:
    """The first makes the keys, the second finds them: otherwise a duplicate would look new."""
    one, two = Keyring.open(tmp_path), Keyring.open(tmp_path)
    assert one.for_source(3, NOW) == two.for_source(3, NOW)
    assert one.secret_key == two.secret_key


def test_pseudonyms_are_renewed_after_90_days_and_nothing_else_is(tmp_path: Path) -> None:
    """The lasting key finds duplicates as long as the source lives; the author's key does not outlive 90 days."""
    ring = Keyring.open(tmp_path)
    first = ring.for_source(1, NOW)
    assert ring.for_source(1, NOW + timedelta(days=89)) == first
    later = Keyring.open(tmp_path).for_source(1, NOW + timedelta(days=90))
    assert (later.lasting, later.seal) == (first.lasting, first.seal)
    assert later.author != first.author


def test_each_source_has_keys_of_its_own(tmp_path: Path) -> None:
    """The same author in two sources cannot be joined."""
    ring = Keyring.open(tmp_path)
    assert ring.for_source(1, NOW).author != ring.for_source(2, NOW).author


def test_a_forgotten_source_cannot_be_opened_again(tmp_path: Path) -> None:
    """Removing a source's keys makes what they sealed unreadable for good."""
    ring = Keyring.open(tmp_path)
    before = ring.for_source(1, NOW)
    ring.forget_source(1)
    assert ring.for_source(1, NOW).seal != before.seal


@pytest.mark.parametrize("content", ["{", "\x00\x01", "[not json"])
def test_a_damaged_key_file_stops_the_start(tmp_path: Path, content: str) -> None:
    """Fresh keys would orphan every sealed link, so a damaged file is never replaced silently."""
    (tmp_path / "keys.json").write_text(content, "utf-8")
    with pytest.raises(NotReady, match="put back the copy"):
        Keyring.open(tmp_path)
    assert (tmp_path / "keys.json").read_text("utf-8") == content


def test_rotation_on_demand_reaches_every_source(tmp_path: Path) -> None:
    """`rotate` replaces each pseudonym key and says how many."""
    ring = Keyring.open(tmp_path)
    before = [ring.for_source(n, NOW).author for n in (1, 2)]
    assert ring.rotate(NOW) == 2
    assert all(ring.for_source(n, NOW).author != old for n, old in zip((1, 2), before, strict=True))
    assert len(json.loads((tmp_path / "keys.json").read_text())["sources"]) == 2
