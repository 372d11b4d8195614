"""What alerts ask of the store: the desk as `alerting` sees it, at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from answerable.alert.judging import Standing
from answerable.alert.seasons import DAYS
from answerable.store import alert_rules, signals

REMEMBERED = timedelta(days=7)  # scores that a restart must know, so that no row is written twice


class StoreDesk:
    """The desk of one space. Each answer is read when it is asked for, which is seldom."""

    def __init__(self, exercise: bool, now: datetime) -> None:
        self._exercise = exercise
        self.now = now

    def concerns(self) -> str:
        """See Desk."""
        return alert_rules.rules().concerns

    def bar(self) -> float:
        """See Desk."""
        return alert_rules.bar(self._exercise, self.now)

    def standing(self) -> Sequence[Standing]:
        """See Desk."""
        return signals.standing(self._exercise, self.now)

    def texts(self, items: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """See Desk."""
        return signals.texts(items)


def remembered(exercise: bool) -> tuple[Mapping[int, int], Sequence[tuple[int, float]]]:
    """What alerts load at the start: items by hour, and the highest score kept of each story."""
    now = datetime.now(UTC)
    first = int(now.timestamp()) // 3600 - DAYS * 24
    return signals.hours(exercise, first), signals.scores(exercise, now - REMEMBERED)
