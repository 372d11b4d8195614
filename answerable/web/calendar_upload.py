"""A calendar file that somebody uploads: its times, never what they are about.

It is read in a process that can be killed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.web.request import Request

MOST_BYTES = 1_000_000
AHEAD = timedelta(days=400)


def given(request: Request) -> bool:
    """Whether a file came with the form."""
    return "file" in request.FILES


def days(request: Request) -> list[date]:
    """Every whole day that the file names, from today on: a calendar of holidays."""
    found: list[date] = []
    for start, end, whole in _events(request):
        if whole:
            first, last = date.fromisoformat(start), date.fromisoformat(end)
            found += [first + timedelta(days=n) for n in range((last - first).days)]
    if not found:
        raise BadInput("This calendar names no whole day ahead of us.")
    return found


def spans(request: Request) -> list[tuple[datetime, datetime]]:
    """Every time ahead that the file names; a whole day is from midnight to midnight at the desk."""
    zone = request.texts.zone
    found = []
    for start, end, whole in _events(request):
        if whole:
            midnights = (datetime.combine(date.fromisoformat(day), time(), zone) for day in (start, end))
            first, last = (one.astimezone(UTC) for one in midnights)
        else:
            first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
        if first < last and last > request.now:
            found.append((first, last))
    if not found:
        raise BadInput("This calendar has no time ahead of us.")
    return found


def _events(request: Request) -> list[tuple[str, str, bool]]:
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        raise BadInput("Choose a calendar file (.ics).")
    if (file.size or 0) > MOST_BYTES:
        raise BadInput("The calendar is longer than 1 MB: export the part that lies ahead.")
    span = {"since": request.now.isoformat(), "until": (request.now + AHEAD).isoformat()}
    try:
        with ParsePool(1) as pool:
            found = pool.run("calendar", file.read(), **span)
    except SourceTrouble as error:
        raise BadInput("This is no calendar file: export it as iCalendar (.ics).") from error
    rows = [one for one in found if isinstance(one, dict)]
    return [(str(one["start"]), str(one["end"]), bool(one["day"])) for one in rows]
