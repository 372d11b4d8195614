"""Gives an empty SQLite file all tables at once: migrating takes seconds and always leaves the same.

`fresh.sql` holds that; `python -m answerable.run.fresh` writes it anew. A file that knows other migrations
than the code is not used, so a forgotten one costs time and nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.db import connection
from django.utils import timezone

from answerable.store.reading.rows import rows

FILE = Path(__file__).with_name("fresh.sql")
_APPLIED = re.compile(r"^INSERT INTO \"django_migrations\" VALUES\(\d+,'(\w+)','(\w+)',", re.MULTILINE)
_HEAD = "-- What all migrations leave of an empty SQLite file. Written by: python -m answerable.run.fresh\n"


def lay(known: set[tuple[str, str]]) -> bool:
    """Make all tables, or nothing, in an empty SQLite file; returns whether it did.

    `known` are (app, name) of the migrations in the code.
    """
    if connection.vendor != "sqlite" or rows("SELECT 1 FROM sqlite_master LIMIT 1") or not FILE.is_file():
        return False
    script = FILE.read_text("utf-8")
    if set(_APPLIED.findall(script)) != known:
        return False
    connection.connection.executescript(f"BEGIN IMMEDIATE;\n{script}COMMIT;")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = %s", [timezone.now()])
    return True


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
    return _HEAD + "\n".join(lines) + "\n"


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
