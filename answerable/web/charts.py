"""Where the shapes of a chart stand: plain numbers in, plain geometry out; templates draw it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in the units of its box."""

    x: float
    y: float
    width: float
    height: float


def spark(counts: Sequence[int], height: int = 24, step: float = 4.0) -> tuple[Bar, ...]:
    """A row of small bars (96 × 24 for 24 hours). An hour with nothing keeps a line of one pixel."""
    top = max([*counts, 1])
    bars = []
    for place, count in enumerate(counts):
        tall = 1.0 if not count else max(2.0, round((height - 3) * count / top, 1))
        bars.append(Bar(round(place * step, 1), round(height - tall, 1), step - 1, tall))
    return tuple(bars)


def spark_paths(counts: Sequence[int]) -> tuple[str, str]:
    """The small bars as two paths, the hours before and the last one: a page has hundreds of them."""
    parts = [f"M{bar.x:g} {bar.y:g}h{bar.width:g}v{bar.height:g}h-{bar.width:g}z" for bar in spark(counts)]
    return "".join(parts[:-1]), "".join(parts[-1:])


def strip(heard: int, all_: int) -> tuple[str, str]:
    """The heard strip: one stroke for each source, as two paths (heard, deaf) in a box of 4 × n by 24.

    Deaf sources stand last and are shorter, so that the strip reads without colour.
    """
    shown = min(all_, 400)
    deaf = min(shown, math.ceil((all_ - heard) * shown / all_)) if all_ else 0
    well = shown - deaf
    return (
        "".join(f"M{4 * place + 1} 0h2v24h-2z" for place in range(well)),
        "".join(f"M{4 * place + 1} 14h2v10h-2z" for place in range(well, shown)),
    )


def nice_top(highest: float) -> tuple[int, int]:
    """(top of the axis, step of its three or four gridlines) for counts up to `highest`."""
    for exponent in range(12):
        for base in (1, 2, 5):
            step = base * 10**exponent
            if highest <= step * 4:
                return max(1, math.ceil(highest / step)) * step, step
    return math.ceil(highest), math.ceil(highest)


@dataclass(frozen=True, slots=True)
class Growth:
    """The chart of a story: bars of items heard, a band of what was expected, alert marks."""

    height: int
    bars: tuple[Bar, ...]  # x and width in per cent, y and height in pixels
    bands: tuple[Bar, ...]
    grid: tuple[tuple[float, int], ...]  # (y, value)
    labels: tuple[tuple[float, int], ...]  # (x in per cent, index of the bucket it names)
    alerts: tuple[float, ...]  # x in per cent
    zero: float
    ground: float  # y of the time labels


def growth(
    counts: Sequence[int],
    expected: Sequence[tuple[float, float] | None],
    alerts: Sequence[float],
    height: int = 274,
) -> Growth:
    """Lay out the growth chart. `expected` is (low, high) for each bucket, `alerts` are positions 0 to 1."""
    head, foot = 50.0, 24.0
    zero = height - foot
    highest = max([*counts, *(band[1] for band in expected if band), 1])
    top, step = nice_top(highest)
    scale = (zero - head) / top
    width = 100 / max(len(counts), 1)
    bars = tuple(
        Bar(
            round(n * width + width * 0.1, 3),
            round(zero - count * scale, 1),
            round(width * 0.8, 3),
            round(count * scale, 1),
        )
        for n, count in enumerate(counts)
        if count
    )
    bands = tuple(
        Bar(
            round(n * width, 3),
            round(zero - band[1] * scale, 1),
            round(width, 3),
            round(max(band[1] - band[0], 0) * scale, 1),
        )
        for n, band in enumerate(expected)
        if band
    )
    grid = tuple((round(zero - value * scale, 1), value) for value in range(step, top + 1, step))
    every = max(1, math.ceil(len(counts) / 8))
    labels = tuple((round(n * width, 3), n) for n in range(0, len(counts), every))
    marks = tuple(round(100 * place, 2) for place in alerts if 0 <= place <= 1)
    return Growth(height, bars, bands, grid, labels, marks, zero, height - 6.0)


@dataclass(frozen=True, slots=True)
class Spans:
    """Stories over the years: a bar each, as wide as it lasted and as tall as it was big."""

    height: int
    bars: tuple[Bar, ...]  # x and width in per cent, y and height in pixels
    grid: tuple[tuple[float, int], ...]  # (y, value)
    zero: float
    ground: float  # y of the time labels


