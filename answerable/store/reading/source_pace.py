"""How often a source brings something new, and how long that takes from there to us: learned from itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from answerable.store.hearing import hour_of
from answerable.store.models import Source
from answerable.store.reading.rows import marks, rows
from answerable.store.stream import to_ms

WEEK = 24 * 7  # hours that are looked at: every day of the week once
LEAST_HOURS, LEAST_NEWS = 24, 3  # below that a rhythm is chance
NEWEST = 20  # items whose way is timed
LEAST_TIMED = 3
BACKFILL = timedelta(hours=1)  # what a new source brings at first was written long before we listened
AT_ONCE = 100  # parts of one query; SQLite takes 500


@dataclass(frozen=True, slots=True)
class Pace:
    """None: not known yet."""

    usual_s: int | None = None  # between two answers with something new, over the last week
    delay_s: int | None = None  # from publication to being heard, median of the newest items


NOT_KNOWN = Pace()


def paces(sources: Sequence[Source], now: datetime) -> dict[int, Pace]:
    """The pace of each of these sources."""
    usual, delays = _usual([source.pk for source in sources], now), _delays(sources)
    return {source.pk: Pace(usual.get(source.pk), delays.get(source.pk)) for source in sources}


def _usual(ids: Sequence[int], now: datetime) -> dict[int, int]:
    found: dict[int, int] = {}
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        counted = rows(
            "SELECT source_id, COUNT(*), SUM(news) FROM source_hours WHERE hour > %s "  # noqa: S608 (marks only)
            f"AND source_id IN ({marks(some)}) GROUP BY source_id",
            [hour_of(now) - WEEK, *some],
        )
        for source, hours, news in counted:
            if hours >= LEAST_HOURS and news >= LEAST_NEWS:
                found[source] = round(hours * 3600 / news)
    return found


def _delays(sources: Sequence[Source]) -> dict[int, int]:
    """A few rows by the index of each source: a whole table would take too long."""
    one = (
        "SELECT * FROM (SELECT source_id, heard - published FROM items WHERE source_id = %s AND heard > %s "  # noqa: S608 (our own number)
        f"ORDER BY heard DESC LIMIT {NEWEST}) newest"
    )
    timed: dict[int, list[int]] = defaultdict(list)
    for at in range(0, len(sources), AT_ONCE):
        some = sources[at : at + AT_ONCE]
        values = [value for source in some for value in (source.pk, to_ms(source.added_at + BACKFILL))]
        for source, delay in rows(" UNION ALL ".join([one] * len(some)), values):
            timed[source].append(delay)
    return {
        source: round(median(delays) / 1000) for source, delays in timed.items() if len(delays) >= LEAST_TIMED
    }
