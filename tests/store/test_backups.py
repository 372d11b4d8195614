"""F12: a backup under load, restored elsewhere, is the same desk. F6: every flipped bit of it is named."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from answerable.errors import BadInput, NotReady
from answerable.records import Item
from answerable.run.engine import LocalEngine
from answerable.run.lease import lease
from answerable.store import backups, ledger
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source
from tests.cast import Desk
from tests.database import named

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def source() -> int:
    made = Source.objects.create(
        name="Gazette",
        kind="feeds",
        address="https://g.example/feed",
        source_class="outlet",
        purpose="News",
        added_at=NOW,
    )
    return int(made.pk)


def items(source_id: int, start: int, count: int) -> list[Item]:
    """Different posts with keys of their own."""
    return [
        Item(
            source_id,
            number.to_bytes(16, "big"),
            f"post {number} about water in lane {number % 97}",
            "",
            NOW + timedelta(seconds=number),
            NOW,
        )
        for number in range(start, start + count)
    ]


def fill(desk: Desk, source_id: int, start: int, count: int) -> None:
    """Through the engine, as they come in real life."""
    with lease(desk.home):
        engine = LocalEngine(desk.home, Keyring.open(desk.home))
        engine.hand(source_id, items(source_id, start, count), {})
        engine.settle()


def elsewhere(tmp_path: Path, pytestconfig: pytest.Config, home: Path) -> dict[str, str]:
    """The environment of a second desk: its own folder with the keys, on PostgreSQL its own empty database."""
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    shutil.copy(home / "keys.json", other)
    environ = {**os.environ, "ANSWERABLE_HOME": str(other)}
    if connection.vendor == "postgresql":
        import psycopg

        address = os.environ["TEST_DATABASE_URL"]
        name = f"answerable_restored_{os.getpid()}"
        with psycopg.connect(named(address, "postgres"), autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name}")
        environ["DATABASE_URL"] = named(address, name)
    return environ


def command(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "answerable.run.cli", *words],
        env=environ,
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_backup_under_load_restored_elsewhere_is_the_same_desk(
    desk: Desk, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """While items come in, a backup is taken; restored in another place it has every row and the same ledger head."""
    from django.db import transaction

    source_id = source()
    fill(desk, source_id, 0, 600)
    with transaction.atomic():
        ledger.append(None, "source.add", "source", source_id, "Gazette", "", NOW)
    stop = threading.Event()

    def load() -> None:
        start = 600
        with lease(desk.home):
            engine = LocalEngine(desk.home, Keyring.open(desk.home))
            while not stop.is_set():
                engine.hand(source_id, items(source_id, start, 50), {})
                engine.step()
                start += 50
        connection.close()

    thread = threading.Thread(target=load)
    thread.start()
    try:
        file = tmp_path / "desk.backup"
        manifest = backups.write(file, desk.home, NOW)
    finally:
        stop.set()
        thread.join()
    assert manifest.rows["items"] >= 600
    newest = ledger.head()
    assert newest is not None
    assert manifest.ledger_head == newest.hash
    environ = elsewhere(tmp_path, pytestconfig, desk.home)
    done = command(environ, "restore", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "ledger_entries": newest.id,
        "ledger_head": newest.hash,
        "erased_again": 0,
    }
    assert _differs(environ, file, tmp_path / "again.backup") == []
    told = [json.loads(line) for line in command(environ, "export", "items").stdout.splitlines()]
    assert len(told) == len({row["id"] for row in told}) == manifest.rows["items"]
    checked = command(environ, "doctor", "--json")
    assert '"ledger"' in checked.stdout
    assert "unbroken" in checked.stdout
    again = command(environ, "restore", str(file))
    assert again.returncode in {1, 2}
    assert "already holds a desk" in again.stderr


def _differs(environ: dict[str, str], file: Path, again: Path) -> list[str]:
    """Tables whose rows are others in a backup of what was restored than in the backup that it came from."""
    done = command(environ, "backup", str(again))
    assert done.returncode == 0, done.stderr
    first, second = _rows_of(file), _rows_of(again)
    assert sum(map(len, first.values())) > 600
    return [name for name in sorted(first.keys() | second.keys()) if first.get(name) != second.get(name)]


def _rows_of(file: Path) -> dict[str, list[str]]:
    """The rows of each table in a backup, whatever their order."""
    with zipfile.ZipFile(file) as archive:
        if backups.SQLITE_FILE not in archive.namelist():
            names = [name for name in archive.namelist() if name.startswith("tables/")]
            return {name: sorted(archive.read(name).decode().splitlines()) for name in names}
        copy = Path(archive.extract(backups.SQLITE_FILE, file.with_suffix(".opened")))
    with closing(sqlite3.connect(copy)) as taken:
        names = [name for (name,) in taken.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(map(repr, taken.execute(f'SELECT * FROM "{name}"'))) for name in names}


def test_the_number_of_a_row_that_left_is_not_given_again_after_a_restore(
    desk: Desk, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Each table counts on from where it was: the ledger names things by their numbers.

    Sabotage: on PostgreSQL, count from the last row that is left.
    """
    for _ in range(3):
        last = source()
        Source.objects.filter(pk=last).delete()
    backups.write(tmp_path / "desk.backup", desk.home, NOW)
    environ = elsewhere(tmp_path, pytestconfig, desk.home)
    done = command(environ, "restore", str(tmp_path / "desk.backup"))
    assert done.returncode == 0, done.stderr
    code = (
        "from answerable.run.start import django; django()\n"
        "from tests.store.test_backups import source; print(source())"
    )
    made = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert int(made.stdout) > last


