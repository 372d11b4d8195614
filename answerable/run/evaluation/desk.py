"""A desk in memory: it decides on nothing, so that what it is told is what the pipeline alone says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from answerable.alert import budget
from answerable.alert.concerns.file import built_in
from answerable.alert.judging import Standing
from answerable.records import Heard, Signal

WEEK_S = 7 * 24 * 3600


@dataclass(slots=True)
class MemoryAlert:
    """An alert that was raised, and the stories it grew to."""

    number: int
    signal: Signal
    stories: set[int] = field(default_factory=set)


class MemoryDesk:
    """What the store does with signals, for a stream that is stored nowhere."""

    def __init__(self, allowed: float = budget.DEFAULT) -> None:
        """`allowed` are false alarms a week."""
        self._allowed = allowed
        self._concerns = built_in()
        self._texts: dict[int, tuple[str, str]] = {}
        self._first: datetime | None = None
        self._now: datetime | None = None
        self._scores: dict[int, float] = {}  # the highest of each story that grew no other alert
        self.alerts: list[MemoryAlert] = []
        self.raised: list[MemoryAlert] = []  # since somebody took them

    def hear(self, item: Heard) -> None:
        """Note an item that may be asked for."""
        self._texts[item.id] = (item.title, item.text)
        self._first = self._first or item.published
        self._now = item.published

    def concerns(self) -> str:
        """The built-in list."""
        return self._concerns

    def bar(self) -> float:
        """From the scores of this very stream: nobody decides here, so each is open."""
        past = [budget.Past(score, budget.Verdict.OPEN) for score in self._scores.values()]
        return budget.bar_for(self._allowed, past, self._weeks())

    def _weeks(self) -> float:
        if self._first is None or self._now is None:
            return 0.0
        return max(0.0, (self._now - self._first).total_seconds() / WEEK_S)

    def standing(self) -> Sequence[Standing]:
        """All alerts: nobody closes one."""
        return [Standing(one.number, frozenset(one.stories)) for one in self.alerts]

    def texts(self, items: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """What was heard."""
        return {one: self._texts[one] for one in items}

    def merged(self, winner: int, loser: int) -> None:
        """Two stories became one, and so do their alerts."""
        for alert in self.alerts:
            if loser in alert.stories:
                alert.stories = alert.stories - {loser} | {winner}
        if loser in self._scores:
            self._scores[winner] = max(self._scores.pop(loser), self._scores.get(winner, 0.0))

    def take(self, signals: Sequence[Signal]) -> None:
        """Raise and grow alerts."""
        for signal in signals:
            if signal.grows:
                self.alerts[signal.grows - 1].stories.add(signal.story)
                continue
            if signal.concern > 0:
                self._scores[signal.story] = max(signal.score, self._scores.get(signal.story, 0.0))
            if signal.calls:
                alert = MemoryAlert(len(self.alerts) + 1, signal, {signal.story})
                self.alerts.append(alert)
                self.raised.append(alert)
