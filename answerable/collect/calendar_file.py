"""Reads a calendar file (iCalendar, RFC 5545): when its events are, and nothing of what they are about.

Repeated events are laid out within a span. An event that says that its time stays free counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from answerable.errors import BadInput
from answerable.records import Json

MOST = 1000  # events that are read
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=400)  # of one event
_TRIES = 20_000  # times of one rule that are looked at, so that no rule takes for ever


def read(payload: bytes, *, since: str, until: str) -> list[Json]:
    """Events that touch the span (ISO 8601, UTC), each as {"start", "end", "day"}, in order.

    `day` is true for whole days: start and end are dates then, the end not included. BadInput otherwise.
    """
    try:
        found = Calendar.from_ical(payload, multiple=True)
    # A zone's name may be that of a folder of zones; a parameter with two values is no text to the library.
    except (ValueError, OSError, AttributeError, TypeError, LookupError) as error:
        raise BadInput("This is no calendar file: export it as iCalendar (.ics).") from error
    if not found or any(one.name != "VCALENDAR" for one in found):
        raise BadInput("This is no calendar file: export it as iCalendar (.ics).")
    span = datetime.fromisoformat(since), datetime.fromisoformat(until)
    times: list[tuple[date, date]] = []
    for calendar in found:
        for event in calendar.walk("VEVENT"):
            free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
            if free or str(event.get("STATUS", "")).upper() == "CANCELLED":
                continue
            times += islice(_times(event, *span), MOST - len(times))
    times.sort(key=lambda one: (one[0].isoformat(), one[1].isoformat()))
    return [
        {"start": start.isoformat(), "end": end.isoformat(), "day": not isinstance(start, datetime)}
        for start, end in times
    ]


def _times(event: Any, since: datetime, until: datetime) -> Iterator[tuple[Any, Any]]:
    """The times of one event that touch the span: all of those that it repeats."""
    start = _decoded(event, "DTSTART")
    if not isinstance(start, date):
        return
    length = _length(event, start)
    for one in _starts(event, start, since - length, until):
        end = one + length
        if _moment(one) < until and _moment(end) > since:
            yield (one, end) if isinstance(start, datetime) else (one.date(), end.date())


def _starts(event: Any, start: date, since: datetime, until: datetime) -> Iterator[datetime]:
    """Each start as a moment in UTC; for whole days as midnight without a zone, which keeps them dates."""
    first = start if isinstance(start, datetime) else datetime.combine(start, time())
    rule = event.get("RRULE")
    if rule is None:
        yield _utc(first) if isinstance(start, datetime) else first
        return
    out = {_moment(one.dt) for listed in _listed(event.get("EXDATE")) for one in listed.dts}
    # Laid out on the wall of the event's own zone, so that nine o'clock stays nine o'clock.
    laid: Iterable[datetime] = [first]
    # A rule that cannot be read: the event itself stands.
    with suppress(ValueError, TypeError, AttributeError):
        laid = rrulestr(_rule(rule), dtstart=first, ignoretz=first.tzinfo is None)
    for one in islice(laid, _TRIES):
        if _moment(one) >= until:
            return
        if _moment(one) >= since and _moment(one) not in out:
            yield _utc(one) if isinstance(start, datetime) else one


def _rule(rule: Any) -> str:
    """The rule of the first RRULE; some calendars write more than one, which the standard left behind."""
    return str(_listed(rule)[0].to_ical().decode("ascii", "replace"))


def _length(event: Any, start: date) -> timedelta:
    end, lasts = _decoded(event, "DTEND"), _decoded(event, "DURATION")
    if isinstance(end, date) and isinstance(end, datetime) == isinstance(start, datetime):
        return min(max(_moment(end) - _moment(start), timedelta()), _LONGEST)
    if isinstance(lasts, timedelta):
        return min(max(lasts, timedelta()), _LONGEST)
    return timedelta() if isinstance(start, datetime) else _DAY


def _decoded(event: Any, name: str) -> Any:
    """A value of an event; None when it is not there, or cannot be read."""
    try:
        return event.decoded(name, None)
    except (ValueError, TypeError, AttributeError, KeyError, OSError):
        return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _moment(at: date) -> datetime:
    """A date as its midnight in UTC, to be compared."""
    return _utc(at) if isinstance(at, datetime) else datetime.combine(at, time(), UTC)