def spans(stories: Sequence[tuple[int, int, int]], height: int = 180) -> Spans:
    """Lay out (first, last, items), times in any unit. A story of a moment keeps a bar of half a per cent."""
    zero, head = height - 24.0, 30.0
    first = min((one[0] for one in stories), default=0)
    whole = max(1, max((one[1] for one in stories), default=1) - first)
    top, step = nice_top(max((one[2] for one in stories), default=1))
    scale = (zero - head) / top
    bars = []
    for start, end, items in stories:
        width = max(0.5, round(100 * (end - start) / whole, 2))
        place = min(100 - width, round(100 * (start - first) / whole, 2))
        bars.append(Bar(round(place, 2), round(zero - items * scale, 1), width, round(items * scale, 1)))
    grid = tuple((round(zero - value * scale, 1), value) for value in range(step, top + 1, step))
    return Spans(height, tuple(bars), grid, zero, height - 6.0)


@dataclass(frozen=True, slots=True)
class Fan:
    """Items since the beginning of the chart: a line of what came, then bands of what may come.

    Paths stand in a box of 100 by `height` that is stretched to the width of the page.
    """

    height: int
    came: str
    bands: tuple[str, ...]  # 95%, 80%, 50%
    middle: str
    now: float  # x in per cent
    grid: tuple[tuple[float, int], ...]
    marks: tuple[tuple[float, int], ...]  # (x in per cent, hours from now)
    zero: float


def fan(past: Sequence[int], ahead: Sequence[tuple[int, Sequence[int]]], height: int = 240) -> Fan:
    """Lay out the fan. `past` are items of each hour; `ahead` holds (hours, quantiles at nine levels)."""
    head, foot = 26.0, 24.0
    zero, total = height - foot, sum(past)
    hours = len(past) + ahead[-1][0]
    top, step = nice_top(max(total + quantiles[-1] for _, quantiles in ahead))
    scale = (zero - head) / top

    def point(hour: float, items: float) -> str:
        return f"{100 * hour / hours:.3f} {zero - items * scale:.1f}"

    sums, running = [point(0, 0)], 0
    for at, items in enumerate(past, 1):
        running += items
        sums.append(point(at, running))

    def line(level: int) -> list[str]:
        here = [(len(past) + hour, total + quantiles[level]) for hour, quantiles in ahead]
        return [point(len(past), total), *(point(*one) for one in here)]

    bands = tuple("M" + "L".join([*line(level), *reversed(line(8 - level))]) + "z" for level in (0, 2, 3))
    return Fan(
        height=height,
        came="M" + "L".join(sums),
        bands=bands,
        middle="M" + "L".join(line(4)),
        now=round(100 * len(past) / hours, 2),
        grid=tuple((round(zero - value * scale, 1), value) for value in range(step, top + 1, step)),
        marks=tuple(
            (round(100 * (len(past) + hour) / hours, 2), hour) for hour in (-len(past), 0, ahead[-1][0])
        ),
        zero=zero,
    )


@dataclass(frozen=True, slots=True)
class Weeks:
    """Alerts by week: a pale bar for all, a dark one in it for false ones, a line for what was allowed."""

    height: int
    bars: tuple[Bar, ...]  # x and width in per cent, y and height in pixels
    false: tuple[Bar, ...]
    budget: tuple[tuple[float, float, float], ...]  # (x from, x to in per cent, y)
    grid: tuple[tuple[float, int], ...]  # (y, value)
    labels: tuple[tuple[float, int], ...]  # (middle of the week in per cent, its place)
    zero: float
    ground: float


def weeks(counts: Sequence[tuple[int, int, float]], height: int = 170) -> Weeks:
    """Lay out (alerts, false ones, budget) of each week, oldest first. Few weeks keep slim bars."""
    zero, head = height - 24.0, 26.0
    top, step = nice_top(max([*(one[0] for one in counts), *(one[2] for one in counts), 1]))
    scale, width = (zero - head) / top, 100 / max(len(counts), 6)

    def row(which: int) -> tuple[Bar, ...]:
        return tuple(
            Bar(
                round((n + 0.2) * width, 2),
                round(zero - one[which] * scale, 1),
                round(0.6 * width, 2),
                round(one[which] * scale, 1),
            )
            for n, one in enumerate(counts)
            if one[which]
        )

    return Weeks(
        height=height,
        bars=row(0),
        false=row(1),
        budget=tuple(
            (round(n * width, 2), round((n + 1) * width, 2), round(zero - one[2] * scale, 1))
            for n, one in enumerate(counts)
        ),
        grid=tuple((round(zero - value * scale, 1), value) for value in range(step, top + 1, step)),
        labels=tuple((round((n + 0.5) * width, 2), n) for n in range(len(counts))),
        zero=zero,
        ground=height - 6.0,
    )
