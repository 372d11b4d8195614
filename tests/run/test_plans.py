"""What an engine asks its database for each batch costs as much in the tenth year as on the first day.

Plans are made without figures about the tables, as on a desk that has just started.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from answerable.run.engine import LocalEngine
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow
from tests.cast import Desk
from tests.store.test_stream import item, source

GROWING = "items|threads|stories|story_hours|tombstones|item_pictures|batches|signals"
# Read from end to end, or found by what half of all rows have in common. Of those that nothing has read
# yet, the index holds no others, and in order.
WHOLE = re.compile(rf"SCAN ({GROWING}|i|t|s)\b|Seq Scan on ({GROWING})\b")
HALF = re.compile(r"USING (?:COVERING )?INDEX (?!item_pending)\w+ \(exercise=\?\)$")


def _asked(work: Callable[[], None]) -> dict[str, Any]:
    """The statements of some work, each once, with values of theirs."""
    asked: dict[str, Any] = {}

    def watch(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().split(" ", 1)[0].upper() in {"SELECT", "UPDATE", "DELETE"} and not (
            many and not values
        ):
            asked.setdefault(sql, values[0] if many else values)
        return execute(sql, values, many, context)

    with connection.execute_wrapper(watch):
        work()
    return asked


def _plan(sql: str, values: Any) -> list[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # in small tables it is never worth while
            cursor.execute(f"EXPLAIN {sql}", values)
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [row[3] for row in cursor.fetchall()]


def test_no_batch_reads_all_that_was_ever_heard(desk: Desk) -> None:
    """Handing, understanding and resting find rows by an index that leads to few.

    Sabotage (on SQLite): let `item_pending` stand in order of the number alone.
    """
    at, numbers = source(kind="jsonl"), itertools.count(1)
    engine = LocalEngine(desk.home, Keyring.open(desk.home))

    def work() -> None:
        now = datetime.now(UTC)
        some = [
            item(at, number, f"the ferry {number} {number % 7} is late again", published=now, heard=now)
            for number in itertools.islice(numbers, 40)
        ]
        engine.hand(at.pk, some, {"line": 1})
        while engine.step():
            pass
        engine.rest()

    try:
        work()
        asked = _asked(work)
    finally:
        engine.close()
    assert ItemRow.objects.filter(thread=None).count() == 0
    plans = {sql: _plan(sql, values) for sql, values in asked.items()}
    assert any("item_pending" in line for plan in plans.values() for line in plan)
    wide = {
        sql: plan
        for sql, plan in plans.items()
        if any(WHOLE.search(line) or HALF.search(line) for line in plan)
    }
    assert wide == {}
