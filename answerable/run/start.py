"""Start-up of one process: checks the machine, makes the data folder, connects Django, migrates when needed.

What cannot start says why in one line (NotReady). It starts nothing else: processes belong to `run.up`.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerable import settings as table
from answerable.errors import NotReady
from answerable.settings import Settings

OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL database with two writers
LEAST_FREE_MB = 32  # below this, SQLite cannot even fold its log back into the database
_MIGRATION_LOCK = 0x416E7377  # "Answ": the advisory lock's number on PostgreSQL


def django(settings: Settings | None = None, *, at_once: bool = True) -> Settings:
    """Make this process ready to use the store and return the settings.

    An empty SQLite file gets its tables `at_once`, or by every migration there ever was.
    Safe to call twice and from two processes at once. Raises NotReady with one line.
    """
    settings = settings or table.load()
    check_sqlite()
    make_home(settings.home)
    _configure(settings)
    _migrate_when_needed(settings, at_once)
    return settings


def check_sqlite(version: tuple[int, ...] | None = None) -> None:
    """Refuse a SQLite that can corrupt the database."""
    version = version or sqlite3.sqlite_version_info
    if tuple(version) < OLDEST_SQLITE:
        has, needs = (".".join(map(str, numbers)) for numbers in (version, OLDEST_SQLITE))
        raise NotReady(
            f"SQLite {has} can corrupt the data: {needs} or newer is needed. "
            "Run `make install` again; it brings a fitting one."
        )


def make_home(home: Path) -> None:
    """Create the data folder, readable by its owner alone, and check that it can be written to."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(home).free
    except OSError as error:
        raise NotReady(_folder_trouble(home, error)) from error
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise NotReady(_folder_trouble(home, PermissionError(errno.EACCES, "no permission")))
    if free < LEAST_FREE_MB * 1024 * 1024:
        raise NotReady(
            f"The disk that holds {home} is full ({free // 1_048_576} MB free, {LEAST_FREE_MB} MB needed): "
            "free some space, then start again. Nothing was lost."
        )


def _folder_trouble(home: Path, error: OSError) -> str:
    return (
        f"The data folder {home} cannot be used ({(error.strerror or str(error)).lower()}): "
        "give this user the right to write there, or name another folder in ANSWERABLE_HOME."
    )


def _configure(settings: Settings) -> None:
    from django.apps import apps

    if apps.ready:
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "answerable.run.django_settings"
    import django as framework
    from django.conf import settings as configured

    configured.SECRET_KEY = _secret_key(settings.home)
    framework.setup()


def _secret_key(home: Path) -> str:
    from answerable.store.keyring import Keyring

    try:
        return Keyring.open(home).secret_key
    except OSError as error:
        raise NotReady(_folder_trouble(home, error)) from error


def _migrate_when_needed(settings: Settings, at_once: bool) -> None:
    """Bring the tables up to date; a look at one table when nothing is to be done."""
    from django.db import DatabaseError, connection

    try:
        # The first connection of a new file switches it to WAL, which two processes must not do at once.
        exists = settings.database_url or (settings.home / "answerable.db").exists()
        if exists and _known() == _applied():
            return
        with _one_at_a_time(settings):
            _refuse_newer(_applied() - _known())
            from answerable.store import fresh

            if at_once and fresh.lay(_known()):
                return
            from answerable.run import migrating

            migrating.migrate()
    except DatabaseError as error:
        raise NotReady(database_trouble(error, settings)) from error
    finally:
        # A child made later must not share this connection.
        connection.close()


def _known() -> set[tuple[str, str]]:
    """The migrations in the code, without importing one."""
    from django.apps import apps

    known = set()
    for app in apps.get_app_configs():
        folder = Path(app.path) / "migrations"
        known |= {(app.label, file.stem) for file in folder.glob("[0-9]*.py")}
    return known


def _applied() -> set[tuple[str, str]]:
    """The migrations the database has."""
    from django.db import connection

    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return set()
        cursor.execute("SELECT app, name FROM django_migrations")
        return {(str(app), str(name)) for app, name in cursor.fetchall()}


def _refuse_newer(unknown: set[tuple[str, str]]) -> None:
    if unknown:
        app, name = sorted(unknown)[-1]
        raise NotReady(
            f"The database was written by a newer Answerable (it has {app}.{name}): start the newer one. "
            "Nothing was changed."
        )


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    from django.db import connection

    with (settings.home / "migrate.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        # Two machines may share the database and no folder.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])


def database_trouble(error: Exception, settings: Settings) -> str:
    """One line for an error of the database that a person has to mend."""
    said = " ".join(str(error).split())
    if settings.database_url:
        return (
            f"The database that DATABASE_URL names does not answer ({said[:200]}): "
            "correct the address or start that server, then try again."
        )
    file = settings.home / "answerable.db"
    if "full" in said:
        return f"The disk that holds {file} is full: free some space, then start again. Nothing was lost."
    if "not a database" in said or "malformed" in said:
        return f"{file} is damaged ({said}): put your latest backup in its place, then start again."
    return f"The database {file} cannot be used ({said}): see that this user may write it, then start again."
