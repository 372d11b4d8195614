"""Decides when a story bursts: more different items in a short window than its own history makes likely,
by the clock and as a share of all that is said (which knows night from day).

Every story and window is a test, so the bar rises with their number. Near-duplicates do not count.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import sqrt

from answerable.alert.chances import interval, tail
from answerable.records import Signal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class BurstRules:
    """When a burst is worth a signal. One set for every stream."""

    windows_ms: tuple[int, ...] = (_HOUR // 30, _HOUR // 6, _HOUR // 2, _HOUR)
    least: int = 6  # different items in the window, below which nothing bursts
    budget: float = 0.1  # signals a day that chance alone may raise, were items of a story independent
    shape: float = 1.0  # certainty about a story without history: one item's worth
    surest: float = 30.0  # certainty about any story: people never talk as evenly as dice fall
    rate: float = 0.5  # items an hour of a story without history …
    share: float = 0.02  # … and its share of what else is said
    quiet_ms: int = 24 * _HOUR  # a burst story is armed again after so long below `least` an hour


@dataclass(slots=True)
class _History:
    """The different items of one story, in order of publication."""

    items: list[tuple[int, int]] = field(default_factory=list)  # (ms, item id)
    fresh: list[int] = field(default_factory=list)  # ms of items not tested yet
    loud: int | None = None  # ms when it was last loud after a burst; None when it is armed


class BurstWatch:
    """Counts of all live stories. `now` is always stream time."""

    memory = timedelta(days=3)  # history that makes the baseline

    def __init__(self, rules: BurstRules | None = None) -> None:
        self.rules = rules or BurstRules()
        self._stories: dict[int, _History] = {}
        self._all: list[int] = []  # ms of all different items, in order
        self._newest = 0

    def load(self, rows: Iterable[tuple[int, int, datetime, str]]) -> None:
        """Take up (story, item, published, source class) of the last `memory`; raises no signal for them.

        A story that is bursting while we start counts as one that has burst: its alert was raised before.
        """
        for story, item, published, source_class in rows:
            self.observe(story, item, published, source_class, duplicate=False)
        for history in self._stories.values():
            for at in sorted(history.fresh):
                if self._armed(history, at) and self._tests(history, at):
                    history.loud = at
            history.fresh.clear()

    def observe(self, story: int, item: int, published: datetime, source_class: str, duplicate: bool) -> None:
        """Count one item of a story."""
        del source_class  # a later signal: reach through outlets
        at = (published - _EPOCH) // _MS
        self._newest = max(self._newest, at)
        if duplicate or at < self._newest - self.memory // _MS:
            return
        insort(self._all, at)
        history = self._stories.setdefault(story, _History())
        insort(history.items, (at, item))
        history.fresh.append(at)

    def merged(self, winner: int, loser: int) -> None:
        """Two stories became one: their items count together, and the last hour is tested again."""
        other = self._stories.pop(loser, None)
        if other is None:
            return
        history = self._stories.setdefault(winner, _History())
        history.items = sorted(history.items + other.items)
        history.loud = max((one for one in (history.loud, other.loud) if one is not None), default=None)
        since = self._newest - self.rules.windows_ms[-1]
        # A batch of an import may span days: what waits for its test keeps its place.
        waiting = [at for at in history.fresh + other.fresh if at < since]
        history.fresh = waiting + [at for at, _ in history.items[bisect_left(history.items, (since, 0)) :]]

    def forget(self, story: int, item: int, published: datetime) -> None:
        """Stop counting an item that was edited or erased."""
        history = self._stories.get(story)
        row = ((published - _EPOCH) // _MS, item)
        if history is not None and row in history.items:
            history.items.remove(row)
            self._all.remove(row[0])

    def signals(self, now: datetime) -> list[Signal]:
        """What burst since the last call, by story; one signal for each story."""
        self._newest = max(self._newest, (now - _EPOCH) // _MS)
        self._trim()
        found = []
        for story, history in sorted(self._stories.items()):
            fresh, history.fresh = sorted(history.fresh), []
            for at in fresh:
                if self._armed(history, at):
                    tests = self._tests(history, at)
                    if tests:
                        history.loud = at
                        found.append(self._signal(story, history, at, *tests))
                        break
        return found

    @property
    def now(self) -> datetime:
        """Stream time: the newest publication counted, 1970 before there is one."""
        return _EPOCH + self._newest * _MS

    @property
    def bar(self) -> float:
        """The chance below which a test counts, given how many are made a day."""
        day = len(self._all) - bisect_left(self._all, self._newest - 24 * _HOUR)
        tests = max(1000, day) * len(self.rules.windows_ms)
        return self.rules.budget / tests

    def _armed(self, history: _History, at: int) -> bool:
        if history.loud is not None:
            if at - history.loud > self.rules.quiet_ms:
                history.loud = None
            elif len(self._within(history, at, self.rules.windows_ms[-1])) >= self.rules.least:
                history.loud = max(at, history.loud)
        return history.loud is None

    def _within(self, history: _History, end: int, length: int) -> list[tuple[int, int]]:
        """Items with end - length < published <= end."""
        items = history.items
        return items[bisect_right(items, (end - length, 1 << 62)) : bisect_right(items, (end, 1 << 62))]

    def _tests(self, history: _History, at: int) -> tuple[int, float, float, float] | None:
        """(window, expected, shape, p) of the most surprising window up to `at` that passes the bar."""
        best = None
        for window in self.rules.windows_ms:
            observed = len(self._within(history, at, window))
            if observed < self.rules.least:
                continue
            expected, shape, p = max(
                ((expected, shape, tail(observed, expected, shape))
                 for expected, shape in self._baselines(history, at, window)),
                key=lambda test: test[2],
            )  # fmt: skip
            if p <= self.bar and (best is None or p < best[3]):
                best = (window, expected, shape, p)
        return best

    def _baselines(self, history: _History, at: int, window: int) -> Iterator[tuple[float, float]]:
        """Items expected in the window up to `at`, and how certain that is: by the clock, then by share."""
        rules, until = self.rules, at - window
        before = bisect_right(history.items, (until, 1 << 62))
        known = rules.shape + before
        shape = min(known, rules.surest)
        hours = (until - history.items[0][0]) / _HOUR if before else 0.0
        yield known / (rules.shape / rules.rate + hours) * window / _HOUR, shape
        start, end = bisect_right(self._all, until), bisect_right(self._all, at)
        within = bisect_right(history.items, (at, 1 << 62)) - before
        # What else is said, without the story itself, and a little more: few others may be few by chance.
        said = max(0, end - start - within)
        others = said + sqrt(said) + 1
        yield known / (rules.shape / rules.share + start - before) * others, shape

    def _signal(
        self, story: int, history: _History, at: int, window: int, expected: float, shape: float, p: float
    ) -> Signal:
        items = self._within(history, at, window)
        low, high = interval(expected, shape)
        return Signal(
            story=story,
            kind="burst",
            at=_EPOCH + at * _MS,
            window_s=window // 1000,
            observed=len(items),
            expected=expected,
            low=low,
            high=high,
            p=p,
            test="negative-binomial",
            items=tuple(item for _, item in items),
        )

    def _trim(self) -> None:
        oldest = self._newest - self.memory // _MS
        for story in list(self._idle(oldest)):
            del self._stories[story]
        if self._all and self._all[0] < oldest - 6 * _HOUR:
            del self._all[: bisect_left(self._all, oldest)]

    def _idle(self, oldest: int) -> Iterator[int]:
        for story, history in self._stories.items():
            if not history.items or history.items[-1][0] < oldest:
                yield story
            elif history.items[0][0] < oldest - 6 * _HOUR:
                del history.items[: bisect_left(history.items, (oldest, 0))]