def test_no_key_and_no_session_is_in_a_backup(desk: Desk, tmp_path: Path) -> None:
    """P2: with the backup alone nobody opens a sealed link, links a pseudonym or goes on with somebody's session."""
    from django.contrib.sessions.models import Session

    Session.objects.create(session_key="s" * 32, session_data="x", expire_date=NOW + timedelta(days=99))
    file = tmp_path / "desk.backup"
    backups.write(file, desk.home, NOW)
    said = json.loads((desk.home / "keys.json").read_text("utf-8"))
    secrets = [said["secret_key"], said["ipc_key"], "s" * 32]
    with zipfile.ZipFile(file) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert not [secret for secret in secrets if secret.encode() in whole]
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_what_was_erased_after_the_backup_stays_erased(
    desk: Desk, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """P4: a restore replays the list of erasures before anybody is served."""
    source_id = source()
    Source.objects.filter(pk=source_id).update(source_class="outlet")
    fill(desk, source_id, 0, 5)
    file = tmp_path / "desk.backup"
    backups.write(file, desk.home, NOW)
    key = bytes(ItemRow.objects.order_by("id").values_list("key", flat=True)[2])
    environ = elsewhere(tmp_path, pytestconfig, desk.home)
    line = json.dumps({"source": source_id, "key": key.hex(), "at": NOW.isoformat()})
    (Path(environ["ANSWERABLE_HOME"]) / "erasures.jsonl").write_text(line + "\n", "utf-8")
    done = command(environ, "restore", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["erased_again"] == 1
    assert "post 2 about" not in command(environ, "export", "items").stdout


def test_every_flipped_bit_is_named_and_nothing_is_changed(desk: Desk, tmp_path: Path, seed: int) -> None:
    """F6: 80 backups with one flipped bit, and 20 that were cut: each is refused in one line before anything is written."""
    fill(desk, source(), 0, 40)
    file = tmp_path / "desk.backup"
    backups.write(file, desk.home, NOW)
    whole = file.read_bytes()
    assert backups.checked(file).rows["items"] == 40
    rng = random.Random(seed)
    broken = tmp_path / "broken.backup"
    for number in range(100):
        damaged = bytearray(whole)
        if number < 80:
            place = rng.randrange(len(damaged))
            damaged[place] ^= 1 << rng.randrange(8)
        else:
            del damaged[rng.randrange(len(damaged)) :]
        broken.write_bytes(damaged)
        with pytest.raises(BadInput) as refused:
            backups.checked(broken)
        assert "\n" not in str(refused.value), number


def test_a_damaged_backup_leaves_the_folder_alone(
    desk: Desk, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """The command refuses with exit code 2 and one line; no database appears."""
    file = tmp_path / "desk.backup"
    backups.write(file, desk.home, NOW)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(data)
    environ = elsewhere(tmp_path, pytestconfig, desk.home)
    done = command(environ, "restore", str(file))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Nothing was changed" in done.stderr
    assert not (Path(environ["ANSWERABLE_HOME"]) / "answerable.db").exists()


def test_keys_are_asked_for(desk: Desk, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Without the key file, or with another desk's, a restore says so; --without-keys accepts it."""
    file = tmp_path / "desk.backup"
    backups.write(file, desk.home, NOW)
    environ = elsewhere(tmp_path, pytestconfig, desk.home)
    keys = Path(environ["ANSWERABLE_HOME"]) / "keys.json"
    keys.unlink()
    missing = command(environ, "restore", str(file))
    assert missing.returncode != 0
    assert "keys.json" in missing.stderr
    Keyring.open(keys.parent)
    other = command(environ, "restore", str(file))
    assert other.returncode == 2
    assert "another desk" in other.stderr
    assert command(environ, "restore", str(file), "--without-keys").returncode == 0


def test_a_file_that_is_there_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    """A typing error must not destroy the last good backup; a failed backup leaves no half file."""
    file = tmp_path / "desk.backup"
    file.write_text("old", "utf-8")
    with pytest.raises(BadInput):
        backups.write(file, desk.home, NOW)
    assert file.read_text("utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir() if "backup" in entry.name] == ["desk.backup"]


@pytest.mark.skipif(
    "config.getoption('--database') == 'postgres'", reason="words in freed pages are a matter of SQLite files"
)
def test_erased_words_do_not_ride_in_freed_pages(desk: Desk, tmp_path: Path) -> None:
    """A backup is a compact copy: no page of it holds words that were erased before."""
    source_id = source()
    fill(desk, source_id, 0, 300)
    with closing(sqlite3.connect(desk.home / "answerable.db")) as raw:
        raw.execute("PRAGMA secure_delete=OFF")
        raw.execute("CREATE TABLE leftover (words TEXT)")
        raw.executemany("INSERT INTO leftover VALUES (?)", [(f"canary-{n}" * 40,) for n in range(200)])
        raw.commit()
        raw.execute("DROP TABLE leftover")
        raw.commit()
    file = tmp_path / "desk.backup"
    backups.write(file, desk.home, NOW)
    with zipfile.ZipFile(file) as archive:
        assert b"canary-" not in archive.read(backups.SQLITE_FILE)


def test_a_restore_into_another_kind_of_database_is_refused(desk: Desk, tmp_path: Path) -> None:
    """A backup of PostgreSQL does not fit a SQLite folder, and the other way round; it says what is needed."""
    from answerable import settings
    from answerable.run.commands import restore

    file = tmp_path / "desk.backup"
    manifest = backups.write(file, desk.home, NOW)
    other = "" if connection.vendor == "postgresql" else "postgres://nobody@localhost/none"
    changed = settings.load({"ANSWERABLE_HOME": str(desk.home), "DATABASE_URL": other})
    with pytest.raises(NotReady, match="needs"):
        restore._fits(manifest, changed)


def test_rows_that_a_guard_looks_through_come_back(
    desk: Desk, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """An invitation's guard asks for its approved text and its voice, whose tables come later in the alphabet."""
    from answerable.store import channels
    from answerable.store.models import Invitation
    from tests.store import inviting

    network = channels.add(
        desk.alice, kind=channels.MASTODON, name="Town", address="https://town.example", account="@council",
        secret="a token", unit=desk.top, ring=Keyring.open(desk.home), now=desk.now,
    )  # fmt: skip
    Invitation.objects.create(
        post=b"p" * 16, item=0, unit=desk.top, voice=desk.voice, channel=network, text=inviting.text(desk),
        why="complaint", slug="brown3water", by=desk.carol, made_at=desk.now, due_at=desk.now,
    )  # fmt: skip
    backups.write(tmp_path / "desk.backup", desk.home, NOW)
    environ = elsewhere(tmp_path, pytestconfig, desk.home)
    done = command(environ, "restore", str(tmp_path / "desk.backup"))
    assert done.returncode == 0, done.stderr
