"""Forecasts of both spaces by their clocks: at each full hour those that are over are scored, new ones made.

A forecast is made within its first hour or not at all. What is done twice changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import answerable.alert
from answerable.alert.advice import Rules
from answerable.alert.forecast import Forecaster
from answerable.store import advice, drills, forecasts
from answerable.store.stream import to_ms

HOUR_MS = 3_600_000
RULES = Path(answerable.alert.__file__).with_name("advice.toml")
AT_ONCE = 1000  # forecasts scored in one transaction


class Forecasting:
    """Called in the engine's rests."""

    def __init__(self) -> None:
        self._rules = Rules(RULES.read_text("utf-8"))
        self._done: dict[bool, int | None] = {False: None, True: None}

    def work(self, now: datetime) -> None:
        """What this hour asks for and was not done yet."""
        for exercise in (False, True):
            hour = _hour(exercise, now)
            if hour is not None and self._done[exercise] != hour:
                self._round(exercise, hour, now)
                self._done[exercise] = hour

    def _round(self, exercise: bool, hour: int, now: datetime) -> None:
        forecaster = Forecaster(forecasts.learned(exercise))
        while outcomes := forecasts.over(exercise, hour, AT_ONCE):
            forecaster.learn((one.forecast, one.observed) for one in outcomes)
            forecasts.score(outcomes, forecaster.state(), exercise=exercise, now=now)
        counts = forecasts.counts(exercise, hour)
        made = forecaster.forecast(counts, forecasts.totals(exercise, hour), hour)
        forecasts.keep(made, exercise=exercise, now=now)
        advice.follow_up(exercise, hour)
        for given in advice.situations(made, counts, exercise=exercise):
            advice.give(given, self._rules.advise(given.situation), exercise=exercise, now=now)

    def forget(self) -> None:
        """The exercise was wiped."""
        self._done[True] = None


def _hour(exercise: bool, now: datetime) -> int | None:
    """The hour of the space's clock; None while no drill plays."""
    if not exercise:
        return to_ms(now) // HOUR_MS
    drill = drills.current()
    if drill is None or drill.ended_at is not None:
        return None
    return to_ms(drills.exercise_now(drill, now)) // HOUR_MS
