"""A data folder as an earlier version left it: its tables, and rows in each of them that the migrations must keep."""

from __future__ import annotations

import os
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import IntegrityError, connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.fields import NOT_PROVIDED

from answerable import store

ROWS = 3  # in each table
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)

Rows = dict[str, list[dict[str, Any]]]


def versions() -> list[str]:
    """The migrations of the store, oldest first."""
    return sorted(file.stem for file in (Path(store.__file__).parent / "migrations").glob("[0-9]*.py"))


def aside(home: Path, work: Callable[[], object]) -> int:
    """Do this in a process of its own on that folder's database; returns its process id."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            connection.settings_dict["NAME"] = str(home / "answerable.db")
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def upgrade(home: Path, first: str = "") -> int:
    """Start on this folder, as a command of today's version does; returns the process id. `first` it does that."""
    # A process that shares nothing with the tests before it: what they changed is no part of an upgrade.
    env = {**os.environ, "ANSWERABLE_HOME": str(home), "DATABASE_URL": ""}
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


def make(home: Path, version: str) -> None:
    """A folder of this version, with rows."""
    home.mkdir(mode=0o700)

    def write() -> None:
        call_command("migrate", "store", version, verbosity=0, interactive=False)
        apps = MigrationExecutor(connection).loader.project_state([("store", version)]).apps
        with _unguarded():
            _fill(apps)

    _, status = os.waitpid(aside(home, write), 0)
    assert os.waitstatus_to_exitcode(status) == 0


@contextmanager
def _unguarded() -> Iterator[None]:
    """Without the guards of that version: our rows fit their columns, and make no sense beyond that."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql NOT LIKE '%item_search%'"
        )
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, guard in guards:
            cursor.execute(guard)


def held(home: Path) -> Rows:
    """Every row of every table of ours, by the names of its columns."""
    with sqlite3.connect(home / "answerable.db") as database:
        database.row_factory = sqlite3.Row
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in names if not name.startswith(("sqlite_", "django_", "item_search"))]
        return {name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')] for name in ours}


def applied(home: Path) -> int:
    """How many migrations this folder has."""
    with sqlite3.connect(home / "answerable.db") as database:
        return int(database.execute("SELECT COUNT(*) FROM django_migrations").fetchone()[0])


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
