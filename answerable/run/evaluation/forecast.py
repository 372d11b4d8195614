"""`evaluate forecast`: forecasts made at each full hour of a stream, as `up` makes them, then scored.

Labels are not needed. Only forecasts whose last hour ended within the file are scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from statistics import fmean

from answerable.alert.forecast import HORIZONS, LEAST, LEVELS, Forecast, Forecaster, due, observed
from answerable.collect.collector import BATCH
from answerable.errors import BadInput
from answerable.evaluate.intervals import inside, log_score, weighted_interval_score
from answerable.records import Rejected
from answerable.run.evaluation.labelled import Labelled, labelled
from answerable.run.evaluation.stream import Stream
from answerable.understand import language
from answerable.understand.embed import Embedder, Sentences

Figures = dict[str, float | int]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def evaluate(path: Path) -> tuple[Figures, list[Rejected]]:
    """Score a file; also the rows that were refused. Raises BadInput when nothing can be scored."""
    rows, rejected = labelled(path, needed=False)
    result, refused = evaluate_forecasts(rows)
    return result, rejected + refused


def evaluate_forecasts(
    rows: Sequence[Labelled], embedder: Embedder | None = None
) -> tuple[Figures, list[Rejected]]:
    """Stream the rows in the order of their times and score what was forecast. Raises BadInput."""
    language.load()
    desk = _Desk(Stream(embedder or Sentences()))
    ordered = sorted(rows, key=lambda row: row.incoming.published or _EPOCH)
    for hour, together in groupby(ordered, key=_hour):
        desk.until(hour)
        desk.hear(list(together))
    scored = desk.end()
    if not scored:
        raise BadInput(
            "Nothing was forecast and completed: a forecast needs a story of 20 items and an hour after it."
        )
    return _figures(scored), desk.stream.rejected


def _hour(row: Labelled) -> int:
    return int(((row.incoming.published or _EPOCH) - _EPOCH).total_seconds() // 3600)


class _Desk:
    """A stream with a clock: forecasts at each full hour, lessons from those that are due."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._forecaster = Forecaster()
        self._waiting: list[Forecast] = []
        self._scored: list[tuple[Forecast, int]] = []
        self._totals: Counter[int] = Counter()
        self._hour: int | None = None

    def until(self, hour: int) -> None:
        """Let the clock go on to the beginning of `hour`."""
        for at in self._hours(hour):
            self._learn(due(self._waiting, at))
            big = {story: hours for story, hours in self.stream.hours.items() if hours.total() >= LEAST}
            made = self._forecaster.forecast(big, self._totals, at)
            self._waiting += made
            if not made and not self._waiting:
                break  # nothing is talked about any more until the next item
        self._hour = hour

    def _hours(self, hour: int) -> Iterator[int]:
        return iter(range(self._hour + 1, hour + 1)) if self._hour is not None else iter(())

    def hear(self, rows: Sequence[Labelled]) -> None:
        """Read the items of one hour; stories have been merged when it is over, as a resting engine does."""
        before = len(self.stream.heard)
        for at in range(0, len(rows), BATCH):
            self.stream.read(rows[at : at + BATCH])
        self.stream.end()
        for item in self.stream.heard[before:]:
            self._totals[int((item.published - _EPOCH).total_seconds() // 3600)] += 1

    def end(self) -> list[tuple[Forecast, int]]:
        """All scored forecasts; what the last, unfinished hour would have completed is left out."""
        last = self._hour or 0
        self._learn([forecast for forecast in self._waiting if forecast.due <= last])
        return self._scored

    def _learn(self, forecasts: Sequence[Forecast]) -> None:
        gone = set(map(id, forecasts))
        self._waiting = [forecast for forecast in self._waiting if id(forecast) not in gone]
        outcomes = [
            (forecast, observed(self.stream.hours[self.stream.standing(forecast.story)], forecast))
            for forecast in sorted(forecasts, key=lambda one: (one.due, one.horizon, one.story))
        ]
        self._forecaster.learn(outcomes)
        self._scored += outcomes


def _figures(scored: Sequence[tuple[Forecast, int]]) -> Figures:
    figures: Figures = {
        "forecasts": len(scored),
        "stories": len({forecast.story for forecast, _ in scored}),
        "coverage": _coverage(scored),
    }
    by_horizon = {h: [one for one in scored if one[0].horizon == h] for h in HORIZONS}
    figures |= {f"coverage_{h}h": _coverage(some) for h, some in by_horizon.items() if some}
    figures |= _scores(scored, "")
    for horizon, some in by_horizon.items():
        if some:
            figures |= {f"forecasts_{horizon}h": len(some)} | _scores(some, f"_{horizon}h")
    return figures


def _coverage(scored: Sequence[tuple[Forecast, int]]) -> float:
    return round(fmean(inside(forecast.quantiles, LEVELS, came, 0.95) for forecast, came in scored), 6)


def _scores(scored: Sequence[tuple[Forecast, int]], suffix: str) -> Figures:
    """Ours beside the seasonal-naive forecast's, on both scales."""
    return {
        f"wis{suffix}": _mean(weighted_interval_score(f.quantiles, LEVELS, came) for f, came in scored),
        f"wis_naive{suffix}": _mean(weighted_interval_score(f.naive, LEVELS, came) for f, came in scored),
        f"wis_log{suffix}": _mean(log_score(f.quantiles, LEVELS, came) for f, came in scored),
        f"wis_log_naive{suffix}": _mean(log_score(f.naive, LEVELS, came) for f, came in scored),
    }


def _mean(values: Iterator[float]) -> float:
    return round(fmean(values), 6)
