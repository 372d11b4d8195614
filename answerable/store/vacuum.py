"""Asks PostgreSQL to take erased rows out of its files; its own vacuum waits for a fifth of a table to die.

A vacuum blocks nobody. The index of words keeps words that stand in no row any more, until it is built anew.
"""

from __future__ import annotations

from django.db import connection

MOST = 500  # tables in one round
INDEX = "item_search_words"


def touched(*, anew: bool = False) -> list[str]:
    """Vacuum the tables that hold dead rows; their names. `anew` builds the index of words again as well.

    That takes as long as indexing all messages, while everybody reads and writes on: once a day is enough.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE n_dead_tup > 0 AND schemaname = current_schema() "
            "ORDER BY n_dead_tup DESC LIMIT %s",
            [MOST],
        )
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(name)}")
        if anew:
            cursor.execute(f"REINDEX INDEX CONCURRENTLY {INDEX}")
    return names
