"""What the public may know of cases: counts of disjoint groups, none below ten, and the rates that follow.

Totals are sums of what is published, and from day to day a group's counts change by nothing or by ten at
least: so no difference of two published numbers tells about fewer than ten cases.
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
    def interval(self) -> tuple[float, float] | None:
        """95% by Wilson (1927), of the lowest and the highest it may be."""
        return (wilson(self.low, self.whole)[0], wilson(self.high, self.whole)[1]) if self.whole else None


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The 95% interval of a share."""
    z, n, p = 1.959964, tries, hits / tries
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def published(
    counted: Sequence[Counted],
    alone: Mapping[str, Mapping[str, int]],
    before: Mapping[str, Json],
    day: str,
) -> dict[str, Json]:
    """The document of a day. `before` is the last one that went out, {} when there was none.

    `alone`: counts that are parts of nothing: cases left out by reason, heard by channel, heard of a place.
    """
    old = {(row["year"], row["unit"]): row for row in before.get("groups", ())}
    groups = []
    for year in sorted({one.year for one in counted}):
        for unit, pairs in _grouped([one for one in counted if one.year == year]):
            row: dict[str, Json] = {"year": year, "unit": unit}
            for whole, part in PAIRS:
                fresh = _cell(*pairs[whole])
                kept = old.get((year, unit), {})
                row[whole], row[part] = _held((kept.get(whole), kept.get(part)), pairs[whole], fresh)
            groups.append(row)
    counts = {
        of: {name: _whole(n, before.get(of, {}).get(name)) for name, n in sorted(names.items())}
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


def _grouped(rows: Sequence[Counted]) -> list[tuple[str, Mapping[str, Pair]]]:
    """Units with a row of their own, and all others together; those only if they are many enough."""
    own = sorted((row for row in rows if row.pairs["due"][0] >= SAMPLE), key=lambda row: row.unit)
    small = [row for row in rows if row.pairs["due"][0] < SAMPLE]
    found: list[tuple[str, Mapping[str, Pair]]] = [(row.unit, row.pairs) for row in own]
    if small:
        summed = {
            whole: (sum(row.pairs[whole][0] for row in small), sum(row.pairs[whole][1] for row in small))
            for whole, _ in PAIRS
        }
        if summed["due"][0] >= SAMPLE:
            found.append((OTHERS, summed))
    return found


def _cell(whole: int, part: int) -> tuple[int, Json]:
    """A whole and its part as they may be read: a number, or which side of the split is too small to tell."""
    if whole < SMALLEST:
        return 0, 0
    if 0 < part < SMALLEST:
        return whole, "few"
    if 0 < whole - part < SMALLEST:
        return whole, "nearly all"
    return whole, part


def _held(old: tuple[Json, Json], true: Pair, fresh: tuple[int, Json]) -> tuple[Json, Json]:
    """The fresh cell, unless it tells from the old one about fewer than ten cases."""
    if old[0] is None:
        return fresh
    low, high = bounds(old[0], old[1])
    steps = (
        abs(fresh[0] - old[0]),
        *(abs(edge - true[1]) for edge in {low, high}),
        *(abs((old[0] - edge) - (true[0] - true[1])) for edge in {low, high}),
    )
    return fresh if all(step == 0 or step >= SMALLEST for step in steps) else (old[0], old[1])


def _whole(count: int, old: Json) -> int:
    """A count that stands alone: 0 below ten, and changed by ten at least."""
    if isinstance(old, int) and 0 < abs(count - old) < SMALLEST:
        return old
    return count if count >= SMALLEST else 0


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
