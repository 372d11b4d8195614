"""Decides how surprising a story's newest items are: more different ones in a window than its own past makes
likely, by the clock of its season and as a share of all that is said. Near-duplicates do not count.

It measures; whether a measure calls somebody is decided in `judging`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import log10, sqrt

from answerable.alert.chances import interval, tail
from answerable.alert.seasons import HOUR_MS, Seasons

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_END = 1 << 62
DAY_ITEMS = 2000  # different items a day up to which no more surprise is asked for

_Seen = tuple[int, int, tuple[str, ...]]  # ms, item, its parts
_CLASSES: dict[str, tuple[str, ...]] = {}  # the part that a class is, once for all items
Row = tuple[int, int, datetime, str]  # story, item, published, source class


@dataclass(frozen=True, slots=True)
class BurstRules:
    """What is measured. One set for every stream."""

    windows_ms: tuple[int, ...] = (HOUR_MS // 6, HOUR_MS // 2, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS)
    least: int = 4  # different items in the window, below which nothing bursts
    surprise: float = 1.3  # log10 of the chance below which a measure is told
    shape: float = 1.0  # certainty about a story without history: one item's worth
    surest: float = 30.0  # certainty about any story: people never talk as evenly as dice fall
    rate: float = 0.5  # items an hour of a story without history …
    share: float = 0.02  # … and its share of what else is said
    small: int = 12  # different items up to which every new one is told; beyond it must have grown …
    growth: float = 1.15  # … by this factor since it was told


@dataclass(frozen=True, slots=True)
class Measure:
    """One window of one story, against its baseline."""

    story: int
    at: datetime  # stream time of the item that completed it
    window_s: int
    observed: int
    expected: float
    low: float  # 95% interval of the baseline
    high: float
    p: float  # corrected for the parts and the stories that were tested
    items: tuple[int, ...]  # the observed ones, by time
    part: str = ""  # "" for the whole story, else what part of it: "class:outlet", "place:Harbour"
    different: int = 0  # different items of the story that are remembered
    test: str = "negative-binomial"
    kind: str = "burst"

    @property
    def surprise(self) -> float:
        """-log10 of the chance."""
        return -log10(max(self.p, 1e-300))


@dataclass(slots=True)
class _History:
    """The different items of one story in order of publication, whole and by part."""

    whole: list[tuple[int, int]] = field(default_factory=list)  # (ms, item id)
    parts: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    fresh: list[int] = field(default_factory=list)  # ms of items not tested yet
    told: int = 0  # observed when it was last told

    def add(self, at: int, item: int, parts: Sequence[str]) -> None:
        """One more item."""
        row = (at, item)
        insort(self.whole, row)
        for part in parts:
            insort(self.parts.setdefault(part, []), row)


def _put_into(many: list[tuple[int, int]], few: list[tuple[int, int]]) -> None:
    """Add sorted rows to sorted rows: what a long list costs follows how few are added."""
    if len(few) * 8 < len(many):
        for row in few:
            insort(many, row)
    else:
        many += few
        many.sort()


class BurstWatch:
    """Counts of all live stories. `now` is always stream time."""

    memory = timedelta(days=3)  # history that makes the baseline

    def __init__(self, rules: BurstRules | None = None) -> None:
        self.rules = rules or BurstRules()
        self.seasons = Seasons()
        self._stories: dict[int, _History] = {}
        # Most stories stay below `least` items for ever: of those hardly more than their items is held.
        self._small: dict[int, tuple[_Seen, ...]] = {}
        self._new: dict[int, list[int]] = {}  # ms of their items since the last test
        self._fresh: set[int] = set()
        self._all = array("q")  # ms of all different items, in order
        self._newest = 0
        self._trimmed = 0

    def load(self, rows: Iterable[Row]) -> None:
        """Take up the last `memory`. What the longest window holds is tested again: a kill may have come
        before its alert was written, and an alert that was written is found standing."""
        for story, item, published, source_class in rows:
            self.observe(story, item, published, source_class, duplicate=False)
        since = self._newest - self.rules.windows_ms[-1]
        for history in self._stories.values():
            history.fresh = [at for at, _ in history.whole[bisect_left(history.whole, (since, 0)) :]][-1:]
        newest = {story: max(seen)[0] for story, seen in self._small.items()}
        self._new = {story: [at] for story, at in newest.items() if at >= since}

    def observe(
        self, story: int, item: int, published: datetime, source_class: str, duplicate: bool,
        places: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Count one item of a story; `places` are those it names, where they are known."""
        at = (published - _EPOCH) // _MS
        self._newest = max(self._newest, at)
        if duplicate or at < self._newest - self.memory // _MS:
            return
        insort(self._all, at)
        parts = _CLASSES.setdefault(source_class, (f"class:{source_class}",))
        if places:
            parts = (*parts, *[f"place:{place}" for place in places])
        history = self._stories.get(story)
        if history is not None:
            history.add(at, item, parts)
            history.fresh.append(at)
        else:
            seen = (*self._small.get(story, ()), (at, item, parts))
            self._small[story] = seen
            self._new.setdefault(story, []).append(at)
            if len(seen) < self.rules.least:
                return
            self._grow(story)
        self._fresh.add(story)

    def _grow(self, story: int) -> _History:
        """The full history of a story, from now on also of a small one."""
        history = self._stories.get(story)
        if history is None:
            history = self._stories[story] = _History()
        for at, item, parts in self._small.pop(story, ()):
            history.add(at, item, parts)
        history.fresh += self._new.pop(story, ())
        return history

    def merged(self, winner: int, loser: int) -> None:
        """Two stories became one: their items count together, and the newest is tested again."""
        if loser not in self._stories and loser not in self._small:
            return
        if winner not in self._stories and loser not in self._stories:
            seen = self._small.get(winner, ()) + self._small.pop(loser, ())
            self._small[winner] = seen
            self._new.setdefault(winner, []).extend([*self._new.pop(loser, ()), max(seen)[0]])
            if len(seen) >= self.rules.least:
                self._grow(winner)
                self._fresh.add(winner)
            return
        other = self._grow(loser)
        del self._stories[loser]
        history = self._grow(winner)
        _put_into(history.whole, other.whole)
        for part, items in other.parts.items():
            _put_into(history.parts.setdefault(part, []), items)
        history.told = max(history.told, other.told)
        history.fresh += [*other.fresh, *[at for at, _ in history.whole[-1:]]]
        self._fresh.discard(loser)
        self._fresh.add(winner)

    def forget(self, story: int, item: int, published: datetime) -> None:
        """Stop counting an item that was edited or erased."""
        row = ((published - _EPOCH) // _MS, item)
        left = tuple([seen for seen in self._small.get(story, ()) if seen[:2] != row])
        if len(left) < len(self._small.get(story, ())):
            self._all.remove(row[0])
            if left:
                self._small[story] = left
            else:
                del self._small[story]
            return
        history = self._stories.get(story)
        if history is None or row not in history.whole:
            return
        history.whole.remove(row)
        self._all.remove(row[0])
        for items in history.parts.values():
            if row in items:
                items.remove(row)

    def measures(self, now: datetime) -> list[Measure]:
        """The most surprising window of each story that has new items since the last call, by story."""
        self._newest = max(self._newest, (now - _EPOCH) // _MS)
        if self._newest - self._trimmed > HOUR_MS:
            self._trim()
        fresh, self._fresh = sorted(self._fresh), set()
        self._new.clear()
        found = []
        for story in fresh:
            history = self._stories.get(story)
            if history is None:
                continue
            times, history.fresh = sorted(set(history.fresh)), []
            if len(history.whole) < self.rules.least:
                continue
            tested = [one for at in times if (one := self._best(story, history, at)) is not None]
            if tested:
                found.append(max(tested, key=lambda one: (one.surprise, one.at)))
        return found

    @property
    def now(self) -> datetime:
        """Stream time: the newest publication counted, 1970 before there is one."""
        return _EPOCH + self._newest * _MS

    def _best(self, story: int, history: _History, at: int) -> Measure | None:
        """The most surprising window up to `at`; None when none is, or it has hardly grown since."""
        parts = [("", history.whole)]
        # A part that is nearly all of a story says nothing that the whole does not say.
        parts += [(name, items) for name, items in history.parts.items()
                  if self.rules.least <= len(items) <= 0.8 * len(history.whole)]  # fmt: skip
        tests = len(parts) * self._tests()
        # What is likelier than this is not told, nor what is likelier than the best so far.
        most = 10**-self.rules.surprise / tests * 1.0001
        best: tuple[float, str, list[tuple[int, int]], int, float, float] | None = None
        for name, items in parts:
            for window in self.rules.windows_ms:
                observed = bisect_right(items, (at, _END)) - bisect_right(items, (at - window, _END))
                if observed < self.rules.least:
                    continue
                likeliest = (0.0, 0.0, 0.0)
                for mean, certainty in self._baselines(items, at, window):
                    # A count below its mean is no surprise, however wide the chances are.
                    p = 1.0 if observed <= mean else tail(observed, mean, certainty)
                    likeliest = max(likeliest, (p, mean, certainty))
                    if p >= most:
                        break
                else:
                    most = likeliest[0]
                    best = (likeliest[0], name, items, window, *likeliest[1:])
        if best is None:
            return None
        p, name, items, window, expected, shape = best
        p = min(1.0, p * tests)
        counted = items[bisect_right(items, (at - window, _END)) : bisect_right(items, (at, _END))]
        if -log10(max(p, 1e-300)) < self.rules.surprise or not self._grown(history, len(counted)):
            return None
        history.told = len(counted)
        low, high = interval(expected, shape)
        return Measure(
            story=story, at=_EPOCH + at * _MS, window_s=window // 1000, observed=len(counted),
            expected=expected, low=low, high=high, p=p, items=tuple(item for _, item in counted), part=name,
            different=len(history.whole),
        )  # fmt: skip

    def _grown(self, history: _History, observed: int) -> bool:
        if observed <= self.rules.small or observed < history.told / 2:
            return True
        return observed >= history.told * self.rules.growth

    def _tests(self) -> float:
        """How many times more stories are tested a day than in a small town."""
        day = len(self._all) - bisect_left(self._all, self._newest - 24 * HOUR_MS)
        return max(1.0, day / DAY_ITEMS)

    def _baselines(self, items: list[tuple[int, int]], at: int, window: int) -> Iterator[tuple[float, float]]:
        """Items expected in the window up to `at`, and how certain that is: by the clock, then by share."""
        rules, until = self.rules, at - window
        before = bisect_right(items, (until, _END))
        known = rules.shape + before
        shape = min(known, rules.surest)
        past = self.seasons.exposure(items[0][0], until) if before else 0.0
        yield known / (rules.shape / rules.rate + past) * self.seasons.exposure(until, at), shape
        start, end = bisect_right(self._all, until), bisect_right(self._all, at)
        within = bisect_right(items, (at, _END)) - before
        # What else is said, without the story itself, and a little more: few others may be few by chance.
        said = max(0, end - start - within)
        others = said + sqrt(said) + 1
        yield known / (rules.shape / rules.share + start - before) * others, shape

    def _trim(self) -> None:
        self._trimmed = self._newest
        oldest = self._newest - self.memory // _MS
        for story, history in list(self._stories.items()):
            if not history.whole or history.whole[-1][0] < oldest:
                del self._stories[story]
            elif history.whole[0][0] < oldest:
                for items in (history.whole, *history.parts.values()):
                    del items[: bisect_left(items, (oldest, 0))]
        # Those of which something was heard first stand first; what is behind one that is late enough waits.
        for story, seen in list(self._small.items()):
            if min(seen)[0] >= oldest:
                break
            del self._small[story]
            if late := tuple([one for one in seen if one[0] >= oldest]):
                self._small[story] = late
        del self._all[: bisect_left(self._all, oldest)]
