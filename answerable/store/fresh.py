"""Gives an empty database all tables at once: migrating takes many seconds and always leaves the same.

A script for each kind of database holds that; `python -m answerable.run.fresh` writes them anew. One that
knows other migrations than the code is not used, so a forgotten one costs time and nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from answerable.store.reading.rows import rows

FILE = Path(__file__).with_name("fresh.sql")
POSTGRESQL = Path(__file__).with_name("fresh_postgresql.sql")
_APPLIED = re.compile(
    r"^INSERT INTO (?:\"|public\.)django_migrations\"? VALUES ?\(\d+, ?'(\w+)', ?'(\w+)',", re.MULTILINE
)
_HEAD = "-- What all migrations leave of an empty {} database. Written by: python -m answerable.run.fresh\n"
# What a dump says of itself and its session, none of which is the database.
_SESSION = re.compile(r"--|SET |SELECT pg_catalog\.set_config\(|\\(?:un)?restrict|$")
_MOMENT = re.compile(r"(?<=')\d{4}-\d\d-\d\d [\d:.]+\+00(?=')")


def lay(known: set[tuple[str, str]]) -> bool:
    """Make all tables, or nothing, in an empty database; returns whether it did.

    `known` are (app, name) of the migrations in the code.
    """
    postgresql = connection.vendor == "postgresql"
    file = POSTGRESQL if postgresql else FILE
    if not file.is_file() or not (_is_empty_schema() if postgresql else _is_empty_file()):
        return False
    script = file.read_text("utf-8")
    if set(_APPLIED.findall(script)) != known:
        return False
    if postgresql:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(script)
    else:
        connection.connection.executescript(f"BEGIN IMMEDIATE;\n{script}COMMIT;")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = %s", [timezone.now()])
    return True


def _is_empty_file() -> bool:
    return not rows("SELECT 1 FROM sqlite_master LIMIT 1")


def _is_empty_schema() -> bool:
    """Whether nothing is in the schema that the script fills, and new tables would go there."""
    found = rows(
        "SELECT current_schema() = 'public' AND NOT EXISTS "
        "(SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace) AND NOT EXISTS "
        "(SELECT 1 FROM pg_proc WHERE pronamespace = 'public'::regnamespace)"
    )
    return bool(found[0][0])


def of_dump(dump: str) -> str:
    """The script of a migrated PostgreSQL database, from what its `pg_dump --inserts` writes.

    The moment of a migration is not kept: it is that of the first start.
    """
    kept = [line for line in dump.splitlines() if not _SESSION.match(line)]
    script = _MOMENT.sub("1970-01-01 00:00:00+00", "\n".join(kept))
    return _HEAD.format("PostgreSQL") + script + "\n"


def written() -> str:
    """The script of the migrated SQLite file that is connected."""
    made = rows("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    virtual = [name for _, name, sql in made if sql.startswith("CREATE VIRTUAL")]
    # A virtual table makes its own ones beside it.
    made = [
        (kind, name, sql)
        for kind, name, sql in made
        if not name.startswith(("sqlite_", *(f"{one}_" for one in virtual)))
    ]
    lines = [f"{sql};" for _, _, sql in made]
    for kind, name, _ in made:
        if name in virtual:
            lines += _configured(name)
        elif kind == "table":
            lines += _inserts(name)
    return _HEAD.format("SQLite") + "\n".join(lines) + "\n"


def _configured(search: str) -> list[str]:
    """What a search table was told, such as to delete words for good."""
    found = rows(f"SELECT k, quote(v) FROM {search}_config WHERE k <> 'version' ORDER BY k")  # noqa: S608 -- ours
    return [f"INSERT INTO {search}({search}, rank) VALUES('{key}', {value});" for key, value in found]


def _inserts(table: str) -> list[str]:
    columns = [name for _, name, *_ in rows(f'PRAGMA table_info("{table}")')]
    # The moment of a migration is not kept: it is that of the first start.
    quoted = ",".join("'1970-01-01'" if name == "applied" else f'quote("{name}")' for name in columns)
    found = rows(f'SELECT {quoted} FROM "{table}" ORDER BY 1')  # noqa: S608 -- ours
    values = [
        [f"'{value}'" if name == "applied" else value for name, value in zip(columns, row, strict=True)]
        for row in found
    ]
    return [f'INSERT INTO "{table}" VALUES({",".join(row)});' for row in values]
