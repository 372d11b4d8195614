"""Full text of items, in any language: FTS5 on SQLite, tsvector on PostgreSQL.

Chinese has no spaces, so text and queries are cut into words the same way before they reach the index.
The index holds no copy of the text; leaving items are taken out word by word, so that erasure reaches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db import connection

_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"\w+")
MOST_WORDS = 12  # of a query; more says nothing more


def segment(text: str) -> str:
    """Text as the index reads it: words with spaces between, Chinese cut by the same dictionary always."""
    if not _CJK.search(text):
        return text
    import rjieba

    return " ".join(rjieba.cut_for_search(text))


def words(title: str, text: str) -> str:
    """What is indexed of an item. A pure function of the item, so that it can be taken out again exactly."""
    return segment(f"{title} {text}" if title else text).replace("\x00", " ")


def insert(rows: Iterable[tuple[int, str, str]]) -> None:
    """Index items given as (id, title, text), inside the caller's transaction."""
    values = [(item, words(title, text)) for item, title, text in rows]
    if not values:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("INSERT INTO item_search(rowid, words) VALUES (%s, %s)", values)
        else:
            cursor.executemany(
                "INSERT INTO item_search(item, words) VALUES (%s, to_tsvector('simple', left(%s, 200000)))",
                values,
            )


def remove(rows: Iterable[tuple[int, str, str]]) -> None:
    """Take items given as (id, title, text as indexed) out of the index, inside the caller's transaction."""
    values = [(item, words(title, text)) for item, title, text in rows]
    if not values:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # An index without content forgets a text only when told its words.
            cursor.executemany(
                "INSERT INTO item_search(item_search, rowid, words) VALUES ('delete', %s, %s)", values
            )
        else:
            cursor.execute("DELETE FROM item_search WHERE item = ANY(%s)", [[item for item, _ in values]])


def find(query: str, *, exercise: bool = False, limit: int = 50, offset: int = 0) -> list[int]:
    """Ids of items that hold all words of the query, newest first; [] for a query without words."""
    wanted = _wanted(query)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT s.rowid FROM item_search s CROSS JOIN items i ON i.id = s.rowid "
                "WHERE item_search MATCH %s AND i.exercise = %s ORDER BY s.rowid DESC LIMIT %s OFFSET %s",
                [" ".join(f'"{word}"' for word in wanted), exercise, limit, offset],
            )
        else:
            cursor.execute(
                "SELECT s.item FROM item_search s JOIN items i ON i.id = s.item "
                "WHERE s.words @@ plainto_tsquery('simple', %s) AND i.exercise = %s "
                "ORDER BY s.item DESC LIMIT %s OFFSET %s",
                [" ".join(wanted), exercise, limit, offset],
            )
        return [row[0] for row in cursor.fetchall()]


def _wanted(query: str) -> Sequence[str]:
    return _WORD.findall(segment(query[:400]))[:MOST_WORDS]
