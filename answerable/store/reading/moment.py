"""Up to which moment a page of stories reads: now, the drill's own time, or the newest item of an old stream.

Imported streams may end years ago; their pages then show the 24 hours before their newest item, and say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.store import drills
from answerable.store.reading.rows import rows
from answerable.store.stream import from_ms, to_ms

HOUR_MS = 3_600_000
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of what a page of stories looks at."""

    at: datetime
    kind: str  # "now", "drill" or "newest" (nothing was published in the last 24 hours)

    @property
    def ms(self) -> int:
        """Epoch milliseconds, as items carry them."""
        return to_ms(self.at)

    @property
    def hour(self) -> int:
        """Hours since 1970, as `story_hours` counts them."""
        return self.ms // HOUR_MS


def newest_item(exercise: bool) -> int | None:
    """When the newest item of the space was published, ms; None while there is none."""
    found = rows(
        "SELECT last_seen FROM stories WHERE exercise = %s AND merged_into_id IS NULL "
        "ORDER BY last_seen DESC LIMIT 1",
        [exercise],
    )
    return int(found[0][0]) if found else None


def reading_moment(exercise: bool, now: datetime) -> Moment:
    """The moment up to which pages of this space read."""
    newest = newest_item(exercise)
    if exercise:
        drill = drills.current()
        if drill and drill.ended_at is None:
            return Moment(drills.exercise_now(drill, now), "drill")
        return Moment(
            from_ms(newest) if newest is not None else now, "newest" if newest is not None else "now"
        )
    if newest is not None and from_ms(newest) < now - DAY:
        return Moment(from_ms(newest), "newest")
    return Moment(now, "now")
