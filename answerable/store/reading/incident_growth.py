"""How the matter of an incident grew: items by hour, how many sources had it by then, and its alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answerable.store.reading.moment import HOUR_MS
from answerable.store.reading.rows import instant, rows

MOST = 48  # bars
WIDTHS = (1, 2, 3, 6, 12, 24, 48, 168)  # hours of one bar
_STORIES = (
    "SELECT coalesce(o.merged_into_id, o.id) FROM incident_stories l "
    "JOIN stories o ON o.id = l.story_id WHERE l.incident_id = %s"
)


@dataclass(frozen=True, slots=True)
class Span:
    """One bar of the chart and one row of its table."""

    start: datetime
    items: int
    so_far: int  # items up to its end
    sources: int  # heard of it up to its end
    alerts: int  # raised within it


@dataclass(frozen=True, slots=True)
class Growth:
    """The whole of it; `spans` is empty while nothing was heard."""

    hours: int  # width of one bar
    spans: tuple[Span, ...]


def growth_of(incident: int) -> Growth:
    """The stories of an incident as they stand now. Counts stay when items leave; sources need them."""
    hours = dict(
        rows(
            f"SELECT hour, sum(items) FROM story_hours WHERE story_id IN ({_STORIES}) "  # noqa: S608
            "GROUP BY hour HAVING sum(items) > 0 ORDER BY hour",
            [incident],
        )
    )
    if not hours:
        return Growth(1, ())
    firsts = [
        int(first // HOUR_MS)
        for (first,) in rows(
            "SELECT min(i.published) FROM threads t JOIN items i ON i.thread_id = t.id "  # noqa: S608
            f"WHERE t.story_id IN ({_STORIES}) GROUP BY i.source_id",
            [incident],
        )
    ]
    raised = [
        int(instant(at).timestamp() // 3600)
        for (at,) in rows(
            f"SELECT raised_at FROM alerts WHERE story_id IN ({_STORIES})",  # noqa: S608
            [incident],
        )
    ]
    first, last = int(min(hours)), max(int(max(hours)), *raised, 0)
    width = next((one for one in WIDTHS if (last - first) // one < MOST), WIDTHS[-1])
    # The newest bars, when even weeks are too many: a matter that came back after years.
    begin = max(first - first % width, last - last % width - (MOST - 1) * width)
    starts = range(begin, last + 1, width)
    return Growth(width, tuple(_span(start, width, hours, firsts, raised) for start in starts))


def _span(start: int, width: int, hours: dict[int, int], firsts: list[int], raised: list[int]) -> Span:
    end = start + width
    return Span(
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=start),
        sum(int(items) for hour, items in hours.items() if start <= hour < end),
        sum(int(items) for hour, items in hours.items() if hour < end),
        sum(one < end for one in firsts),
        sum(start <= one < end for one in raised),
    )
