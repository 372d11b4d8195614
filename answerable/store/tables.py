"""All tables of a PostgreSQL database, out and in again, as one moment. SQLite copies its file instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, suppress
from typing import IO, Any, cast

import psycopg
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from psycopg import sql

from answerable.errors import NotReady

Progress = Callable[[int], object]  # percent done
Put = Callable[[bytes | bytearray | memoryview], object]
LEFT_OUT = ("django_session", "django_migrations")
COUNTED = "counted.json"  # the highest number each table gave by itself, also to rows that left since
_CHUNK = 1 << 20


def silent(percent: int) -> None:
    """Says nothing."""


def dump_tables(
    add: Callable[[str], AbstractContextManager[Put]], progress: Progress
) -> tuple[dict[str, int], dict[str, Any]]:
    """Write every table as COPY text; all of one snapshot, so that rows fit each other."""
    rows: dict[str, int] = {}
    parameters = cast("Any", connection).get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with closing(psycopg.connect(**parameters)) as own, own.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        names = _tables(cursor)
        for place, name in enumerate(names, 1):
            table, columns = sql.Identifier(name), _columns(cursor, name)
            with add(f"tables/{name}.copy") as put:
                copying = sql.SQL("COPY {} ({}) TO STDOUT").format(table, columns)
                with cursor.copy(copying) as copy:
                    for data in copy:
                        put(data)
            cursor.execute(sql.SQL("SELECT COUNT(*) FROM {}").format(table))
            rows[name] = int(cast("Any", cursor.fetchone())[0])
            progress(place * 100 // len(names))
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value > 0"
        )
        with add(COUNTED) as put:
            put(json.dumps(dict(cursor.fetchall())).encode())
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        migrations = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT id, hash FROM ledger ORDER BY id DESC LIMIT 1")
        newest = cursor.fetchone()
    return rows, {"migrations": migrations, "ledger": tuple(newest) if newest else (0, "")}


def load_tables(read: Callable[[str], IO[bytes]], rows: Mapping[str, int], progress: Progress) -> None:
    """Fill the tables in one transaction. Raises NotReady unless nobody lives in this database yet."""
    with transaction.atomic():
        cursor = cast("Any", connection.cursor().cursor)
        cursor.execute("SELECT COUNT(*) FROM ledger")
        if cursor.fetchone()[0]:
            raise NotReady(
                "This database already holds a desk: name an empty one in DATABASE_URL. Nothing was changed."
            )
        names = [name for name in _tables(cursor) if name in rows]
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, names))))
        for place, name in enumerate(_leading_first(cursor, names), 1):
            copying = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), _columns(cursor, name))
            with read(f"tables/{name}.copy") as file, cursor.copy(copying) as copy:
                while data := file.read(_CHUNK):
                    copy.write(data)
            progress(place * 100 // len(names))
        for statement in connection.ops.sequence_reset_sql(
            no_style(), apps.get_models(include_auto_created=True)
        ):
            cursor.execute(statement)
        with suppress(KeyError):  # backups were without it once
            _count_on(cursor, json.loads(read(COUNTED).read()))


def _count_on(cursor: Any, counted: Mapping[str, int]) -> None:
    """The number of a row that left is not given again: the ledger and reports would name another by it."""
    cursor.execute(
        "SELECT sequencename, COALESCE(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"
    )
    for name, given in cursor.fetchall():
        if counted.get(name, 0) > given:
            cursor.execute("SELECT setval(%s, %s)", [name, counted[name]])


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in cursor.fetchall() if name not in LEFT_OUT]


def _leading_first(cursor: Any, names: Sequence[str]) -> list[str]:
    """Tables in the order of what they refer to: a guard looks at rows of others while a row comes in."""
    cursor.execute(
        "SELECT a.relname, b.relname FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid "
        "JOIN pg_class b ON b.oid = c.confrelid WHERE c.contype = 'f'"
    )
    refers: dict[str, list[str]] = {name: [] for name in names}
    for name, to in cursor.fetchall():
        if name in refers and to in refers:
            refers[name].append(to)
    done: set[str] = set()

    def visit(name: str) -> None:
        if name not in done:
            done.add(name)  # a circle ends here
            for to in refers[name]:
                visit(to)
            order.append(name)

    order: list[str] = []
    for name in names:
        visit(name)
    return order


def _columns(cursor: Any, table: str) -> sql.Composed:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
