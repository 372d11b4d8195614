"""Brings the tables up to date: each migration in one transaction with the note that it was applied.

Django writes that note after the transaction where statements are left for its end (an index, say): a kill
between the two would leave tables that the next start makes again, and never comes past.
"""

from __future__ import annotations

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
            with transaction.atomic():
                return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        finally:
            connection.enable_constraint_checking()
