"""The exercise clock: which minute of the drill's day is played at which real moment.

The first minutes are history, played at once. From then on the day runs `speed` times real time; it is a
day that is over when the drill is, so nothing is ever published in the future.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
HISTORY_MINUTES = 6 * 60 + 10  # 00:00 to 06:10 is there when the drill begins


@dataclass(frozen=True, slots=True)
class ExerciseClock:
    """Maps minutes of the day (0..1440) to exercise time and to the real moment they are due.

    started_at: real time of the start, UTC. day_starts_at: exercise time at that moment (06:10 in the town).
    speed: exercise seconds per real second, at least 1. Make one with `beginning`.
    """

    started_at: datetime
    day_starts_at: datetime
    speed: float

    def __post_init__(self) -> None:
        if not self.speed >= 1:
            raise ValueError("a drill cannot run slower than real time")

    @classmethod
    def beginning(cls, now: datetime, speed: float, zone: ZoneInfo) -> ExerciseClock:
        """A clock that starts now and plays the latest day of this zone that is over when the drill is.

        So texts that say "this morning" stand at a morning hour on the pages. With d the real length of
        what follows the history, the day ends at or before now + d. Minute m is due (m - history) / speed
        after the start and lies at least (24 h - m) * (1 - 1/speed) in the past by then, never in the
        future.
        """
        ends = now + timedelta(minutes=(DAY_MINUTES - HISTORY_MINUTES) / speed)
        midnight = ends.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        # A day of the drill has 24 hours, also where the clocks are changed.
        starts = midnight.astimezone(UTC) - timedelta(minutes=DAY_MINUTES - HISTORY_MINUTES)
        return cls(now, starts, speed)

    @property
    def lasts(self) -> timedelta:
        """Real time from the start to the last minute of the day."""
        return timedelta(minutes=(DAY_MINUTES - HISTORY_MINUTES) / self.speed)

    def published(self, minute: float) -> datetime:
        """Exercise time of a minute of the day."""
        return self.day_starts_at + timedelta(minutes=minute - HISTORY_MINUTES)

    def due(self, minute: float) -> datetime:
        """The real moment from which an item of that minute may be heard."""
        return self.started_at + timedelta(minutes=max(0.0, minute - HISTORY_MINUTES) / self.speed)

    def minute(self, now: datetime) -> float:
        """The minute of the day that is being played; 1440 once the day is over."""
        gone = max(0.0, (now - self.started_at).total_seconds()) / 60
        return min(float(DAY_MINUTES), HISTORY_MINUTES + gone * self.speed)

    def exercise_now(self, now: datetime) -> datetime:
        """What the exercise clock says at a real moment; it stands still when the day is over."""
        return self.published(self.minute(now))

    def town_time(self, now: datetime) -> str:
        """The hour in Brackwater, "08:04"; "24:00" when the day is over."""
        minute = int(self.minute(now))
        return f"{minute // 60:02d}:{minute % 60:02d}"
