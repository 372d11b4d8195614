"""How many items a story will bring in the next 1, 6 and 24 hours: hourly counts in, quantiles out.

Talk feeds on talk and dies down, so the rate is a product of powers of decaying averages of the past. Its
weights, the spread around it and the width of intervals are learned from how past forecasts turned out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from answerable.alert.rates import FACTORS, Floats, Mixtures, posterior, smallest_log_rate
from answerable.alert.season import hour_of_day
from answerable.alert.seasonal_naive import SeasonalNaive

HORIZONS = (1, 6, 24)  # hours
LEVELS = (0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975)
LEAST = 20  # items of a story that is forecast
ACTIVE_HOURS = 24  # since its last item, after which a story is not forecast any more
MEMORY_HOURS = 21 * 24  # of a story's past that are looked at
VERSION = 1  # of the state; another one starts from the defaults

_HALVES = (0.7, 2.0, 6.0, 18.0, 54.0)  # half-lives of the averages, hours
_LEAST_RATE = 0.02  # items an hour, added so that silence has a logarithm
_EDGES = (0.3, 1.0, 3.0, 10.0, 40.0)  # of the estimate: spreads are learned apart for each size
_MISS = 0.05  # share of counts that may fall outside the interval


@dataclass(frozen=True, slots=True)
class Defaults:
    """Where a horizon starts from: what stories of many kinds have in common."""

    weights: tuple[float, ...]  # constant, then one power for each half-life
    shape: float  # of the factor around the estimate; smaller is wider
    certainty: float  # of a count, when weights are learned from it
    pace: float  # how much one outcome teaches: windows that overlap say the same again


_DEFAULTS: Mapping[int, Defaults] = {
    1: Defaults((-0.03, 0.58, 0.11, 0.22, 0.10, -0.16), 1.2, 1.0, 1.0),
    6: Defaults((0.02, 0.41, 0.26, 0.09, 0.12, -0.11), 0.8, 0.7, 1 / 3),
    24: Defaults((-0.10, 0.36, 0.18, 0.34, -0.30, 0.10), 0.6, 0.5, 1 / 8),
}
_DOUBT = 0.02  # variance of each default weight
_DRIFT = 1e-7  # variance a weight gains with each outcome, so that learning never ends
_PRIOR = 30.0  # outcomes that the default spread is worth
_MEMORY = 2000.0  # outcomes that count
_WIDEN = 0.005  # how fast intervals give way (Gibbs and Candès 2021, adaptive conformal inference)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Items of a story published in [hour, hour + horizon), as expected at the beginning of `hour`."""

    story: int
    hour: int  # hours since 1970
    horizon: int  # hours
    expected: float
    quantiles: tuple[int, ...]  # at LEVELS; the first and the last are the 95% interval
    naive: tuple[int, ...]  # the seasonal-naive forecast at LEVELS
    inputs: tuple[float, ...]  # naive count, logarithm of the season, features: what learning needs

    @property
    def low(self) -> int:
        """Lower end of the 95% interval."""
        return self.quantiles[0]

    @property
    def high(self) -> int:
        """Upper end."""
        return self.quantiles[-1]

    @property
    def due(self) -> int:
        """The first hour that no longer belongs to it."""
        return self.hour + self.horizon


def active(hours: Mapping[int, int], hour: int) -> bool:
    """Whether a story with these hourly counts is forecast at the beginning of `hour`."""
    known = [at for at, items in hours.items() if hour - MEMORY_HOURS <= at < hour and items > 0]
    return bool(known) and max(known) >= hour - ACTIVE_HOURS and sum(hours[at] for at in known) >= LEAST


def _features(hours: Mapping[int, int], hour: int, season: Floats) -> list[float]:
    """1 and the logarithms of the decaying averages, items an hour at a mean hour of the day."""
    past = [(at, items) for at, items in hours.items() if hour - MEMORY_HOURS <= at < hour]
    ages = hour - 1 - np.array([at for at, _ in past], float)
    items = np.array([items for _, items in past], float) / season[[at % 24 for at, _ in past]]
    found = [1.0]
    for half in _HALVES:
        keep = 0.5 ** (1 / half)
        found.append(float(np.log((items * keep**ages).sum() * (1 - keep) + _LEAST_RATE)))
    return found


