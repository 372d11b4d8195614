"""Shifts as an iCalendar (RFC 5545), so that everybody sees their duty beside their own appointments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One shift. `uid` stays the same as long as the shift does."""

    uid: str
    start: datetime
    end: datetime
    summary: str


def calendar(name: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """The entries as one calendar file, times in UTC."""
    made = Calendar()
    made.add("prodid", "-//Answerable//Duty//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now)
        event.add("dtstart", entry.start)
        event.add("dtend", entry.end)
        event.add("summary", entry.summary)
        made.add_component(event)
    return bytes(made.to_ical())
