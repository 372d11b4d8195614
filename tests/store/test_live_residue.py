"""What was erased is in no byte of the database's files at the end of the next round, while others read and write."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from answerable.run import cli, clock, emptying
from answerable.run.django_settings import SQLITE_PRAGMAS
from answerable.store import erase, search
from answerable.store.models import ItemRow, Source
from tests.cast import Desk
from tests.promises.planted import read_beside
from tests.store.test_stream import item, put, source

pytestmark = pytest.mark.store
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ON_SQLITE = pytest.mark.skipif(
    "config.getoption('--database') == 'postgres'", reason="words in freed pages are a matter of SQLite files"
)
BATCH = 250
BUSY = "[None for _ in iter(lambda: time.process_time() < 0.3, False)]"
# How often the long test empties, in seconds: as a desk does, or sooner for who cannot wait.
EVERY_S = float(os.environ.get("ANSWERABLE_TEST_EVERY", emptying.EVERY_S))
LETTERS, LONG, END = "bcdfghklmnprstvz", 14, 9  # of every second word; its last nine are told by nobody else


def _word(rng: random.Random, number: int) -> str:
    """Every second word is told from its neighbours by its last letters alone, as Meier and Meiers are."""
    return f"planted{number:06d}" if number % 2 else "".join(rng.choices(LETTERS, k=LONG))


def _left(kept: bytes, words: list[str]) -> list[str]:
    """Which words stand there, also by their ends alone: the index writes no beginning that a neighbour has."""
    seen = set(re.findall(rb"planted\d{6}", kept))
    for run in re.findall(f"[{LETTERS}]{{{END},}}".encode(), kept):
        seen |= {run[at : at + END] for at in range(len(run) - END + 1)}
    told_by = {word: word[-END:] if len(word) == LONG else word for word in words}
    return [word for word in words if told_by[word].encode() in seen]


def _lived_in(rng: random.Random, count: int, leaving: int) -> tuple[dict[int, str], list[int]]:
    """A desk that heard posts, of which a third grew, and lost some: (words by item, who left)."""
    at, words = source(), {}
    said = {}
    for first in range(1, count, BATCH):
        batch = []
        for number in range(first, first + BATCH):
            words[number] = _word(rng, number)
            said[number] = f"water {words[number]} " + "brown at Mill Lane " * rng.randint(0, 30)
            batch.append(item(at, number, said[number]))
        put(at, batch, first=first)
        grown = [
            replace(one, text=one.text + " and again" * rng.randint(1, 60))
            for one in rng.sample(batch, BATCH // 3)
        ]
        put(at, grown, first=first)
    gone = rng.sample(sorted(words), leaving)
    for begin in range(0, leaving, 50):
        with transaction.atomic():
            erase.erase(gone[begin : begin + 50], reason="request", now=NOW)
    return words, gone


def _files() -> bytes:
    path = Path(str(connection.settings_dict["NAME"]))
    ends = ("", "-wal", "-journal")
    return b"".join(read_beside(file) for end in ends if (file := Path(f"{path}{end}")).exists())


@ON_SQLITE
@pytest.mark.parametrize("count", [750, pytest.param(20_000, marks=pytest.mark.deep)])
def test_no_byte_of_what_left_is_in_the_files(desk: Desk, seed: int, count: int) -> None:
    """Hundreds of planted words, a third erased: 0 left in database, log and index; all else is found."""
    words, gone = _lived_in(random.Random(seed), count, count // 3)
    emptying.once(settings.ANSWERABLE)
    kept = _files()
    assert _left(kept, [words[one] for one in gone]) == []
    staying = sorted(set(words) - set(gone))
    assert len(_left(kept, [words[one] for one in staying])) == len(staying)
    for number in random.Random(seed).sample(staying, 100):
        assert search.find(words[number]) == [number]
    assert all(search.find(words[number]) == [] for number in gone[:100])
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO item_search(item_search) VALUES ('integrity-check')")
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]


def _live_on(at: Source, first: int, stop: threading.Event) -> None:
    """Put in what comes, let it grow, until `stop`."""
    number = first
    while not stop.is_set():
        batch = [item(at, one, f"water is clear again {one}") for one in range(number, number + 50)]
        put(at, batch, first=number)
        put(at, [replace(one, text=one.text + " and again" * 40) for one in batch[::3]], first=number)
        number += 50
        stop.wait(0.2)
    connection.close()


def _read_on(stop: threading.Event) -> None:
    """Read for a second at a time, as long pages and exports do."""
    with closing(_opened(Path(str(connection.settings_dict["NAME"])))) as reader:
        while not stop.wait(0.5):
            reader.execute("BEGIN")
            reader.execute("SELECT SUM(LENGTH(text)) FROM items").fetchone()
            stop.wait(1)
            reader.execute("COMMIT")


@ON_SQLITE
@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_ten_thousand_words_leave_a_large_file_in_use(desk: Desk, seed: int) -> None:
    """Of a hundred thousand posts, some grown, ten thousand leave while others write and read and a round may be
    under way: ten minutes after the last erasure and one round later no byte of theirs is in the files.
    """
    rng, stop = random.Random(seed), threading.Event()
    words, _ = _lived_in(rng, 100_000, 0)
    gone = rng.sample(sorted(words), 10_000)
    at = Source.objects.get()
    beside = [
        threading.Thread(target=_live_on, args=(at, 200_000, stop)),
        threading.Thread(target=_read_on, args=(stop,)),
        threading.Thread(target=emptying.run, args=(settings.ANSWERABLE, stop, 5.0, EVERY_S)),
    ]
    for one in beside:
        one.start()
    try:
        for begin in range(0, len(gone), 50):
            with transaction.atomic():
                erase.erase(gone[begin : begin + 50], reason="request", now=NOW)
        erased, leaving = time.monotonic(), [words[one] for one in gone]
        after_erasure = len(_left(_files(), leaving))
        while (left := _left(_files(), leaving)) and time.monotonic() - erased < EVERY_S + 120:
            time.sleep(10)
        took = time.monotonic() - erased
    finally:
        stop.set()
        for one in beside:
            one.join()
    print(
        f"{len(_files()) >> 20} MB, {after_erasure} words left at first, {len(left)} after {took:.0f} s, seed {seed}"
    )
    assert left == []


@ON_SQLITE
def test_words_that_divide_the_index_leave_as_well(desk: Desk) -> None:
    """Where neighbours differ by one letter, whole words stand between pages of the index; others are found."""
    at = source()
    for first in range(1, 2000, BATCH):
        put(at, [item(at, n, f"zyzzogeton{n:05d} x") for n in range(first, first + BATCH)], first=first)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO item_search(item_search) VALUES ('optimize')")
        cursor.execute("SELECT term FROM item_search_idx WHERE length(term) = 16")
        dividing = [int(bytes(term)[-5:]) for (term,) in cursor.fetchall()]
    assert dividing, "nothing to prove"
    with transaction.atomic():
        erase.erase(dividing, reason="request", now=NOW)
    assert any(f"zyzzogeton{one:05d}".encode() in _files() for one in dividing), "nothing to prove"
    emptying.once(settings.ANSWERABLE)
    assert [one for one in dividing if f"zyzzogeton{one:05d}".encode() in _files()] == []
    left = sorted(set(ItemRow.objects.values_list("id", flat=True)))
    assert [search.find(f"zyzzogeton{n:05d}") for n in left] == [[n] for n in left]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO item_search(item_search) VALUES ('integrity-check')")


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    database.executescript(SQLITE_PRAGMAS)
    return database


def _write_on(path: Path, rng: random.Random, stop: threading.Event, rows: dict[int, str]) -> None:
    """Put in, let grow, take out, until `stop`; `rows` is what should be there."""
    with closing(_opened(path)) as database:
        while not stop.is_set():
            database.execute("BEGIN IMMEDIATE")
            for _ in range(40):
                number = rng.randrange(3000)
                rows[number] = f"w{number}x" * rng.randint(1, 90)
                values = (number, f"k{rng.random()}", rows[number])
                database.execute("REPLACE INTO said VALUES (?, ?, ?)", values)
            for number in rng.sample(sorted(rows), 10):
                database.execute("DELETE FROM said WHERE id = ?", (number,))
                del rows[number]
            database.execute("COMMIT")
            time.sleep(0.002)


@pytest.mark.parametrize("seconds", [1.5, pytest.param(120, marks=pytest.mark.deep)])
def test_a_writer_beside_it_and_a_kill_of_it_lose_nothing(tmp_path: Path, seed: int, seconds: float) -> None:
    """Rounds run, and are killed at any moment, while rows change: every row is as it was written."""
    path, rng = tmp_path / "some.db", random.Random(seed)
    with closing(_opened(path)) as database:
        database.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, k TEXT, v TEXT)")
        database.execute("CREATE INDEX by_k ON said (k)")
    rows: dict[int, str] = {}
    stop = threading.Event()
    writer = threading.Thread(target=_write_on, args=(path, rng, stop, rows))
    writer.start()
    end, luck = time.monotonic() + seconds, random.Random(seed)
    try:
        while time.monotonic() < end:
            child = subprocess.Popen([sys.executable, "-m", "answerable.run.emptying", str(path)])
            if luck.random() < 0.5:
                time.sleep(luck.uniform(0.15, 0.4))
                child.send_signal(signal.SIGKILL)
            assert child.wait(60) in (0, -signal.SIGKILL)
    finally:
        stop.set()
        writer.join()
    emptying.main(str(_copied(path)))
    for file in (path, _copied(path)):
        with closing(sqlite3.connect(file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert dict(database.execute("SELECT id, v FROM said")) == rows


def _copied(path: Path) -> Path:
    """A copy of a database that nobody has open any more; a round in this process takes no lock of anybody."""
    copy = path.with_name("copy.db")
    if not copy.exists():
        copy.write_bytes(path.read_bytes())
    return copy


@ON_SQLITE
def test_who_reads_long_keeps_no_writer_waiting(desk: Desk) -> None:
    """A backup reads the log for minutes: emptying it gives up after a moment, says so, and is done afterwards."""
    at = source()
    put(at, [item(at, n, f"zyzzogeton{n} and others") for n in range(1, 50)])
    with closing(_opened(Path(str(connection.settings_dict["NAME"])))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM items").fetchone()
        with transaction.atomic():
            erase.erase([7], reason="request", now=NOW)
        began = time.monotonic()
        assert not erase.scrub()
        emptying.once(settings.ANSWERABLE)
        put(at, [item(at, 60)], first=60)
        assert time.monotonic() - began < 10, "nobody waits until the reader ends"
        reader.execute("COMMIT")
    assert erase.scrub()
    emptying.once(settings.ANSWERABLE)
    assert b"zyzzogeton7 " not in _files()


def _rounds(monkeypatch: pytest.MonkeyPatch, once: Callable[..., None], count: int) -> list[float]:
    """Run the thread until `once` was called so often; what it waited between."""
    pauses: list[float] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout or 0)
            return len(pauses) > count

    monkeypatch.setattr(emptying, "once", once)
    emptying.run(settings.ANSWERABLE, Stop())
    return pauses


def test_a_round_that_fails_costs_a_line_and_the_next_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Trouble is said in one line; what is too long for every round is done once a day, and again if it failed."""
    daily: list[bool] = []

    def once(*_: object, daily_too: list[bool] = daily, **said: bool) -> None:
        daily_too.append(said["daily"])
        if len(daily_too) == 1:
            raise RuntimeError("disk\nfull")

    pauses = _rounds(monkeypatch, once, 3)
    assert pauses[:1] == [emptying.FIRST_S]
    assert set(pauses[1:]) == {emptying.EVERY_S}
    assert daily == [True, True, False]
    assert [record.getMessage() for record in caplog.records] == [
        "What erased words leave in the files stays until the next round (RuntimeError: disk full)."
    ]


