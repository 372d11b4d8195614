"""Poison: an item that raises, panics or kills where it is stored or read stops no other item."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.keys import digest
from answerable.errors import Conflict
from answerable.records import Heard, Item, Understood
from answerable.run import quarantine as hand
from answerable.run.engine import LocalEngine
from answerable.run.pipeline import Understanding
from answerable.run.quarantine import InHand, sift
from answerable.store import quarantine, search, stream
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, LedgerRow, Quarantined, Source, ThreadRow, Tombstone
from tests.cast import NOW, Desk
from tests.run.test_engine import items, source

pytestmark = pytest.mark.store
POISON = "the poison word zzyzx"
TEXTS = [f"The bridge on Mill Lane {number} is closed until noon" for number in range(40)]


class _Panic(BaseException):
    """What a library in Rust raises."""


_Panic.__name__ = "PanicException"


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Reading a text with the poison raises the first of these, as long as there is one."""
    errors: list[BaseException] = [ValueError(f"words of a person: {POISON}")]
    read = Understanding.read

    def poison(self: Understanding, some: Sequence[Heard]) -> Understood:
        outcome = read(self, some)  # half of the batch is remembered when the error comes
        if errors and any("zzyzx" in item.text for item in some):
            raise errors[0]
        return outcome

    monkeypatch.setattr(Understanding, "read", poison)
    return errors


def _engine(desk: Desk) -> LocalEngine:
    return LocalEngine(desk.home, Keyring.open(desk.home))


def _with_poison(at: Source, where: Sequence[int] = (17,)) -> list[Item]:
    texts = [POISON if number in where else text for number, text in enumerate(TEXTS)]
    return items(at, texts)


@pytest.mark.parametrize("error", [ValueError(POISON), _Panic(POISON), RecursionError(POISON)])
def test_an_item_that_crashes_the_understanding_does_not_stop_the_others(
    desk: Desk, poisoned: list[BaseException], error: BaseException
) -> None:
    """Two poisoned among forty: thirty-eight stand in threads, counted once; two are set aside with a reason."""
    poisoned[:] = [error]
    at = source(keep_days=0)
    engine = _engine(desk)
    engine.hand(at.pk, _with_poison(at, (0, 17)), {"n": 1})
    engine.settle()
    assert ItemRow.objects.filter(thread=None).count() == 2
    assert sum(ThreadRow.objects.values_list("items", flat=True)) == 38
    rows = list(Quarantined.objects.order_by("item"))
    assert [(row.stage, row.why, row.state) for row in rows] == [("read", "raised", "waits")] * 2
    assert {row.item for row in rows} == set(ItemRow.objects.filter(text=POISON).values_list("id", flat=True))
    assert all(type(error).__name__ in row.fault and "zzyzx" not in row.fault for row in rows)
    engine.hand(at.pk, items(at, ["Later on the bridge is open again"], first=50), {"n": 2})
    engine.settle()
    assert ItemRow.objects.filter(thread=None).count() == 2


def test_memory_is_as_if_the_poison_had_never_been_read(desk: Desk, poisoned: list[BaseException]) -> None:
    """After the failures the engine's threads equal those that a fresh engine loads from rows."""
    at = source(keep_days=0)
    engine = _engine(desk)
    engine.hand(at.pk, _with_poison(at), {})
    engine.settle()
    held = {thread[0]: thread[2] for thread in stream.active_threads(False)}
    assert sum(held.values()) == 39
    engine.hand(at.pk, items(at, TEXTS[:5], first=100), {})
    engine.settle()
    assert sum(thread[2] for thread in stream.active_threads(False)) == 44


def test_when_everything_fails_the_batch_is_set_aside_without_end(
    desk: Desk, poisoned: list[BaseException]
) -> None:
    """A defect of ours that meets every item costs a few tries; all of them wait and are read when it is mended."""
    at = source(keep_days=0)
    engine = _engine(desk)
    engine.hand(at.pk, items(at, [f"{POISON} {number}" for number in range(40)]), {})
    engine.settle()
    assert Quarantined.objects.filter(state="waits").count() == 40
    poisoned.clear()
    assert quarantine.read_all_again(desk.carol, exercise=False, now=NOW) == 40
    engine.rest()
    engine.settle()
    engine.rest()
    assert ItemRow.objects.filter(thread=None).count() == 0
    assert Quarantined.objects.filter(state="read").count() == 40


