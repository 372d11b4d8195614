"""One engine per data folder and per database: a lock that the system frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import DatabaseError, connection

from answerable.errors import NotReady

POSTGRES_LOCK = 0x616E7377  # "answ"; two data folders on one database must not both write


def held(home: Path) -> bool:
    """True when an engine of this data folder runs somewhere."""
    try:
        with lease(home):
            return False
    except NotReady:
        return True


@contextmanager
def lease(home: Path) -> Iterator[None]:
    """Hold the right to write the stream; raises NotReady at once when somebody else holds it."""
    descriptor = os.open(home / "engine.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotReady(
                f"Another engine works on {home}: stop that `answerable up`, or name another ANSWERABLE_HOME."
            ) from error
        _lock_database()
        yield
        _unlock_database()
    finally:
        os.close(descriptor)


def _unlock_database() -> None:
    """A process that lives on gives the database free; one that dies does so by its connection."""
    if connection.vendor == "postgresql" and connection.connection is not None:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [POSTGRES_LOCK])


def _lock_database() -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        # A session lock: it lives as long as this connection, also across transactions.
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [POSTGRES_LOCK])
        if not cursor.fetchone()[0]:
            raise NotReady(
                "Another engine works on this database: stop the `answerable up` of the other data folder."
            )
