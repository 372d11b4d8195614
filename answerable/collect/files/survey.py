"""One look at all times of a file before it is read: do its rows stand in order, and do months come first?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from answerable.collect.files.times import Reading, month_first, names_day_and_month, read_time


@dataclass(frozen=True, slots=True)
class Survey:
    """How a file is to be read."""

    reading: Reading
    in_order: bool


@dataclass(slots=True)
class _Order:
    """Whether times rise, read in one of two ways. Nothing may follow a row without one: it is heard now."""

    reading: Reading
    rising: bool = True
    latest: datetime | None = None

    def note(self, when: datetime | None, *, untimed: bool) -> None:
        if when is None:
            return
        if untimed or (self.latest is not None and when < self.latest):
            self.rising = False
        self.latest = when


@dataclass(slots=True)
class _Shown:
    months: int = 0
    days: int = 0
    untimed: bool = False
    orders: list[_Order] = field(default_factory=list)


def survey(times: Iterable[Any], zone: tzinfo) -> Survey:
    """Look at the raw times of all rows."""
    by_day, by_month = _Order(Reading(zone)), _Order(Reading(zone, day_first=False))
    seen = _Shown(orders=[by_day, by_month])
    for raw in times:
        _note(raw, seen)
    # 14/3 shows that days come first, 3/14 that months do; a file that shows neither is read by days.
    chosen = by_month if seen.months and not seen.days else by_day
    return Survey(chosen.reading, chosen.rising)


def _note(raw: Any, seen: _Shown) -> None:
    shown = month_first(raw)
    seen.months += shown is True
    seen.days += shown is False
    when = read_time(raw, seen.orders[0].reading)
    seen.orders[0].note(when, untimed=seen.untimed)
    if names_day_and_month(raw):
        when = read_time(raw, seen.orders[1].reading)
    seen.orders[1].note(when, untimed=seen.untimed)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        seen.untimed = True
