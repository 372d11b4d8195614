"""How alerts went lately: how many were raised and what people decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.store.reading.rows import rows, stored

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AlertWeek:
    """Alerts of the last seven days by what became of them."""

    raised: int
    waiting: int  # open or acknowledged
    incidents: int  # led to an incident
    dismissed: int


def alert_week(now: datetime, *, exercise: bool) -> AlertWeek:
    """Counts of the alerts raised in the seven days before `now`."""
    found = rows(
        "SELECT state, COUNT(*) FROM alerts "
        "WHERE exercise = %s AND raised_at > %s AND raised_at <= %s GROUP BY state",
        [exercise, stored(now - WEEK), stored(now)],
    )
    states = Counter(dict(found))
    return AlertWeek(
        raised=states.total(),
        waiting=states["open"] + states["acknowledged"],
        incidents=states["incident"] + states["closed"],
        dismissed=states["dismissed"],
    )
