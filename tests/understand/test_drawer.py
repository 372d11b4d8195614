"""What lies in a drawer comes out as it went in; what left stays nowhere; a full disk loses nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.understand import drawer
from answerable.understand.drawer import CELL, Drawer

NUMBERS = st.integers(0, 9) | st.sampled_from([63, 64, 65, 1000, 1 << 40])
STEPS = st.lists(st.tuples(NUMBERS, st.none() | st.binary(max_size=3 * CELL + 1)), max_size=60)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little waits in memory, so that most lies in the file."""
    monkeypatch.setattr(drawer, "PIECE", 4 * CELL)


def _whole(held: Drawer) -> bytes:
    """Every byte a drawer has, in its file and waiting for it."""
    descriptor = held._descriptor()
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0) + bytes(held._piece)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_holds_what_a_dict_holds(steps: list[tuple[int, bytes | None]]) -> None:
    """After any puts and takes it answers as a dict does."""
    held, plain = Drawer(), dict[int, bytes]()
    for one, blob in steps:
        assert held.get(one) == plain.get(one)
        if one in plain:
            assert held.take(one) == plain.pop(one)
        if blob is not None:
            held.put(one, blob)
            plain[one] = blob
    assert {one: held[one] for one in held} == plain
    assert len(held) == len(plain)
    assert len(held._places._pages) == len({one // 64 for one in plain}), "what is empty takes no memory"
    with pytest.raises(KeyError):
        held.take(99)


def test_what_was_taken_out_stays_nowhere() -> None:
    """The words of what left are in no gap, and gaps are used again: the file does not grow."""
    held = Drawer()
    for one in range(40):
        held.put(one, f"secret-{one:03}".encode() * 9)
    for one in range(40):
        held.take(one)
    for one in range(0, 40, 2):
        held.put(one, b"other" * 19)
        held.take(one)
    held.clean()
    whole = _whole(held)
    assert not any(whole)
    for one in range(40):
        held.put(one, f"public-{one:03}".encode() * 9)
    assert len(_whole(held)) == len(whole)


def test_the_file_has_no_name(tmp_path: Path) -> None:
    """Nobody finds it in the folder, so it is in no backup and goes with its process."""
    held = Drawer(tmp_path)
    for one in range(40):
        held.put(one, b"words" * 30)
    assert held._written > 0
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the disk does not take stays in memory and is there; later it is written."""
    held = Drawer()
    held.put(0, b"first" * 70)
    held.take(0)
    write = os.pwrite

    def full(descriptor: int, blob: bytes, at: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    for one in range(1, 40):
        held.put(one, b"%d" % one * 70)
    assert [held[one] for one in held] == [b"%d" % one * 70 for one in range(1, 40)]
    written = held._written
    monkeypatch.setattr(os, "pwrite", write)
    held.put(40, b"last")
    assert held._written > written
    assert [held[one] for one in range(1, 40)] == [b"%d" % one * 70 for one in range(1, 40)]


def test_what_is_too_long_is_refused() -> None:
    """A blob whose length has no room is refused whole."""
    held = Drawer()
    with pytest.raises(ValueError, match="too long"):
        held.put(1, bytes(1 << 24))
    assert len(held) == 0
