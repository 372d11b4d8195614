"""Forecasts as pages show them: of one story for the desk, of all that are scored for everybody."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from answerable.alert.forecast import HORIZONS, LEVELS
from answerable.evaluate.intervals import inside, log_score, share_by_blocks, weighted_interval_score
from answerable.store.models import ForecastDay
from answerable.store.reading.rows import instant, rows

PAGE = 1000
LEAST_SHOWN = 10  # below, a number in public might tell of a few people
SHARES = (50, 80, 90, 95)


@dataclass(frozen=True, slots=True)
class Made:
    """One forecast of a story."""

    hour: int
    horizon: int
    made_at: datetime
    expected: float
    quantiles: tuple[int, ...]
    observed: int | None

    @property
    def low(self) -> int:
        """95% interval."""
        return self.quantiles[0]

    @property
    def high(self) -> int:
        """Upper end."""
        return self.quantiles[-1]

    @property
    def kept(self) -> bool:
        """Whether the interval held what came."""
        return self.observed is not None and self.low <= self.observed <= self.high


def newest(story: int) -> list[Made]:
    """The forecasts of a story made last, shortest horizon first."""
    found = rows(
        "SELECT hour, horizon, made_at, expected, quantiles, observed FROM forecasts WHERE story_id = %s "
        "AND hour = (SELECT MAX(hour) FROM forecasts WHERE story_id = %s) ORDER BY horizon",
        [story, story],
    )
    return [_made(row) for row in found]


def outcomes(story: int, limit: int = 12) -> list[Made]:
    """Its forecasts that were scored last, newest first."""
    found = rows(
        "SELECT hour, horizon, made_at, expected, quantiles, observed FROM forecasts WHERE story_id = %s "
        "AND observed IS NOT NULL ORDER BY due DESC, horizon LIMIT %s",
        [story, limit],
    )
    return [_made(row) for row in found]


def _made(row: tuple[Any, ...]) -> Made:
    hour, horizon, made_at, expected, quantiles, observed = row
    return Made(hour, horizon, instant(made_at), expected, _numbers(quantiles), observed)


def _numbers(value: Any) -> tuple[int, ...]:
    return tuple(json.loads(value) if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class Past:
    """How forecasts of one horizon turned out; horizon None: of all."""

    horizon: int | None
    scored: int
    inside: dict[int, float]  # 50, 80, 90, 95 -> share of counts inside that interval
    above: float  # share of counts above the 95% interval
    below: float
    coverage: tuple[float, float, float] | None  # with its interval; None: too few days to say
    naive_inside: float
    wis: float
    wis_naive: float
    wis_log: float
    wis_log_naive: float


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the public page says."""

    all: Past
    horizons: tuple[Past, ...]
    first: date
    last: date


def record(exercise: bool = False) -> Record | None:
    """All forecasts that were scored; None while there are fewer than ten."""
    days = list(ForecastDay.objects.filter(exercise=exercise).order_by("day"))
    if sum(day.scored for day in days) < LEAST_SHOWN:
        return None
    by_horizon = {h: [day for day in days if day.horizon == h] for h in HORIZONS}
    return Record(
        _past(None, days),
        tuple(
            _past(h, some) for h, some in by_horizon.items() if sum(one.scored for one in some) >= LEAST_SHOWN
        ),
        days[0].day,
        days[-1].day,
    )


def _past(horizon: int | None, days: list[ForecastDay]) -> Past:
    scored = sum(day.scored for day in days)

    def mean(name: str) -> float:
        return float(sum(getattr(day, name) for day in days)) / scored

    blocks: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    for day in days:
        blocks[day.day][0] += day.inside95
        blocks[day.day][1] += day.scored
    return Past(
        horizon=horizon,
        scored=scored,
        inside={share: mean(f"inside{share}") for share in SHARES},
        above=mean("above"),
        below=max(0.0, 1 - mean("inside95") - mean("above")),
        coverage=share_by_blocks([(hits, tries) for hits, tries in blocks.values()]),
        naive_inside=mean("naive_inside95"),
        wis=mean("wis"),
        wis_naive=mean("wis_naive"),
        wis_log=mean("wis_log"),
        wis_log_naive=mean("wis_log_naive"),
    )


def scored_publicly() -> Iterator[dict[str, str | int | float | bool | None]]:
    """Every scored forecast of the real desk, without its story, oldest first.

    Counts are cut to tens and those below ten hidden, so that no row tells of a few people and no
    difference between rows does; means over the other columns give exactly what the page says.
    """
    after = 0
    while found := rows(
        "SELECT id, hour, horizon, expected, quantiles, naive, observed FROM forecasts WHERE exercise = %s "
        "AND observed IS NOT NULL AND id > %s ORDER BY id LIMIT %s",
        [False, after, PAGE],
    ):
        for _, hour, horizon, expected, quantiles, naive, came in found:
            ours, theirs = _numbers(quantiles), _numbers(naive)
            yield {
                "made_for": datetime.fromtimestamp(hour * 3600, tz=UTC).isoformat(),
                "horizon_hours": horizon,
                "expected": tens(expected),
                "low": tens(ours[0]),
                "high": tens(ours[-1]),
                "came": tens(came),
                **{f"inside_{share}": int(inside(ours, LEVELS, came, share / 100)) for share in SHARES},
                "above": int(came > ours[-1]),
                "inside_95_naive": int(inside(theirs, LEVELS, came, 0.95)),
                "wis": round(weighted_interval_score(ours, LEVELS, came), 4),
                "wis_naive": round(weighted_interval_score(theirs, LEVELS, came), 4),
                "wis_log": round(log_score(ours, LEVELS, came), 4),
                "wis_log_naive": round(log_score(theirs, LEVELS, came), 4),
            }
        after = found[-1][0]


def tens(count: float) -> str:
    """A count as the public gets it: "<10", then 10, 20, 30 …"""
    return "<10" if count < LEAST_SHOWN else str(int(count) // 10 * 10)