@ON_SQLITE
@pytest.mark.parametrize(("does", "least", "most"), [("time.sleep(0.4)", 1, 5), (BUSY, 6, 60)])
def test_a_round_rests_by_what_it_worked(
    monkeypatch: pytest.MonkeyPatch, does: str, least: float, most: float
) -> None:
    """On a busy machine a round waits for others much longer than it works; the next comes no later for that.

    Sabotage: count the time that passes.
    """
    words = [sys.executable, "-S", "-c", f"import time; {does}"]
    monkeypatch.setattr(emptying, "once", lambda *_, **__: subprocess.run(words, check=True))
    pauses: list[float] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout or 0)
            return len(pauses) > 1

    emptying.run(settings.ANSWERABLE, Stop(), 0.0, 1.0)
    assert least <= pauses[1] <= most


def test_the_clock_empties_beside_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs a desk need not think of it.

    Sabotage: do not start it in `clock.main`.
    """
    begun, stop = threading.Event(), threading.Event()
    monkeypatch.setattr(emptying, "run", lambda *_: begun.set())
    stop.set()
    clock.main(stop)
    assert begun.wait(10)


def test_an_erasure_stands_although_the_files_could_not_be_emptied(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What happened, what is safe, and what comes next, in one sentence; never a traceback.

    Sabotage: let the trouble out of the command, or say what was erased only after the files are emptied.
    """

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("ended with 1: disk I/O error")

    link, file = "https://talk.example/1", tmp_path / "said.jsonl"
    file.write_text(json.dumps({"text": "zyzzogeton", "link": link}) + "\n", "utf-8")
    assert cli.main(["import", str(file)]) == 0
    monkeypatch.setattr(emptying, "once", broken)
    assert cli.main(["erase", link]) == 0
    said = capsys.readouterr().err
    assert said.index("1 items erased") < said.index(
        "could not be emptied now: ended with 1: disk I/O error."
    )
    assert "The items are erased" in said


@ON_SQLITE
def test_a_process_that_cannot_do_it_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is no database is named in the error, not passed over."""
    (tmp_path / "answerable.db").write_bytes(os.urandom(8192))
    broken = replace(settings.ANSWERABLE, home=tmp_path)
    with pytest.raises(RuntimeError, match="not a database"):
        emptying.once(broken)


@pytest.mark.skipif(
    "config.getoption('--database') != 'postgres'", reason="a vacuum is a matter of PostgreSQL"
)
def test_postgresql_forgets_the_words_of_its_index(desk: Desk) -> None:
    """A round vacuums the tables that lost rows, and the index of words has none that stands in no row."""
    at = source()
    put(at, [item(at, n, f"zyzzogeton{n:05d} and others") for n in range(1, 400)])
    gone = list(range(100, 300))
    with transaction.atomic():
        erase.erase(gone, reason="request", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT 1")
    emptying.once(settings.ANSWERABLE)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('item_search_words'))")
        index = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT last_vacuum IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'items'")
        assert cursor.fetchone() == (True,)
    assert b"zyzzogeton00350" in index
    assert [n for n in gone if f"zyzzogeton{n:05d}".encode() in index] == []
