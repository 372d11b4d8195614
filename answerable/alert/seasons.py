"""How much is said at which hour of the day and day of the week, shrunk towards flat while little is known.

An hour's factor is what that hour usually holds against the average hour; a window's exposure is the sum of
the factors it covers, so that a quiet night and a busy noon are measured with their own yardstick.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

HOUR_MS = 3_600_000
DAYS = 28  # of history that make the season
HOURS, WEEKDAYS = 24, 7
_ITEMS = 20.0  # items' worth of belief that every hour is alike …
_TIMES = 3.0  # … and times an hour must have come round before it is believed by half
_LEAST = 0.1  # no hour is believed to be emptier than this


class Seasons:
    """Items by hour since 1970 (UTC) of the whole stream, repeats included."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._newest = 0
        self._factors: dict[int, float] = {}  # by hour of the week, made anew every hour
        self._sums: list[float] = []  # of the factors before each hour of two weeks; empty when all are 1
        self._made_at = -1

    def load(self, counts: Mapping[int, int]) -> None:
        """Add counts of an earlier run, by hour since 1970."""
        for hour, items in counts.items():
            self.add(hour * HOUR_MS, items)

    def add(self, at: int, items: int = 1) -> None:
        """Count items published at `at` (ms)."""
        hour = at // HOUR_MS
        self._counts[hour] = self._counts.get(hour, 0) + items
        self._newest = max(self._newest, hour)

    def exposure(self, start: int, end: int) -> float:
        """Hours between two times (ms), each weighed by its factor."""
        if end <= start:
            return 0.0
        first, last = start // HOUR_MS, end // HOUR_MS
        if first == last:
            return (end - start) / HOUR_MS * self.factor(first)
        total = ((first + 1) * HOUR_MS - start) / HOUR_MS * self.factor(first)
        total += self._between(first + 1, last)
        return total + (end - last * HOUR_MS) / HOUR_MS * self.factor(last)

    def factor(self, hour: int) -> float:
        """What an hour since 1970 usually holds, against the average hour."""
        if self._made_at != self._newest:
            self._make()
        return self._factors.get(_slot(hour), 1.0)

    def _between(self, first: int, last: int) -> float:
        """The factors of the hours from `first` to before `last`, by what they sum up to over a week."""
        if self._made_at != self._newest:
            self._make()
        if not self._sums:
            return float(last - first)
        weeks, start = (last - first) // (HOURS * WEEKDAYS), _slot(first)
        end = start + (last - first) % (HOURS * WEEKDAYS)
        return weeks * self._sums[HOURS * WEEKDAYS] + self._sums[end] - self._sums[start]

    def _make(self) -> None:
        self._made_at = self._newest
        oldest = self._newest - DAYS * HOURS
        self._counts = {hour: items for hour, items in self._counts.items() if hour > oldest}
        # The hour that is being heard is not over yet and says nothing of how full it will be.
        first = min(self._counts, default=self._newest)
        span = range(first, self._newest)
        total = sum([self._counts.get(hour, 0) for hour in span])
        if not total:
            self._factors, self._sums = {}, []
            return
        mean = total / len(span)
        by_hour = [_shrunk(self._counts, span, mean, HOURS, place) for place in range(HOURS)]
        days = range(first // HOURS, self._newest // HOURS)
        by_day = [_shrunk(self._counts, days, mean * HOURS, WEEKDAYS, place) for place in range(WEEKDAYS)]
        self._factors = {
            day * HOURS + hour: max(_LEAST, by_day[day] * by_hour[hour])
            for day in range(WEEKDAYS) for hour in range(HOURS)
        }  # fmt: skip
        self._sums = list(accumulate([*self._factors.values()] * 2, initial=0.0))


def _slot(hour: int) -> int:
    return hour // HOURS % WEEKDAYS * HOURS + hour % HOURS


def _shrunk(counts: Mapping[int, int], span: range, mean: float, cycle: int, place: int) -> float:
    """The factor of one place of a cycle: its count against the mean, believed as often as it came."""
    size = HOURS if cycle == WEEKDAYS else 1
    times = [one for one in span if one % cycle == place]
    if not times:
        return 1.0
    heard = sum([counts.get(hour, 0) for one in times for hour in range(one * size, (one + 1) * size)])
    ratio = (heard + _ITEMS) / (mean * len(times) + _ITEMS)
    return 1.0 + (ratio - 1.0) * len(times) / (len(times) + _TIMES)