class _Horizon:
    """What is known about one horizon."""

    def __init__(self, hours: int) -> None:
        self.defaults = _DEFAULTS[hours]
        self.weights = np.array(self.defaults.weights)
        self.doubt = np.eye(len(self.weights)) * _DOUBT
        self.counted = np.zeros((len(_EDGES) + 1, len(FACTORS)))
        self.outside = np.full(len(_EDGES) + 1, _MISS)
        self.naive = SeasonalNaive()
        logs = self.defaults.shape * (np.log(FACTORS) - FACTORS)
        gamma = np.exp(logs - logs.max())
        # A few in a hundred are quite different from what was estimated, in any direction.
        self.prior = 0.97 * gamma / gamma.sum() + 0.03 / len(FACTORS)

    def estimates(self, features: Floats, seasons: Floats) -> Floats:
        logs = np.clip(features @ self.weights + seasons, smallest_log_rate(), 10.5)
        return np.asarray(np.exp(logs), float)

    def spread(self) -> Floats:
        """Weights of the factors, a row for each size of the estimate."""
        total = self.prior * _PRIOR + self.counted
        return np.asarray(total / total.sum(axis=1, keepdims=True), float)

    def quantiles(self, estimates: Floats) -> tuple[Floats, Floats]:
        """(means, quantiles at LEVELS) for these estimates."""
        groups = np.searchsorted(_EDGES, estimates)
        mixtures = Mixtures(estimates, self.spread()[groups])
        found = mixtures.quantiles(np.tile(np.array(LEVELS), (len(estimates), 1)))
        outside = self.outside[groups]
        low = mixtures.quantiles((outside / 2)[:, None])[:, 0]
        # Counts end at zero: what cannot fall below the interval may fall above it.
        above = outside - mixtures.at_most([float(n) for n in low - 1])
        high = np.maximum(low, mixtures.quantiles((1 - above)[:, None])[:, 0])
        found[:, 0], found[:, -1] = low, high
        found[:, 1:-1] = np.clip(found[:, 1:-1], low[:, None], high[:, None])
        return mixtures.means, found

    def learn(self, forecast: Forecast, observed: int) -> None:
        naive, season, *rest = forecast.inputs
        features, pace = np.array(rest), self.defaults.pace
        estimate = float(self.estimates(features[None], np.array([season]))[0])
        group = int(np.searchsorted(_EDGES, estimate))
        weights = posterior(self.spread()[group], estimate, observed)
        self.counted[group] = self.counted[group] * (1 - pace / _MEMORY) + weights * pace
        missed = not forecast.low <= observed <= forecast.high
        self.outside[group] = np.clip(self.outside[group] + _WIDEN * pace * (_MISS - missed), 0.002, 0.4)
        self._weigh(features, estimate, observed, pace)
        self.naive.learn(int(naive), observed)

    def _weigh(self, features: Floats, estimate: float, observed: int, pace: float) -> None:
        """One step of a Kalman filter for a negative-binomial count with a logarithmic link."""
        spread = 1 + estimate / self.defaults.certainty
        information = pace * estimate / spread
        towards = self.doubt @ features
        gain = towards / (1 + information * float(features @ towards))
        # No single surprise moves the weights by more than a few ordinary ones.
        self.weights = self.weights + gain * pace * np.clip((observed - estimate) / spread, -3, 3)
        self.doubt = self.doubt - np.outer(gain, towards) * information + np.eye(len(gain)) * _DRIFT * pace

    def state(self) -> dict[str, Any]:
        return {
            "weights": _plain(self.weights),
            "doubt": [_plain(row) for row in self.doubt],
            "counted": [_plain(row) for row in self.counted],
            "outside": _plain(self.outside),
            "naive": self.naive.state(),
        }

    def load(self, state: Mapping[str, Any]) -> None:
        self.weights, self.doubt = np.array(state["weights"]), np.array(state["doubt"])
        self.counted, self.outside = np.array(state["counted"]), np.array(state["outside"])
        self.naive.load(state["naive"])


def _plain(values: Floats) -> list[float]:
    return [float(f"{value:.9g}") for value in values]


class Forecaster:
    """Forecasts of one space, and what it learned. All state is JSON."""

    def __init__(self, state: Mapping[str, Any] | None = None) -> None:
        self._horizons = {hours: _Horizon(hours) for hours in HORIZONS}
        if state and state.get("version") == VERSION:
            for hours, horizon in self._horizons.items():
                horizon.load(state[str(hours)])

    def forecast(
        self, stories: Mapping[int, Mapping[int, int]], totals: Mapping[int, int], hour: int
    ) -> list[Forecast]:
        """Forecasts made at the beginning of `hour` for the active ones of the stories (hourly counts).

        `totals` are the items of the whole space by hour. Counts of `hour` and later are not looked at.
        """
        wanted = sorted(story for story, hours in stories.items() if active(hours, hour))
        if not wanted:
            return []
        season = hour_of_day(totals, hour)
        features = np.array([_features(stories[story], hour, season) for story in wanted])
        found = []
        for hours, horizon in self._horizons.items():
            ahead = float(np.log(season[[at % 24 for at in range(hour, hour + hours)]].sum()))
            estimates = horizon.estimates(features, np.full(len(wanted), ahead))
            means, quantiles = horizon.quantiles(estimates)
            for row, story in enumerate(wanted):
                naive = SeasonalNaive.count(stories[story], hour, hours)
                found.append(
                    Forecast(
                        story=story,
                        hour=hour,
                        horizon=hours,
                        expected=round(float(means[row]), 3),
                        quantiles=tuple(int(n) for n in quantiles[row]),
                        naive=horizon.naive.quantiles(naive, LEVELS),
                        inputs=(float(naive), ahead, *(round(float(x), 6) for x in features[row])),
                    )
                )
        return found

    def learn(self, outcomes: Iterable[tuple[Forecast, int]]) -> None:
        """Take in forecasts with the counts that came, each once, earlier ones first."""
        for forecast, observed in outcomes:
            self._horizons[forecast.horizon].learn(forecast, observed)

    def state(self) -> dict[str, Any]:
        """What was learned so far."""
        return {"version": VERSION} | {str(h): horizon.state() for h, horizon in self._horizons.items()}


def observed(hours: Mapping[int, int], forecast: Forecast) -> int:
    """What came of a forecast, from the hourly counts of its story."""
    return sum(hours.get(at, 0) for at in range(forecast.hour, forecast.due))


def due(forecasts: Sequence[Forecast], hour: int) -> list[Forecast]:
    """Those whose last hour ended an hour before `hour` begins: what was heard late is counted as well."""
    return [forecast for forecast in forecasts if forecast.due < hour]
