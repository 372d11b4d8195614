"""Small streams for the tests of this folder: items made of words, played into an engine as the store would."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from answerable.records import Heard, SourceClass, StoryState, Thread, Understood
from answerable.understand.embed import Embedder, Hashed
from answerable.understand.states import LIMIT
from answerable.understand.story_engine import StoryEngine

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def heard(number: int, text: str, *, minute: float | None = None, title: str = "", **fields: object) -> Heard:
    """Item `number`, published `minute` minutes after noon (one minute an item unless said)."""
    at = NOON + timedelta(minutes=number if minute is None else minute)
    values: dict[str, object] = {
        "source": 1,
        "source_class": SourceClass.PUBLIC,
        "published": at,
        "heard": at,
    }
    return Heard(id=number, text=text, title=title, **(values | fields))  # type: ignore[arg-type]


class Rows:
    """What a store would hold after the outcomes that were applied to it; an engine can be rebuilt from it."""

    def __init__(self) -> None:
        self.threads: dict[int, Thread] = {}
        self.stories: dict[int, StoryState] = {}
        self.thread_of: dict[int, int] = {}
        self.language: dict[int, str] = {}
        self.duplicate_of: dict[int, int | None] = {}
        self.hours: Counter[tuple[int, int]] = Counter()
        self.idle: set[int] = set()
        self.merged: dict[int, int] = {}

    def apply(self, outcome: Understood) -> None:
        """Write an outcome in the store's order."""
        self.stories.update((story.id, story) for story in outcome.stories)
        for thread in outcome.threads:
            assert len(thread.state) <= LIMIT
            self.threads[thread.id] = thread
            self.idle.discard(thread.id)
        for item in outcome.items:
            assert item.id not in self.thread_of, "an item was given to two threads"
            self.thread_of[item.id] = item.thread
            self.language[item.id] = item.language
            self.duplicate_of[item.id] = item.duplicate_of
        for story, hour, count in outcome.hours:
            self.hours[story, hour] += count
        for merge in outcome.merges:
            assert merge.winner < merge.loser, "the older id wins"
            self._merge(merge.winner, merge.loser)
        self.idle |= set(outcome.idle)
        assert all(len(story.state) <= LIMIT for story in outcome.stories)

    def _merge(self, winner: int, loser: int) -> None:
        self.merged[loser] = winner
        for thread in list(self.threads.values()):
            if thread.story == loser:
                self.threads[thread.id] = Thread(
                    thread.id, winner, thread.items, thread.first_seen, thread.last_seen, thread.state
                )
        for (story, hour), count in list(self.hours.items()):
            if story == loser:
                self.hours[winner, hour] += self.hours.pop((story, hour))
                assert count >= 0

    def story(self, item: int) -> int:
        """The story an item stands in."""
        return self.threads[self.thread_of[item]].story

    def live_stories(self) -> dict[int, StoryState]:
        """Stories that were not merged into another."""
        return {story.id: story for story in self.stories.values() if story.id not in self.merged}

    def check(self, items: Iterable[Heard]) -> None:
        """Every item stands in one thread and one story, and all sums agree."""
        by_thread = Counter(self.thread_of[item.id] for item in items)
        assert by_thread == Counter({one.id: one.items for one in self.threads.values() if one.items})
        by_story = Counter(self.story(item.id) for item in items)
        live = self.live_stories()
        assert by_story == Counter({one.id: one.items for one in live.values() if one.items})
        for story in live.values():
            assert sum(story.languages.values()) == story.items
            assert sum(story.classes.values()) == story.items
            assert story.first_seen <= story.last_seen
        by_hour: Counter[int] = Counter()
        for (story_id, _), count in self.hours.items():
            by_hour[story_id] += count
        assert +by_hour == by_story


def engine_on(rows: Rows, embedder: Embedder | None = None) -> StoryEngine:
    """An engine as a restart makes it: from active threads, their stories and the next free ids."""
    engine = StoryEngine(
        embedder or Hashed(),
        threads=itertools.count(max(rows.threads, default=0) + 1),
        stories=itertools.count(max(rows.stories, default=0) + 1),
    )
    active = [thread for thread in rows.threads.values() if thread.id not in rows.idle]
    of = {thread.story for thread in active}
    engine.load(
        [thread.row for thread in active],
        [story.row for story in rows.live_stories().values() if story.id in of],
    )
    return engine


def play(
    items: Sequence[Heard],
    *,
    batch: int = 20,
    restarts: Sequence[int] = (),
    embedder: Embedder | None = None,
) -> Rows:
    """Play a stream; before the batches whose number is in `restarts` the engine is rebuilt from its rows."""
    rows = Rows()
    engine = engine_on(rows, embedder)
    for number, at in enumerate(range(0, len(items), batch)):
        if number in restarts:
            engine = engine_on(rows, embedder)
        rows.apply(engine.read(items[at : at + batch]))
        rows.apply(engine.merge())
    return rows


WORDS = (
    "water pipe burst street school bus bridge children lantern festival quay music smoke factory window rent "
    "landlord snow train station library petition park dog bite lights dark shop market council parade"
).split()
