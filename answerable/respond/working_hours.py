"""Working time: when so many working hours have passed, and how many lie between two moments.

Hours are kept by the clock on the wall of a unit; every answer is a UTC instant, so a change to or from
summer time makes that one day shorter or longer, as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NOTHING = timedelta(0)
_DAY = timedelta(days=1)
_HORIZON = 4000  # days looked ahead; a calendar that never opens must not be walked for ever

Hours = tuple[time, time]  # from, to; to 00:00 is the end of the day
Span = tuple[datetime, datetime]  # UTC, the end not included


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The calendar of a unit. ValueError when a day's hours overlap or run backwards."""

    zone: str  # IANA name
    week: tuple[tuple[Hours, ...], ...]  # seven days, Monday first
    closed: frozenset[date] = frozenset()  # holidays
    special: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict)  # days with hours of their own

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        for hours in (*self.week, *self.special.values()):
            last = -1
            for start, end in hours:
                if not last <= _minute(start) < (_minute(end) or 1440):
                    raise ValueError("the hours of a day follow each other and never overlap")
                last = _minute(end) or 1440

    def of(self, day: date) -> tuple[Hours, ...]:
        """The hours of one day on the unit's wall."""
        if day in self.special:
            return self.special[day]
        return () if day in self.closed else self.week[day.weekday()]


def office(zone: str, closed: frozenset[date] = frozenset()) -> WorkingHours:
    """Monday to Friday, nine to five: what a desk begins with."""
    weekday = ((time(9), time(17)),)
    return WorkingHours(zone, (weekday,) * 5 + ((),) * 2, closed)


def open_spans(hours: WorkingHours, start: datetime, end: datetime) -> Iterator[Span]:
    """The working spans between two instants, in order, cut to them."""
    zone = ZoneInfo(hours.zone)
    day = start.astimezone(zone).date() - _DAY  # a zone's midnight may lie on the day before
    last = end.astimezone(zone).date()
    while day <= last:
        for begins, ends in hours.of(day):
            span_start = max(instant(day, begins, zone), start)
            until = day + _DAY if ends == time(0) else day
            span_end = min(instant(until, ends, zone), end)
            if span_start < span_end:
                yield span_start.astimezone(UTC), span_end.astimezone(UTC)
        day += _DAY


def worked(hours: WorkingHours, start: datetime, end: datetime) -> timedelta:
    """Working time between two instants; zero when the end is not after the start."""
    return sum((until - since for since, until in open_spans(hours, start, end)), NOTHING)


def after(hours: WorkingHours, start: datetime, work: timedelta) -> datetime:
    """The first instant at which `work` has been worked since `start`.

    No time to work is due at once, even at night. ValueError when the calendar does not open for ten years.
    """
    if work <= NOTHING:
        return start.astimezone(UTC)
    left, since = work, start
    for _ in range(_HORIZON // 30):
        until = since + 30 * _DAY
        for span_start, span_end in open_spans(hours, since, until):
            if span_end - span_start >= left:
                return span_start + left
            left -= span_end - span_start
        since = until
    raise ValueError("these working hours never open: give at least one day its hours")


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a time on the wall. One that is left out in spring is the moment of the change;
    of one that comes twice in autumn the first counts."""
    local = datetime.combine(day, wall, zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    # The clock jumps over this time: both readings of it meet at the jump.
    before, later = local.replace(fold=1).astimezone(UTC), instant
    low, high = min(before, later), max(before, later)
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _minute(wall: time) -> int:
    return wall.hour * 60 + wall.minute


ALWAYS = WorkingHours("UTC", (((time(0), time(0)),),) * 7)
