"""Brings the tables up to date: each migration in one transaction with the note that it was applied.

Django writes that note after the transaction where statements are left for its end (an index, say): a kill
between the two would leave tables that the next start makes again, and never comes past.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


def migrate() -> None:
    """Apply what is missing. A kill leaves whole migrations; calling it again goes on from there."""
    executor = _Whole(connection)
    after = executor.migrate(executor.loader.graph.leaf_nodes())
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias, apps=after.apps)


class _Whole(MigrationExecutor):
    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        # SQLite lets go of foreign keys only before a transaction begins, and takes them up after it.
        connection.disable_constraint_checking()
        try:
            with transaction.atomic(), _counting_on():
                return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        finally:
            connection.enable_constraint_checking()


@contextmanager
def _counting_on() -> Iterator[None]:
    """SQLite counts the rows of a table that was made anew from the last one that is left.

    Then the number of a row that left would be given again, and the ledger would name another by it.
    """
    before = _counted()
    yield
    now = _counted()
    with connection.cursor() as cursor:
        for table in before.keys() & set(connection.introspection.table_names(cursor)):
            if now.get(table, 0) < before[table]:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, before[table]])


def _counted() -> dict[str, int]:
    """The highest number that each table ever gave; nothing where a server counts apart from its tables."""
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")
        if cursor.fetchone() is None:  # the first table that counts makes it
            return {}
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return dict(cursor.fetchall())
