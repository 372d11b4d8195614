"""Finds words that many young threads hold at once and hardly anything held before: they tell of one event.

In its first minutes an event is a handful of posts in different words and languages; a name or a tag that
nobody used before binds them long before their sums do. Repeats of one text count once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from answerable.understand.threads import HOUR_MS, LiveThread, ThreadIndex


@dataclass(frozen=True, slots=True)
class SurgeRules:
    """When a word surges. One set for every stream."""

    window_ms: int = HOUR_MS  # a thread is young so long
    least: int = 4  # different items of young threads that hold the word
    times: float = 12.0  # how much larger its share among them must be than among all others
    known: int = 150  # others that must have been heard: before that nobody knows what is new
    prior: int = 1000  # others assumed besides
    letters: int = 4  # shorter words bind nothing; a Chinese character counts as three
    crowd: int = 150  # a word in more threads than this is looked at no more
    share: float = 0.5  # of a story's items that must hold the word
    story_ms: int = 24 * HOUR_MS  # older stories have a life of their own


class Surges:
    """Watches the young threads of an index. All it knows is in the threads, so a restart changes nothing."""

    def __init__(self, index: ThreadIndex, rules: SurgeRules | None = None) -> None:
        self.rules = rules or SurgeRules()
        self._index = index
        self._young: deque[int] = deque()  # threads in order of their start
        self._ids: set[int] = set()  # the same
        self._heard: deque[int] = deque()  # ms of all items in the window
        self._fresh: set[int] = set()

    def resume(self, threads: Iterable[LiveThread]) -> None:
        """Take up the threads of an earlier run; of older threads only their last item is in the window."""
        oldest = self._index.now - self.rules.window_ms
        for thread in sorted(threads, key=lambda one: (one.first_seen, one.id)):
            if thread.last_seen >= oldest:
                self.observe(thread, thread.last_seen)
            if thread.first_seen >= oldest:
                self._heard.extend([thread.last_seen] * (thread.items - 1))
        self._heard = deque(sorted(self._heard))

    def observe(self, thread: LiveThread, at: int) -> None:
        """Note an item of a thread that started or grew."""
        oldest = self._index.now - self.rules.window_ms
        if at >= oldest:
            self._heard.append(at)
        if thread.first_seen >= oldest:
            if thread.id not in self._ids:
                self._ids.add(thread.id)
                self._young.append(thread.id)
            self._fresh.add(thread.id)

    def found(self) -> list[tuple[str, list[LiveThread]]]:
        """(word, its young threads) of what surges and changed since the last call; the most said first."""
        self._age()
        changed = [self._index.live[one] for one in self._fresh if one in self._index.live]
        words = {word for one in changed for word in one.sums if _size(word) >= self.rules.letters}
        self._fresh.clear()
        surging = [(word, threads) for word in words if (threads := self._surging(word))]
        return sorted(surging, key=lambda pair: (-len(pair[1]), pair[0]))

    def _surging(self, word: str) -> list[LiveThread]:
        """The young threads that hold a surging word; none when it does not surge."""
        rules, index = self.rules, self._index
        holders = index.holders(word)
        if not 1 < len(holders) <= rules.crowd:
            return []
        held = [one for one in sorted(holders) if one in self._ids]
        if len(held) < 2 or not self._may(index.vocabulary.count(word), len(holders) - len(held)):
            return []
        young = [index.live[one] for one in held]
        different = sum([min(one.sums[word], index.different(one)) for one in young])
        if different < rules.least:
            return []
        before = index.vocabulary.count(word) - sum([one.sums[word] for one in young])
        recent = max(len(self._heard), different)
        others = index.vocabulary.items - recent
        usual = (before + 1) / (others + rules.prior)
        return young if others >= rules.known and different / recent >= rules.times * usual else []

    def _may(self, said: int, older: int) -> bool:
        """Whether a word may surge that so many items hold, and so many older threads, before any is opened.

        Each older thread holds it once at least, and what the young hold besides may all be different.
        """
        rules, recent = self.rules, len(self._heard)
        most, others = said - older, self._index.vocabulary.items - recent
        if most < rules.least or others < rules.known:
            return False
        # Repeats of late may be more than all that was heard in the window.
        return most / max(recent, most) >= rules.times * (older + 1) / (others + rules.prior)

    def _age(self) -> None:
        oldest = self._index.now - self.rules.window_ms
        while self._young:
            thread = self._index.live.get(self._young[0])
            if thread is not None and thread.first_seen >= oldest:
                break
            self._ids.discard(self._young.popleft())
        while self._heard and self._heard[0] < oldest:
            self._heard.popleft()


def _size(word: str) -> int:
    return len(word) if word < "\u2e80" else 3 * len(word)
