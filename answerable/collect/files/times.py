"""Reads a time as people and other tools write it. A time without a zone is of the zone that is given.

`3/4/2026` is the third of April unless the file itself shows that its months come first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from answerable.errors import BadInput

NUMBER = re.compile(r"-?\d{1,16}(?:\.\d{1,9})?")
_CLOCK = (
    r"(?:[ T,]+(?:(上午|下午|凌晨|早上|中午|晚上)\s*)?(\d{1,2})[:时点](\d{2})分?"
    r"(?::?(\d{2})秒?)?(?:\.\d+)?\s*([AaPp][.]?[Mm][.]?)?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.年-]\s?(\d{1,2})[/.月-]\s?(\d{1,2})日?" + _CLOCK)
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + _CLOCK)
# As the interfaces of Weibo and of the former Twitter write it: Tue May 31 17:46:55 +0800 2011
_WEEKDAY = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{2}):?(\d{2}) (\d{4})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_MILLISECONDS_FROM = 1e11  # seconds of the year 5138; larger numbers are milliseconds
_LATER_HALF = ("下午", "晚上")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the times of one file are read."""

    zone: tzinfo = UTC  # of times that name none
    day_first: bool = True  # whether 3/4/2026 is in April


def read_zone(name: str) -> tzinfo:
    """A zone from `+08:00`, `UTC-3`, `UTC` or `Asia/Shanghai`. Raises BadInput."""
    name = name.strip()
    if name.upper() in ("", "UTC", "GMT", "Z"):
        return UTC
    if found := _OFFSET.fullmatch(name):
        sign, hours, minutes = found.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset <= timedelta(hours=14):
            return timezone(-offset if sign == "-" else offset)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"{name[:60]!r} is no time zone; write it like +08:00 or Asia/Shanghai.") from error


def read_time(value: Any, reading: Reading = Reading()) -> datetime | None:
    """An aware UTC time; None when there is no time in it.

    ISO 8601, RFC 5322, `2017/12/3 9:08`, `3/12/2017 9:08 pm`, `2017年12月3日 9:08`,
    `Tue May 31 17:46:55 +0800 2011`, seconds or milliseconds since 1970.
    """
    text = value if isinstance(value, str) else _number(value)
    text = text.strip()
    if not text or len(text) > 60:
        return None
    try:
        when = _parsed(text, reading)
        return (
            when.replace(tzinfo=reading.zone).astimezone(UTC) if when.tzinfo is None else when.astimezone(UTC)
        )
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def month_first(value: Any) -> bool | None:
    """Whether this time shows its order: True `3/14/2026`, False `14/3/2026`, None when it shows none."""
    found = _YEAR_LAST.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 60 else None
    first, second = (int(found[1]), int(found[2])) if found else (0, 0)
    return None if (first > 12) == (second > 12) else second > 12


def names_day_and_month(value: Any) -> bool:
    """Whether this time is written like `3/4/2026`, which can be read in two ways."""
    return isinstance(value, str) and len(value) < 60 and bool(_YEAR_LAST.fullmatch(value.strip()))


def names_zone(value: Any) -> bool:
    """Whether this time says its own zone, or is counted from 1970."""
    here, there = (read_time(value, Reading(timezone(timedelta(hours=h)))) for h in (0, 9))
    return here is not None and here == there


def _number(value: Any) -> str:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _parsed(text: str, reading: Reading) -> datetime:
    # An ISO date without dashes is eight digits as well; no message is from the first half year of 1970.
    if NUMBER.fullmatch(text) and len(text.partition(".")[0]) >= 9:
        number = float(text)
        return datetime.fromtimestamp(number / 1000 if abs(number) >= _MILLISECONDS_FROM else number, UTC)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups()[:3])
        return _with_clock(year, month, day, found.groups()[3:])
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = (int(part) for part in found.groups()[:3])
        day, month = (
            (first, second) if (reading.day_first and second <= 12) or first > 12 else (second, first)
        )
        return _with_clock(year, month, day, found.groups()[3:])
    if found := _WEEKDAY.fullmatch(text):
        month, day, hour, minute, second = _MONTHS.index(found[1]) + 1, *(int(found[n]) for n in range(2, 6))
        return datetime.fromisoformat(
            f"{found[8]}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{found[6]}:{found[7]}"
        )
    return parsedate_to_datetime(text)


def _with_clock(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime:
    part, hours, minutes, seconds, half = clock
    hour = int(hours or 0)
    later = part in _LATER_HALF or (half or "").casefold().startswith("p")
    if later and hour < 12:
        hour += 12
    elif hour == 12 and ((half or "").casefold().startswith("a") or part == "凌晨"):
        hour = 0
    return datetime(year, month, day, hour, int(minutes or 0), int(seconds or 0))  # noqa: DTZ001 - its zone follows