def _flood(desk: Desk, monkeypatch: pytest.MonkeyPatch, whole: int, bad: int) -> int:
    """Many items, every hundredth of which cannot be read; returns how often memory was built from rows."""
    rebuilt = 0
    remember = LocalEngine._remember_anew

    def counted(self: LocalEngine, exercise: bool) -> None:
        nonlocal rebuilt
        rebuilt += 1
        remember(self, exercise)

    monkeypatch.setattr(LocalEngine, "_remember_anew", counted)
    at = source(keep_days=0)
    engine = _engine(desk)
    poison = set(random.Random(9).sample(range(whole), bad))
    for first in range(0, whole, 500):
        texts = [
            POISON
            if number in poison
            else f"Report {number} of the bridge {number % 97} on lane {number % 61}"
            for number in range(first, first + 500)
        ]
        engine.hand(at.pk, items(at, texts, first=first + 1), {"n": first})
        engine.step()
    engine.settle()
    aside = set(Quarantined.objects.filter(stage="read", state="waits").values_list("item", flat=True))
    assert aside == set(ItemRow.objects.filter(text=POISON).values_list("id", flat=True))
    assert set(ItemRow.objects.filter(thread=None).values_list("id", flat=True)) == aside
    assert ItemRow.objects.count() == whole
    assert sum(ThreadRow.objects.values_list("items", flat=True)) == whole - bad == whole - len(aside)
    return rebuilt


