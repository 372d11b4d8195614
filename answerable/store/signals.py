"""Signals and the alerts they raise. The engine writes them; people decide on alerts in `store.alerts`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from answerable.records import Signal
from answerable.store import calls
from answerable.store.models import Alert, SignalRow
from answerable.store.stream import to_ms

# Within this time after a decision the same story adds signals to its page but calls nobody again.
QUIET_AFTER_DECISION = timedelta(hours=24)
CALL_WITHIN = timedelta(hours=24)  # of the item that tipped a signal


def raise_alerts(signals: Sequence[Signal], *, exercise: bool, now: datetime) -> list[int]:
    """Store signals, and an alert for each story that has none standing; returns the new alerts' ids.

    `raised_at` is the moment the desk heard it, not when posts say they were written: clocks count from it.
    """
    raised = []
    for signal in signals:
        with transaction.atomic():
            row = SignalRow.objects.create(
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
            )
            if not _standing(signal.story, now):
                alert = Alert.objects.create(
                    story_id=signal.story, signal=row, exercise=exercise, raised_at=now
                )
                # An old file that is read in shows its bursts; nobody is called about the past.
                if exercise or now - signal.at <= CALL_WITHIN:
                    calls.begin_for_alert(alert, signal.items, now)
                raised.append(alert.pk)
    return raised


def _standing(story: int, now: datetime) -> bool:
    alerts = Alert.objects.filter(story=story)
    return (
        alerts.filter(state__in=("open", "incident")).exists()
        or alerts.filter(decided_at__gt=now - QUIET_AFTER_DECISION).exists()
    )
