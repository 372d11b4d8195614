"""Reads a calendar file (iCalendar, RFC 5545): when its events are, and nothing of what they are about.

Repeated events are laid out within a span. An event that says that its time stays free counts for nothing.
The lines that tell of anything else never reach the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from answerable.collect.patience import ImpatientError, limited
from answerable.errors import BadInput
from answerable.records import Json

MOST = 1000  # events that are read
_NONE = "This is no calendar file: export it as iCalendar (.ics)."
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=400)  # of one event
_TRIES = 20_000  # times of one rule that are looked at, so that no rule takes for ever
_PATIENCE_S = 0.5  # on the processor, for all rules: those of a full calendar take a tenth
_MOST_LINES = 27_000  # that are read; a calendar of 1 MB has fewer
_MOST_DAYS = 10_000  # lines that leave out or add a day: a library makes a time with a zone of each
_MOST_LINE = 20_000  # bytes of one, folds included: a rule, or the days on which an event is left out
_LINES = re.compile(
    rb"^(?P<name>BEGIN|END|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|TRANSP|STATUS|TZ[A-Z]+)(?=[:;])[^\r\n]*+"
    rb"(?:(?:\r?\n)++[ \t][^\r\n]*+)*+",
    re.MULTILINE | re.IGNORECASE,
)
_DAYS = frozenset({b"EXDATE", b"RDATE"})
_ONCE = frozenset({b"DTSTART", b"DTEND", b"DURATION", b"RRULE", b"TRANSP", b"STATUS"})  # of a component


def read(payload: bytes, *, since: str, until: str) -> list[Json]:
    """Events that touch the span (ISO 8601, UTC), each as {"start", "end", "day"}, in order.

    `day` is true for whole days: start and end are dates then, the end not included. Raises BadInput for what
    is no calendar, and for one that is built to exhaust us.
    """
    try:
        found = Calendar.from_ical(_told_times(payload), multiple=True)
    # A zone's name may be that of a folder of zones; a parameter with two values is no text to the library.
    except (ValueError, OSError, AttributeError, TypeError, LookupError) as error:
        raise BadInput(_NONE) from error
    if not found or any(one.name != "VCALENDAR" for one in found):
        raise BadInput(_NONE)
    span = datetime.fromisoformat(since), datetime.fromisoformat(until)
    try:
        times = limited(lambda: _laid_out(found, *span), _PATIENCE_S)
    except ImpatientError as error:
        raise BadInput(_NONE) from error
    times.sort(key=lambda one: (one[0].isoformat(), one[1].isoformat()))
    return [
        {"start": start.isoformat(), "end": end.isoformat(), "day": not isinstance(start, datetime)}
        for start, end in times
    ]


def _told_times(payload: bytes) -> bytes:
    """The lines that say when something is."""
    lines = [*islice(_LINES.finditer(payload.removeprefix(b"\xef\xbb\xbf")), _MOST_LINES + 1)]
    if len(lines) > _MOST_LINES or any(len(line[0]) > _MOST_LINE for line in lines):
        raise BadInput(_NONE)
    if sum(line["name"].upper() in _DAYS for line in lines) > _MOST_DAYS:
        raise BadInput(_NONE)
    # The first of its name counts in a component; that some calendars repeat rules the standard left behind.
    inside: list[set[bytes]] = [set()]
    kept = []
    for line in lines:
        name = line["name"].upper()
        if name == b"BEGIN":
            inside.append(set())
        elif name == b"END" and len(inside) > 1:
            inside.pop()
        elif name in _ONCE:
            if name in inside[-1]:
                continue
            inside[-1].add(name)
        kept.append(line[0])
    return b"\r\n".join(kept)


def _laid_out(found: Iterable[Any], since: datetime, until: datetime) -> list[tuple[date, date]]:
    """The times of all events, in no order."""
    times: list[tuple[date, date]] = []
    for calendar in found:
        for event in calendar.walk("VEVENT"):
            free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
            if free or str(event.get("STATUS", "")).upper() == "CANCELLED":
                continue
            times += islice(_times(event, since, until), MOST - len(times))
    return times


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