def test_much_poison_costs_the_others_little(
    desk: Desk, poisoned: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """F9: memory is built anew once, not for every item that raises: after the first, each is read alone first."""
    assert _flood(desk, monkeypatch, 2_000, 20) == 1


@pytest.mark.deep
def test_a_thousand_poisoned_among_a_hundred_thousand(
    desk: Desk, poisoned: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """F9 in full; then all thousand are asked for again and read."""
    assert _flood(desk, monkeypatch, 100_000, 1_000) <= 3
    poisoned.clear()
    assert quarantine.read_all_again(desk.carol, exercise=False, now=NOW) == 1_000
    engine = _engine(desk)
    while Quarantined.objects.exclude(state="read").exists():
        engine.rest()
        engine.settle()
    assert not ItemRow.objects.filter(thread=None).exists()


def test_trouble_of_the_database_is_nobodys_poison(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk stops the engine, which starts again; no item is blamed."""

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    at = source(keep_days=0)
    engine = _engine(desk)
    engine.hand(at.pk, items(at, TEXTS), {})
    monkeypatch.setattr(stream, "apply", full)
    with pytest.raises(OperationalError):
        engine.settle()
    assert not Quarantined.objects.exists()


@pytest.fixture
def unstorable(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Items whose text holds one of these words cannot be put into the search index."""
    words = ["zzyzx"]
    insert = search.insert

    def refuse(rows: Any) -> None:
        every = list(rows)
        if any(word in text for word in words for _, _, text in every):
            raise ValueError(POISON)
        insert(every)

    monkeypatch.setattr(search, "insert", refuse)
    return words


def test_an_item_that_cannot_be_stored_is_kept_and_the_cursor_moves(
    desk: Desk, unstorable: list[str]
) -> None:
    """What is acknowledged is stored or set aside; the same hand-over again changes nothing."""
    at = source(keep_days=0)
    engine = _engine(desk)
    taken = engine.hand(at.pk, _with_poison(at), {"n": 7}, rejected=2)
    assert (taken.new, taken.aside) == (39, 1)
    at.refresh_from_db()
    assert (at.cursor, at.items, at.rejected) == ({"n": 7}, 39, 2)
    row = Quarantined.objects.get()
    assert (row.stage, row.why, row.item, row.times) == ("store", "raised", None, 1)
    engine.hand(at.pk, _with_poison(at), {"n": 7})
    assert ItemRow.objects.count() == 39
    assert Quarantined.objects.get().times == 2


def test_what_was_set_aside_unstored_is_stored_when_asked(desk: Desk, unstorable: list[str]) -> None:
    """Tried in vain it waits again; once it can be stored, it is the item it was, and its copy here is gone."""
    at = source(keep_days=0)
    engine = _engine(desk)
    given = _with_poison(at)
    engine.hand(at.pk, given, {})
    row = Quarantined.objects.get()
    quarantine.read_again(desk.carol, row, now=NOW)
    engine.rest()
    row.refresh_from_db()
    assert (row.state, row.times) == ("waits", 2)
    unstorable.clear()
    quarantine.read_again(desk.carol, row, now=NOW)
    engine.rest()
    engine.settle()
    stored = ItemRow.objects.get(text=POISON)
    assert (bytes(stored.key), stored.thread_id is None) == (given[17].key, False)
    row.refresh_from_db()
    assert (row.state, row.packed) == ("read", None)
    assert LedgerRow.objects.filter(action="item.read_again").count() == 2


def test_a_discarded_item_is_gone_and_does_not_come_back(
    desk: Desk, poisoned: list[BaseException], unstorable: list[str]
) -> None:
    """Stored or not: its words leave, a tombstone keeps it out, and that it was discarded stays known."""
    at = source(keep_days=0)
    engine = _engine(desk)
    unstorable[:] = ["unstorable"]
    given = items(at, [*TEXTS[:3], POISON, "an unstorable text"])
    engine.hand(at.pk, given, {})
    engine.settle()
    for row in Quarantined.objects.all():
        quarantine.discard(desk.carol, row, now=NOW)
        with pytest.raises(Conflict):
            quarantine.discard(desk.carol, row, now=NOW)
    engine.rest()
    assert set(Quarantined.objects.values_list("state", "packed")) == {("discarded", None)}
    assert Tombstone.objects.filter(reason="discarded").count() == 2
    poisoned.clear()
    unstorable.clear()
    assert engine.hand(at.pk, given, {}).refused == 2
    assert ItemRow.objects.count() == 3


def test_words_set_aside_leave_by_link_by_age_and_with_their_source(
    desk: Desk, poisoned: list[BaseException], unstorable: list[str]
) -> None:
    """Promise 3 holds for what is set aside, also when a backup brings it back."""
    ring = Keyring.open(desk.home)
    at = source(keep_days=90)
    engine = _engine(desk)
    unstorable[:] = ["unstorable"]
    link = "https://post.example/1"
    named = items(
        at,
        [f"an unstorable text {n}" for n in range(3)],
        link_key=digest(ring.for_source(at.pk).lasting, link),
    )
    engine.hand(at.pk, named[:1], {})
    held = Quarantined.objects.values().get()
    assert engine.erase(link) == 1
    assert Quarantined.objects.get().packed is None
    Quarantined.objects.update(**{name: held[name] for name in ("packed", "link_key", "state")})
    _engine(desk)  # a restored backup is served by an engine that starts
    assert not Quarantined.objects.exists()
    engine.hand(at.pk, named[1:2], {})
    engine.hand(at.pk, [], {}, gone=[named[1].key])
    assert not Quarantined.objects.exists()
    engine.hand(at.pk, [*named[2:], *items(at, [POISON], first=9)], {})
    engine.settle()
    assert Quarantined.objects.count() == 2
    Quarantined.objects.update(at=NOW - timedelta(days=9000))
    engine.rest()
    assert not Quarantined.objects.exists()
    assert not ItemRow.objects.filter(text=POISON).exists()


def test_an_edit_of_the_source_heals_an_item(desk: Desk, poisoned: list[BaseException]) -> None:
    """New words are read by themselves, without anybody asking."""
    at = source(keep_days=0)
    engine = _engine(desk)
    given = items(at, [POISON])
    engine.hand(at.pk, given, {})
    engine.settle()
    assert Quarantined.objects.get().state == "waits"
    engine.hand(at.pk, items(at, ["The lift at the station works again"]), {})
    engine.settle()
    engine.rest()
    assert ItemRow.objects.get().thread_id is not None
    assert Quarantined.objects.get().state == "read"


_DIES = """
import os, sys
from answerable.run.start import django
settings = django()
from answerable.run.engine import LocalEngine
from answerable.run.pipeline import Understanding
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Quarantined, Source, ThreadRow
from tests.run.test_engine import items, source
read = Understanding.read
def deadly(self, some):
    if any("zzyzx" in item.text for item in some):
        os.kill(os.getpid(), 11)
    return read(self, some)
Understanding.read = deadly
engine = LocalEngine(settings.home, Keyring.open(settings.home), armed=True)
if not Source.objects.exists():
    at = source()
    texts = [f"The bridge on Mill Lane {number} is closed until noon" for number in range(20)]
    texts[7] = "the poison word zzyzx"
    engine.hand(at.pk, items(at, texts), {})
engine.settle()
row = Quarantined.objects.get()
assert (row.stage, row.why) == ("read", "died"), row.why
assert ItemRow.objects.filter(thread=None).count() == 1
assert sum(ThreadRow.objects.values_list("items", flat=True)) == 19
"""


def test_an_item_that_kills_the_engine_is_found_after_some_deaths(tmp_path: Path) -> None:
    """Real deaths by a signal: each next engine takes smaller pieces; then all but the one item are read."""
    env = {**os.environ, "ANSWERABLE_HOME": str(tmp_path)}
    env.pop("DATABASE_URL", None)
    codes: list[int] = []
    while len(codes) < 9 and (not codes or codes[-1]):
        codes.append(_run(_DIES, env))
    # Twenty in hand, then this one alone twice, then a third time after all others.
    assert codes == [-11, -11, -11, -11, 0]


def _run(code: str, env: dict[str, str]) -> int:
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, timeout=120, check=False
    )
    return done.returncode if done.returncode <= 0 else pytest.fail(done.stderr.decode()[-2000:])


class _Killed(BaseException):
    """The end of a life: what is on disk stays, what was in memory does not."""


def _life(home: Path, waiting: list[int], deadly: frozenset[int], kill_at: int) -> list[int]:
    """One life of an engine that reads what waits, and is killed in its piece number `kill_at`.

    Returns those it set aside; what was read or set aside waits no more.
    """
    hand, aside, piece_number = InHand(home), [], 0
    try:
        while waiting:
            some, _ = hand.piece("read", waiting, 8, lambda item: item)
            hand.seen("read", some)
            if len(some) == 1 and hand.is_deadly("read", some[0]):
                hand.seen("read", ())
                aside.append(some[0])
                waiting.remove(some[0])
                continue
            with hand.holding("read", some):
                note = (home / "engine.hand").read_bytes()
                if piece_number == kill_at or not deadly.isdisjoint(some):
                    raise _Killed
            piece_number += 1
            waiting[:] = [one for one in waiting if one not in some]
    except _Killed:
        (home / "engine.hand").write_bytes(note)
    hand.close()
    return aside


NEVER = -1


@given(st.integers(0, 40), st.integers(14, 60))
def test_whoever_kills_engines_as_they_begin_gets_no_item_set_aside(kills: int, count: int) -> None:
    """A machine short of memory, a supervisor without patience: life after life ends at its first piece.

    Each time the same items are first. Once it ends, all are read: three or four kills make one item late, so
    that of fourteen some are never late.
    """
    waiting = list(range(count))
    with tempfile.TemporaryDirectory() as folder:
        for kill_at in [0] * kills + [NEVER]:
            assert not _life(Path(folder), waiting, frozenset(), kill_at)
    assert not waiting


@given(st.integers(1, 60), st.sets(st.integers(0, 59), max_size=4), st.lists(st.integers(0, 5), max_size=6))
def test_what_kills_is_found_whatever_else_kills(count: int, deadly: set[int], kills: list[int]) -> None:
    """Every deadly item and nothing else is set aside, after a few deaths each, and all others are read."""
    poison = frozenset(one for one in deadly if one < count)
    with tempfile.TemporaryDirectory() as folder:
        waiting, aside, lives = list(range(count)), list[int](), 0
        outside = iter(kills)
        while waiting:
            aside += _life(Path(folder), waiting, poison, next(outside, NEVER))
            lives += 1
            assert lives <= 8 * (len(poison) + 1) + 8 * len(kills), "it never ends"
    assert poison <= set(aside)
    if not kills:
        assert set(aside) == poison


def test_a_note_cut_in_half_is_no_note(tmp_path: Path) -> None:
    """Whatever stands in the file, an engine starts, and takes its usual batches."""
    for blob in (b"", b"{", b"[]", b'{"what": 1}', b"\xff" * 40, b'{"what": "a", "ids": 3, "times": "x"}'):
        (tmp_path / "engine.hand").write_bytes(blob)
        assert len(InHand(tmp_path).piece("read False", range(300), 250, int)[0]) == 250


@given(st.lists(st.booleans(), max_size=60))
def test_sifting_does_everything_that_can_be_done_once(good: list[bool]) -> None:
    """Each good item is done exactly once in order, unless eight bad ones stand in a row; nothing is lost."""
    done: list[int] = []

    def work(some: Sequence[int]) -> None:
        if not all(good[number] for number in some):
            raise ValueError
        done.extend(some)

    bad = [item for item, _ in sift(range(len(good)), work, lambda: None)]
    assert sorted([*done, *bad]) == list(range(len(good)))
    assert done == sorted(done)
    row = "".join("g" if one else "b" for one in good)
    if "b" * hand.IN_A_ROW not in row:
        assert bad == [number for number, one in enumerate(good) if not one]


def test_an_engine_that_never_ends_with_an_item_ends_itself(tmp_path: Path) -> None:
    """Armed work is stopped by the processor's own clock, also where no Python code runs in between."""
    code = (
        "import re, sys\nfrom pathlib import Path\nfrom answerable.run import quarantine\n"
        "quarantine.LONGEST_S = 0.2\n"
        "with quarantine.InHand(Path(sys.argv[1]), armed=True).holding('read', [1]):\n"
        "    re.match(r'(a+)+$', 'a' * 60 + 'b')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == -26
    assert len(InHand(tmp_path).piece("read", range(300), 250, int)[0]) == 1
