"""What a story's page says of the hours to come: the last day as it came, and a fan of what may come."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.alert.forecast import ACTIVE_HOURS
from answerable.store.reading import advice, forecasts, story
from answerable.store.reading.advice import AdviceSeen
from answerable.store.reading.forecasts import Made
from answerable.store.reading.moment import HOUR_MS, Moment
from answerable.web import charts

PAST = 24  # hours shown before the forecast


@dataclass(frozen=True, slots=True)
class Ahead:
    """The section of a page; without `made` there is no forecast, and `quiet` says why."""

    made: tuple[Made, ...]
    start: int  # ms: the hour from which the forecasts count
    past: tuple[int, ...]  # items of each hour before
    fan: charts.Fan | None
    outcomes: tuple[Made, ...]
    advice: AdviceSeen | None


def ahead(number: int, moment: Moment) -> Ahead:
    """What is known now. A forecast of yesterday is none."""
    made = [one for one in forecasts.newest(number) if one.hour > moment.hour - ACTIVE_HOURS]
    outcomes = tuple(forecasts.outcomes(number))
    if not made:
        return Ahead((), 0, (), None, outcomes, None)
    start = made[0].hour * HOUR_MS
    past = tuple(story.counts(number, start - PAST * HOUR_MS, HOUR_MS, PAST))
    fan = charts.fan(past, [(one.horizon, one.quantiles) for one in made])
    return Ahead(tuple(made), start, past, fan, outcomes, advice.of_story(number))
