"""What the public may know of cases: counts of disjoint groups, none below ten, and the rates that follow.

Totals are sums of what is published, and a group's counts differ by nothing or by ten at least from those of
every earlier day: so no difference of two published numbers tells about fewer than ten cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

SMALLEST = 10  # no count between 1 and 9 is published, nor can be found by a difference
SAMPLE = 30  # cases of a unit from which it has a row of its own
PAIRS = (("due", "in_time"), ("answered", "solved"), ("asked", "helped"))  # whole and part of each rate
OTHERS = ""  # the group of all units that are too small for a row
FORMAT = "answerable-cases-1"
Json = Any
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of one unit in one year."""

    year: int
    unit: str
    pairs: Mapping[str, Pair]  # name of the whole -> whole, part


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate from published counts; low and high differ where a small part is withheld."""

    whole: int
    low: int  # the part is at least this
    high: int  # and at most this

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def share(self) -> float | None:
        """The middle of what it may be, None without cases."""
        return (self.low + self.high) / 2 / self.whole if self.whole else None

    @property
    def percent(self) -> float | None:
        """The share as it is read, reckoned as the published script does: a digit apart is one too many."""
        return round(50 * (self.low + self.high) / self.whole, 1) if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95% by Wilson (1927), of the lowest and the highest it may be."""
        return (wilson(self.low, self.whole)[0], wilson(self.high, self.whole)[1]) if self.whole else None

    @property
    def percents(self) -> tuple[float, float] | None:
        """The interval as it is read."""
        found = self.interval
        return (round(100 * found[0], 1), round(100 * found[1], 1)) if found else None


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The 95% interval of a share."""
    z, n, p = 1.959964, tries, hits / tries
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def published(
    counted: Sequence[Counted],
    alone: Mapping[str, Mapping[str, int]],
    earlier: Sequence[Mapping[str, Json]],
    day: str,
) -> dict[str, Json]:
    """The document of a day. `earlier` are all that went out, the oldest first.

    `alone`: counts that are parts of nothing: cases left out by reason, heard by channel, heard of a place.
    """
    groups = []
    for year in sorted({one.year for one in counted}):
        gone_out = [[row for row in one.get("groups", ()) if row["year"] == year] for one in earlier]
        for unit, pairs in _grouped([one for one in counted if one.year == year], gone_out):
            row: dict[str, Json] = {"year": year, "unit": unit}
            shown = [old for rows in gone_out for old in rows if old["unit"] == unit]
            for whole, part in PAIRS:
                olds = [(old[whole], old[part]) for old in shown]
                row[whole], row[part] = _held(olds, pairs[whole])
            groups.append(row)
    counts = {
        of: {
            name: _whole(n, [one[of][name] for one in earlier if name in one.get(of, {})])
            for name, n in sorted(names.items())
        }
        for of, names in alone.items()
    }
    return {
        "format": FORMAT,
        "day": day,
        "smallest": SMALLEST,
        "sample": SAMPLE,
        "groups": groups,
        **counts,
    }


def _grouped(
    rows: Sequence[Counted], earlier: Sequence[Sequence[Mapping[str, Json]]]
) -> list[tuple[str, Mapping[str, Pair]]]:
    """Units with a row of their own, and all others together; those only if they are many enough.

    A unit leaves the others when no difference tells, and does not come back: below the sample it has no row.
    """
    named = {row["unit"] for day in earlier for row in day} - {OTHERS}
    own = [row for row in rows if row.unit in named and row.pairs["due"][0] >= SAMPLE]
    small = [row for row in rows if row.unit not in named]
    for row in sorted(small, key=lambda one: one.unit):
        if row.pairs["due"][0] >= SAMPLE:
            rest = [one for one in small if one is not row]
            if all(_may_leave(row, own, rest, day) for day in earlier):
                own, small = [*own, row], rest
    found: list[tuple[str, Mapping[str, Pair]]] = [
        (row.unit, row.pairs) for row in sorted(own, key=lambda one: one.unit)
    ]
    summed = _summed(small)
    return [*found, (OTHERS, summed)] if summed["due"][0] >= SAMPLE else found


def _may_leave(
    row: Counted, own: Sequence[Counted], rest: Sequence[Counted], day: Sequence[Mapping[str, Json]]
) -> bool:
    """Whether what was one number that day, and is told apart now, differs from it by nothing or by ten."""
    others = next((one for one in day if one["unit"] == OTHERS), None)
    if others is None:
        return True
    then = {one["unit"] for one in day}
    left = [one for one in own if one.unit not in then]  # they were among the others that day, too
    seen = rest if _summed(rest)["due"][0] >= SAMPLE else ()
    now = _summed([row, *left, *seen])
    return all(_apart((others[whole], others[part]), now[whole], now[whole][0]) for whole, part in PAIRS)


def _summed(rows: Sequence[Counted]) -> dict[str, Pair]:
    return {
        whole: (sum(row.pairs[whole][0] for row in rows), sum(row.pairs[whole][1] for row in rows))
        for whole, _ in PAIRS
    }


def _cell(whole: int, part: int) -> tuple[int, Json]:
    """A whole and its part as they may be read: a number, or which side of the split is too small to tell."""
    if whole < SMALLEST:
        return 0, 0
    if 0 < part < SMALLEST:
        return whole, "few"
    if 0 < whole - part < SMALLEST:
        return whole, "nearly all"
    return whole, part


def _held(olds: Sequence[tuple[Json, Json]], true: Pair) -> tuple[Json, Json]:
    """The fresh cell, unless it tells from any earlier one about fewer than ten cases: then the last one."""
    fresh = _cell(*true)
    return fresh if all(_apart(old, true, fresh[0]) for old in olds) else olds[-1]


def _apart(old: tuple[Json, Json], true: Pair, whole: int) -> bool:
    """Whether whole, part and what it lacks differ from an old cell by nothing or by ten at least."""
    edges = set(bounds(old[0], old[1]))
    steps = (
        abs(whole - old[0]),
        *(abs(edge - true[1]) for edge in edges),
        *(abs((old[0] - edge) - (true[0] - true[1])) for edge in edges),
    )
    return all(step == 0 or step >= SMALLEST for step in steps)


def _whole(count: int, olds: Sequence[int]) -> int:
    """A count that stands alone: 0 below ten, and by ten at least from what it was on any day."""
    fresh = count if count >= SMALLEST else 0
    return olds[-1] if any(0 < abs(fresh - old) < SMALLEST for old in olds) else fresh


def bounds(whole: int, part: Json) -> Pair:
    """The least and the most a published part may be."""
    if part == "few":
        return 1, SMALLEST - 1
    if part == "nearly all":
        return whole - SMALLEST + 1, whole - 1
    return int(part), int(part)


def rates(document: Mapping[str, Json], year: int) -> dict[str, dict[str, Rate]]:
    """Every rate of a year: of each group, and under "all" of their sum."""
    found: dict[str, dict[str, Rate]] = {"all": {whole: Rate(0, 0, 0) for whole, _ in PAIRS}}
    for row in document.get("groups", ()):
        if row["year"] != year:
            continue
        mine = {}
        for whole, part in PAIRS:
            low, high = bounds(row[whole], row[part])
            mine[whole] = Rate(row[whole], low, high)
            total = found["all"][whole]
            found["all"][whole] = Rate(total.whole + row[whole], total.low + low, total.high + high)
        found["unit:" + row["unit"]] = mine
    return found


def years(document: Mapping[str, Json]) -> list[int]:
    """Years with any group, the latest first."""
    return sorted({row["year"] for row in document.get("groups", ())}, reverse=True)
