"""What whole desks of browser tests need."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests.database import named


@pytest.fixture
def fresh_database(database: str) -> Iterator[str]:
    """DATABASE_URL of an empty database of our own: "" for SQLite in the data folder."""
    if database == "sqlite":
        yield ""
        return
    server, name = os.environ["TEST_DATABASE_URL"], f"answerable_loop_{os.getpid()}"
    with psycopg.connect(named(server, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield named(server, name)
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
