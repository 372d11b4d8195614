"""A collector in one file: the notice boards of Townwire, a service that exists only as an example.

A board answers `{"notices": [{"id", "title", "body", "at", "link", "by"}, …]}`, the newest first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.collect.fetch import Fetcher
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from answerable.records import Incoming, Rejected, SourceFacts

EVERY_S = 900


class TownwireCollector:
    """One board. The cursor holds the server's mark of what we saw last, and when to come again."""

    name = "townwire"

    def __init__(self, source: SourceFacts, fetcher: Fetcher, pool: ParsePool) -> None:
        self._source = source
        self._fetcher = fetcher  # the only way out: it refuses private addresses and has limits
        self._pool = pool  # strangers' bytes are parsed there: it is killed when they take too long

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Ask the board once. Reading the same notices again is harmless: their ids tell them apart."""
        answer = self._fetcher.get(
            self._source.address, etag=str(cursor.get("etag", "")), accept="application/json"
        )
        after: Cursor = {"etag": answer.etag, "interval_s": EVERY_S}
        if answer.status == 304:
            yield [], {**cursor, **after}
            return
        rows: list[Any] = list(self._pool.beside("townwire", seconds=2.0).run("notices", answer.body))
        rows.reverse()  # oldest first: stories grow in the order in which things happened
        for start in range(0, max(len(rows), 1), BATCH):
            # Only the last batch moves the cursor: after a kill the others are offered again, and are known.
            last = start + BATCH >= len(rows)
            yield [*map(message, rows[start : start + BATCH])], after if last else cursor


def message(row: dict[str, str]) -> Incoming | Rejected:
    """What the door expects. It masks and cleans, makes the author a pseudonym, and seals the link."""
    try:
        published = datetime.fromisoformat(row["at"]) if row["at"] else None
    except ValueError:
        return Rejected(f"notice {row['id'][:40]}", "bad_time")
    return Incoming(
        external_id=row["id"],
        text=row["body"],
        title=row["title"],
        link=row["link"],
        author=row["by"],
        published=published,
    )


def notices(body: bytes) -> list[dict[str, str]]:
    """The rows of a board as plain strings. Runs in a parse worker, without network."""
    try:
        found = json.loads(body)["notices"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceTrouble("not_a_feed") from error
    fields = ("id", "title", "body", "at", "link", "by")
    return [
        {field: str(row.get(field) or "") for field in fields}
        for row in found
        if isinstance(row, dict) and row.get("id")
    ]


JOBS = {"notices": notices}  # what a parse worker of this module can do
