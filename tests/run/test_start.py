"""Starting up: tables are made once, by whoever comes first, and what cannot be used is refused in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from answerable import settings
from answerable.errors import NotReady
from answerable.run import start
from tests.run import desks


def test_two_first_starts_at_once_make_one_desk(tmp_path: Path) -> None:
    """Four commands that start together in an empty folder all succeed."""
    words = [sys.executable, "-m", "answerable.run.cli", "stories", "--json"]
    started = [
        subprocess.Popen(words, env=desks.environment(tmp_path / "home"), stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [(process.communicate(timeout=120)[0], process.returncode) for process in started] == [
        ("[]\n", 0)
    ] * 4


@pytest.mark.store
def test_a_second_start_asks_once(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start that has nothing to migrate does not load the migration machinery."""
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: pytest.fail("migrated again"))
    assert start.django().home == desk.home


@pytest.mark.store
def test_a_database_of_a_newer_desk_is_refused(desk: Any) -> None:
    """An older Answerable never writes into tables it does not know."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', CURRENT_TIMESTAMP)"
        )
    with pytest.raises(NotReady, match=r"newer Answerable \(it has store\.9999_later\)"):
        start.django()


def test_a_damaged_file_is_one_line(tmp_path: Path) -> None:
    """A database file that is none says so and points at the backup; it is left as it is."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "answerable.db").write_bytes(b"this is a shopping list" * 100)
    done = desks.run(home, "stories")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "backup" in done.stderr
    assert (home / "answerable.db").read_bytes().startswith(b"this is a shopping list")


def test_too_little_space_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below 32 MB nothing starts, because SQLite could not even fold its log back."""
    usage = os.statvfs_result((4096, 4096, 100, 100, 100, 1, 1, 1, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: usage)
    with pytest.raises(NotReady, match=r"full.*free some space"):
        start.make_home(tmp_path)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database or disk is full", "free some space"),
        ("file is not a database", "backup"),
        ("unable to open database file", "this user may write"),
    ],
)
def test_each_database_trouble_says_what_to_do(said: str, told: str, tmp_path: Path) -> None:
    """One line for each kind of trouble of the default database."""
    line = start.database_trouble(Exception(said), settings.load({"ANSWERABLE_HOME": str(tmp_path)}))
    assert told in line
    assert "\n" not in line


def test_a_postgres_trouble_names_the_setting(tmp_path: Path) -> None:
    """What the server said is kept on one line, and the setting to look at is named."""
    environ = {"ANSWERABLE_HOME": str(tmp_path), "DATABASE_URL": "postgres://a:b@c/d"}
    line = start.database_trouble(Exception("connection failed:\n  refused"), settings.load(environ))
    assert line.startswith(
        "The database that DATABASE_URL names does not answer (connection failed: refused)"
    )
