"""Forecasts as rows: made once, scored once, learned from in the same transaction. For the engine alone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from answerable.alert.forecast import ACTIVE_HOURS, LEAST, LEVELS, MEMORY_HOURS, Forecast
from answerable.alert.season import DAYS
from answerable.evaluate.intervals import inside, log_score, weighted_interval_score
from answerable.store.models import ForecastDay, ForecastLearned, ForecastRow

HOUR_MS = 3_600_000
_CHUNK = 500  # stories in one query


@dataclass(frozen=True, slots=True)
class Outcome:
    """A stored forecast whose hours are over, with the items its story brought."""

    id: int
    forecast: Forecast
    observed: int


def learned(exercise: bool) -> dict[str, Any] | None:
    """What the forecaster of this space knew when it last scored."""
    row = ForecastLearned.objects.filter(exercise=exercise).first()
    return row.state if row else None


def counts(exercise: bool, hour: int) -> dict[int, dict[int, int]]:
    """Hourly counts before `hour` of the stories that may be forecast; only those that stand."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM stories WHERE exercise = %s AND merged_into_id IS NULL "
            "AND last_seen >= %s AND items >= %s",
            [exercise, (hour - ACTIVE_HOURS) * HOUR_MS, LEAST],
        )
        ids = [row[0] for row in cursor.fetchall()]
        for at in range(0, len(ids), _CHUNK):
            some = ids[at : at + _CHUNK]
            cursor.execute(
                "SELECT story_id, hour, items FROM story_hours WHERE hour >= %s AND hour < %s "  # noqa: S608 (marks)
                f"AND story_id IN ({','.join(['%s'] * len(some))})",
                [hour - MEMORY_HOURS, hour, *some],
            )
            for story, when, items in cursor.fetchall():
                found[story][when] = items
    return dict(found)


def totals(exercise: bool, hour: int) -> dict[int, int]:
    """Items of the space in each hour of the last days, for the hours of the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT published / {HOUR_MS}, COUNT(*) FROM items WHERE exercise = %s AND published >= %s "  # noqa: S608 (a number)
            "AND published < %s GROUP BY 1",
            [exercise, (hour - 24 * DAYS - 24) * HOUR_MS, hour * HOUR_MS],
        )
        return {int(when): items for when, items in cursor.fetchall()}


def keep(forecasts: Sequence[Forecast], *, exercise: bool, now: datetime) -> int:
    """Store forecasts that are not there yet; returns how many were new."""
    rows = [
        ForecastRow(
            story_id=one.story,
            exercise=exercise,
            hour=one.hour,
            horizon=one.horizon,
            due=one.due,
            made_at=now,
            expected=one.expected,
            low=one.low,
            high=one.high,
            quantiles=list(one.quantiles),
            naive=list(one.naive),
            inputs=list(one.inputs),
        )
        for one in forecasts
    ]
    with transaction.atomic():
        hours = {one.hour for one in forecasts}
        of_hours = ForecastRow.objects.filter(exercise=exercise, hour__in=hours)
        before = of_hours.count()
        ForecastRow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
        return of_hours.count() - before


def over(exercise: bool, hour: int, limit: int) -> list[Outcome]:
    """Forecasts to score: those whose last hour ended an hour before `hour`, the earliest first.

    A story that became part of another is scored by what that one brought.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.id, f.story_id, f.hour, f.horizon, f.expected, f.quantiles, f.naive, f.inputs, "
            "(SELECT COALESCE(SUM(h.items), 0) FROM story_hours h "
            "WHERE h.story_id = COALESCE(s.merged_into_id, s.id) AND h.hour >= f.hour AND h.hour < f.due) "
            "FROM forecasts f JOIN stories s ON s.id = f.story_id "
            "WHERE f.exercise = %s AND f.observed IS NULL AND f.due < %s "
            "ORDER BY f.due, f.horizon, f.story_id LIMIT %s",
            [exercise, hour, limit],
        )
        rows = cursor.fetchall()
    return [
        Outcome(
            row[0],
            Forecast(row[1], row[2], row[3], row[4], *(_numbers(value) for value in row[5:8])),
            max(0, int(row[8])),
        )
        for row in rows
    ]


def _numbers(value: Any) -> tuple[Any, ...]:
    return tuple(json.loads(value) if isinstance(value, str) else value)


def score(outcomes: Sequence[Outcome], state: dict[str, Any], *, exercise: bool, now: datetime) -> None:
    """Write what came, the sums of the days and what was learned from it: all of it, or nothing.

    RuntimeError when one of them was scored before: the caller learned from something twice.
    """
    with transaction.atomic():
        for one in outcomes:
            unscored = ForecastRow.objects.filter(pk=one.id, observed=None)
            if not unscored.update(observed=one.observed, scored_at=now):
                raise RuntimeError(f"forecast {one.id} was scored before")
        days: defaultdict[tuple[date, int], list[Outcome]] = defaultdict(list)
        for one in outcomes:
            last = datetime.fromtimestamp((one.forecast.due - 1) * 3600, UTC)
            days[last.date(), one.forecast.horizon].append(one)
        for (day, horizon), some in days.items():
            row, _ = ForecastDay.objects.get_or_create(exercise=exercise, day=day, horizon=horizon)
            for one in some:
                _add(row, one)
            row.save()
        ForecastLearned.objects.update_or_create(exercise=exercise, defaults={"state": state})


def _add(row: ForecastDay, one: Outcome) -> None:
    ours, naive, came = one.forecast.quantiles, one.forecast.naive, one.observed
    row.scored += 1
    row.inside50 += inside(ours, LEVELS, came, 0.5)
    row.inside80 += inside(ours, LEVELS, came, 0.8)
    row.inside90 += inside(ours, LEVELS, came, 0.9)
    row.inside95 += inside(ours, LEVELS, came, 0.95)
    row.above += came > ours[-1]
    row.naive_inside95 += inside(naive, LEVELS, came, 0.95)
    row.wis += weighted_interval_score(ours, LEVELS, came)
    row.wis_naive += weighted_interval_score(naive, LEVELS, came)
    row.wis_log += log_score(ours, LEVELS, came)
    row.wis_log_naive += log_score(naive, LEVELS, came)
