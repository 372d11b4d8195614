"""Signals and the alerts they raise. The engine writes them; people decide on alerts in `store.alerts`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Q

from answerable.alert.judging import Standing
from answerable.records import Signal
from answerable.store import calls
from answerable.store.models import Alert, SignalRow
from answerable.store.stream import to_ms

# Within this time after a decision the same matter adds signals to its page but calls nobody again.
QUIET_AFTER_DECISION = timedelta(hours=24)
CALL_WITHIN = timedelta(hours=24)  # of the item that tipped a signal
STANDING_STORIES = 400  # of all alerts, the latest: what lies further back is no longer live


def raise_alerts(signals: Sequence[Signal], *, exercise: bool, now: datetime) -> list[int]:
    """Store signals, grow the alerts they belong to, and raise those that call; the new alerts' ids.

    `raised_at` is the moment the desk heard it, not when posts say they were written: clocks count from it.
    A signal that was stored before a kill finds its alert standing and calls nobody twice.
    """
    raised = []
    for signal in signals:
        with transaction.atomic():
            row = _stored(signal, now)
            if signal.calls and not _standing(exercise, now).filter(story=signal.story).exists():
                alert = Alert.objects.create(
                    story_id=signal.story, signal=row, exercise=exercise, raised_at=now
                )
                SignalRow.objects.filter(pk=row.pk).update(alert=alert)
                # An old file that is read in shows its bursts; nobody is called about the past.
                if exercise or now - signal.at <= CALL_WITHIN:
                    calls.begin_for_alert(alert, signal.items, now)
                raised.append(alert.pk)
    return raised


def standing(exercise: bool, now: datetime) -> list[Standing]:
    """Alerts that call nobody again, with all their stories, the latest first."""
    stories: dict[int, set[int]] = defaultdict(set)
    rows = _standing(exercise, now).order_by("-raised_at", "-id")
    for alert, story in rows.values_list("id", "story_id")[:STANDING_STORIES]:
        stories[alert].add(story)
    grown = SignalRow.objects.filter(alert__in=list(stories)).order_by("-id")
    for alert, story in grown.values_list("alert_id", "story_id").distinct()[: 10 * STANDING_STORIES]:
        stories[alert].add(story)
    return [Standing(alert, frozenset(found)) for alert, found in stories.items()]


def scores(exercise: bool, since: datetime) -> list[tuple[int, float]]:
    """The highest score kept of each story since then, for a restart."""
    rows = SignalRow.objects.filter(story__exercise=exercise, kept_at__gte=since).values("story")
    return [(row["story"], row["best"]) for row in rows.annotate(best=Max("score"))]


def texts(items: Sequence[int]) -> dict[int, tuple[str, str]]:
    """(title, text) by item, of those that are still here."""
    if not items:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, title, text FROM items WHERE id IN ({','.join(['%s'] * len(items))})",  # noqa: S608 (marks)
            list(items),
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def hours(exercise: bool, since: int) -> dict[int, int]:
    """Items of all stories by hour since 1970, from hour `since` on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.hour, SUM(h.items) FROM story_hours h JOIN stories s ON s.id = h.story_id "
            "WHERE s.exercise = %s AND h.hour >= %s GROUP BY h.hour",
            [exercise, since],
        )
        return {row[0]: int(row[1]) for row in cursor.fetchall()}


def _stored(signal: Signal, now: datetime) -> SignalRow:
    return SignalRow.objects.create(
        story_id=signal.story,
        kind=signal.kind,
        at=to_ms(signal.at),
        window_s=signal.window_s,
        observed=signal.observed,
        expected=signal.expected,
        low=signal.low,
        high=signal.high,
        p=signal.p,
        test=signal.test,
        items=list(signal.items),
        part=signal.part,
        score=signal.score,
        bar=signal.bar,
        concern=signal.concern,
        matter=signal.matter,
        resembles=signal.like,
        kept_at=now,
        alert_id=signal.grows or None,
    )


def _standing(exercise: bool, now: datetime):  # type: ignore[no-untyped-def]
    quiet = Q(decided_at__gt=now - QUIET_AFTER_DECISION)
    return Alert.objects.filter(Q(state__in=("open", "acknowledged", "incident")) | quiet, exercise=exercise)
