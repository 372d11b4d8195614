"""Ties the two levels together: items become threads at once, threads become stories tick by tick.

What it answers is all that the store has to write; what it holds can be rebuilt from Thread.state and
StoryState alone, so that a restart goes on as if nothing had happened.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from math import log1p
from pathlib import Path
from typing import Any

import numpy as np

from answerable.records import (
    Heard,
    ItemUnderstood,
    Merge,
    Nearness,
    StoryRow,
    StoryState,
    Thread,
    ThreadRow,
    Understood,
)
from answerable.understand.budget import Budget
from answerable.understand.embed import Embedder, Vectors
from answerable.understand.headings import quality
from answerable.understand.links import Links
from answerable.understand.live_story import LiveStory, story_row
from answerable.understand.parting import Parting, part
from answerable.understand.readings import Reading, read_all, said
from answerable.understand.states import LIMIT, pack_story, pack_thread, rounded
from answerable.understand.stories import Join, StoryIndex, StoryRules
from answerable.understand.surges import Surges
from answerable.understand.threads import (
    HOUR_MS,
    LiveThread,
    Original,
    ThreadIndex,
    ThreadRules,
    Weights,
    thread_row,
)
from answerable.understand.words import for_embedding, terms, words

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
CHOSEN = 1e6  # rank of a heading that was chosen among all items of a story
NEW = 0.5  # how near a text is to a thread that it starts, for its fitness to head a story


@dataclass(slots=True)
class _Batch:
    """What one call changed."""

    items: list[ItemUnderstood] = field(default_factory=list)
    threads: dict[int, LiveThread] = field(default_factory=dict)
    stories: dict[int, LiveStory] = field(default_factory=dict)
    hours: dict[tuple[int, int], int] = field(default_factory=dict)
    to_embed: list[tuple[LiveThread, str]] = field(default_factory=list)


class StoryEngine:
    """Threads and stories of one space (real or exercise). Not safe for threads: one engine, one writer."""

    def __init__(
        self,
        embedder: Embedder,
        *,
        threads: Iterator[int],
        stories: Iterator[int],
        thread_rules: ThreadRules | None = None,
        story_rules: StoryRules | None = None,
        folder: Path | None = None,
    ) -> None:
        """`threads` and `stories` give ids that nobody else uses, in rising order; `folder`: see Pool."""
        self._embedder = embedder
        self._thread_ids, self._story_ids = threads, stories
        self._threads = ThreadIndex(thread_rules, folder)
        self._stories = StoryIndex(self._threads.vocabulary, embedder.size, story_rules, folder)
        self._budget = Budget()
        self._surges = Surges(self._threads)

    @property
    def live(self) -> Mapping[int, LiveStory]:
        """The stories in memory, by id."""
        return self._stories.live

    @property
    def now(self) -> datetime:
        """Stream time: the newest publication heard."""
        return _at(self._threads.now)

    def known(self, story: int) -> tuple[int, Vectors | None]:
        """Items of a live story, and the mean meaning of a few of them; (0, None) when it is not live."""
        live = self._stories.live.get(story)
        if live is None:
            return 0, None
        return live.items, None if live.meaning is None else live.meaning / np.float32(live.embedded)

    def nearness(self, one: int, other: int) -> Nearness | None:
        """How near two live stories are at most, their words not measured; None when one is not live."""
        return self._stories.nearness(one, other)

    def look(self, story: int) -> LiveStory | None:
        """A live story, not to be changed: what is packed stays so. None when it is not live."""
        return self._stories.live.look(story) if story in self._stories.live else None

    def holding(self, word: str) -> int:
        """Items of live threads that hold a word."""
        return self._threads.vocabulary.count(word)

    def words(self, one: int, other: int) -> float:
        """How near two live stories are in words."""
        return self._stories.words(one, other)

    def load(self, threads: Iterable[ThreadRow], stories: Iterable[StoryRow]) -> None:
        """Take up the active threads and their stories. Raises ValueError on a damaged state."""
        # Nothing here is garbage; looking for it among a million new things would take half of the start.
        gc.disable()
        try:
            self._load(threads, stories)
        finally:
            gc.enable()

    def _load(self, threads: Iterable[ThreadRow], stories: Iterable[StoryRow]) -> None:
        of: dict[int, list[int]] = {}
        items = 0

        def rows() -> Iterator[tuple[int, bytes]]:
            nonlocal items
            for one in threads:
                of.setdefault(one[1], []).append(one[0])
                items += one[2]
                yield _packed_thread(one)

        lately = self._threads.load(rows(), self._surges.rules.window_ms)
        embedded = self._stories.load(
            (row[0], _story_parts(row, of.pop(row[0]))) for row in stories if row[0] in of
        )
        for thread_id in [one for ids in of.values() for one in ids]:
            self._threads.leave(self._threads.live[thread_id])
        self._surges.resume(one for one in lately if one.id in self._threads.live)
        self._threads.live.settle()
        self._budget.resume(items, embedded)

    def take_up(self, threads: Iterable[Thread], stories: Iterable[StoryState]) -> None:
        """Hold idle threads again, until the next tick, so that an item can be taken out of them."""
        idle = [one for one in threads if one.id not in self._threads.live]
        for state in stories:
            if state.id not in self._stories.live:
                self._stories.live.put_packed(state.id, story_row(*_story_parts(state.row, ())))
        idle = [one for one in idle if one.story in self._stories.live]
        self._threads.load(_packed_thread(one.row) for one in idle)
        for thread in idle:
            story = self._stories.live[thread.story]
            story.threads.add(thread.id)
            self._stories.touch(story)

    def read(self, items: Sequence[Heard], readings: Sequence[Reading] | None = None) -> Understood:
        """Understand a batch: language, near-duplicate, thread and story of each item.

        `readings` are those of the items, where they were read before.
        """
        batch = _Batch()
        for item, reading in zip(items, read_all(items) if readings is None else readings, strict=True):
            batch.items.append(self._read_one(item, reading, batch))
        self._embed(batch)
        return self._outcome(batch)

    def merge(self, *, whole: bool = False) -> Understood:
        """The story tick: merge what became near, let idle threads and their stories leave.

        `whole`: no more is to come for now, as at the end of a file.
        """
        batch = _Batch()
        last = self._stories.last() if whole else ()
        joins = chain(self._surged(), self._stories.tick(), last)
        merges = [self._joined(join, batch) for join in joins]
        outcome = self._outcome(batch)
        idle = self._threads.sweep()
        for thread in idle:
            self._leave(thread)
        self._stories.settle()
        return Understood(stories=outcome.stories, merges=tuple(merges), idle=tuple(one.id for one in idle))

    def _joined(self, join: Join, batch: _Batch, *, by_hand: bool = False) -> Merge:
        for thread_id in join.loser.threads:
            self._threads.live[thread_id].story = join.winner.id
        batch.stories[join.winner.id] = join.winner
        batch.stories.pop(join.loser.id, None)
        return Merge(
            join.winner.id, join.loser.id, self.now, join.lexical, join.meaning, join.shared, by_hand
        )

    @property
    def links(self) -> Links:
        """What a person said belongs together, or does not."""
        return self._stories.links

    def unite(self, one: int, other: int) -> Understood:
        """Make two stories in memory one, because a person said so."""
        stories = self._stories.live
        if one == other or one not in stories or other not in stories:
            return Understood()
        batch = _Batch()
        winner, loser = sorted((stories[one], stories[other]), key=lambda story: story.id)
        merge = self._joined(self._stories.join(winner, loser), batch, by_hand=True)
        return Understood(stories=self._outcome(batch).stories, merges=(merge,))

    def part(self, story_id: int, leaving: Collection[int], facts: Parting) -> tuple[Understood, int] | None:
        """Take threads in memory out of a story into a new one; None when nothing could leave or stay."""
        story = self._stories.live.get(story_id)
        threads = [self._threads.live[one] for one in sorted(leaving) if one in self._threads.live]
        threads = [one for one in threads if one.story == story_id and one.items > 0]
        if story is None or not threads or sum(one.items for one in threads) >= story.items:
            return None
        made, hours = part(story, threads, next(self._story_ids), facts)
        self._stories.live[made.id] = made
        self._stories.arrange(made)
        self._stories.links.moved(made.threads, made.id)
        for one, texts in ((story, facts.stay_texts), (made, facts.leave_texts)):
            said = [for_embedding(title, text) for title, text in texts]
            self._stories.mean_of(one, self._embedder.embed(said))
        self._choose_heading(made)
        if facts.heading_leaves:
            self._choose_heading(story)
        batch = _Batch(threads={one.id: one for one in threads}, stories={story.id: story, made.id: made})
        for hour, count in hours.items():
            batch.hours[made.id, hour], batch.hours[story.id, hour] = count, -count
        return self._outcome(batch), made.id

    def _surged(self) -> Iterator[Join]:
        """Young stories that a new word binds become one."""
        rules = self._surges.rules
        for word, threads in self._surges.found():
            stories = [self._stories.live[one] for one in sorted({thread.story for thread in threads})]
            bound = [one for one in stories
                     if self._threads.now - one.first_seen <= rules.story_ms
                     and one.sums.get(word, 0) >= rules.share * one.items]  # fmt: skip
            for story in bound[1:]:
                if story.id in self._stories.links.apart(bound[0].id):
                    continue
                yield self._stories.join(bound[0], story, word)

    def head(self, story_id: int, item: int) -> None:
        """Let an item head a story until it leaves: somebody read more of it than its threads remember."""
        story = self._stories.live.get(story_id)
        if story is not None:
            story.heading, story.rank = item, CHOSEN

    def forget(self, item: Heard, thread_id: int, *, keep_counts: bool = False) -> Understood:
        """Take an item's words out of its thread and story; choose another heading if it was the heading.

        With `keep_counts` (erasure) it goes on being counted; without (an edit: it is read again) not.
        An idle thread is not held here: `take_up` comes first, or nothing happens.
        """
        thread = self._threads.live.get(thread_id)
        if thread is None:
            return Understood()
        story = self._stories.live[thread.story]
        for pool in (self._threads.live, self._stories.live):
            pool.clean()  # what is erased lies in no file until the next tick
        distinct = terms(words(said(item)), item.text, item.link)
        self._threads.forget(thread, item.id, distinct, counted=not keep_counts)
        self._stories.forget(story, distinct)
        batch = _Batch(threads={thread.id: thread}, stories={story.id: story})
        if not keep_counts:
            batch.hours[story.id, _ms(item.published) // HOUR_MS] = -1
            story.items -= 1
            _take(story.languages, item.language)
            _take(story.classes, item.source_class.value)
        if story.heading == item.id:
            self._choose_heading(story)
        outcome = self._outcome(batch)
        if thread.items > 0:
            return outcome
        self._threads.leave(thread)
        self._leave(thread)
        return Understood(outcome.items, outcome.threads, outcome.stories, outcome.hours, (), (thread.id,))

    def _read_one(self, item: Heard, reading: Reading, batch: _Batch) -> ItemUnderstood:
        spoken, code, when = reading.words, reading.language, _ms(item.published)
        thread, nearness, weights = self._threads.place(
            item.id, terms(spoken, item.text, item.link), when, lambda: self._start(item, when)
        )
        story = self._stories.live[thread.story]
        earlier = self._threads.repeated(thread, item.id, reading.sketch)
        if earlier is None:
            fit = quality(item.text, item.title, spoken, nearness or NEW)
            self._threads.remember(thread, Original(item.id, fit, reading.sketch, code))
        else:
            code = earlier.language
        story.threads.add(thread.id)
        if self._budget.wants(thread, story, earlier is not None, len(spoken)):
            text = for_embedding(item.title, item.text)
            self._embedder.expect(text)
            batch.to_embed.append((thread, text))
        self._surges.observe(thread, when)
        self._count(story, item, when, code, weights)
        self._rate(story, thread)
        batch.threads[thread.id] = thread
        batch.stories[story.id] = story
        hour = (story.id, when // HOUR_MS)
        batch.hours[hour] = batch.hours.get(hour, 0) + 1
        return ItemUnderstood(item.id, code, thread.id, earlier.item if earlier else None)

    def _start(self, item: Heard, when: int) -> tuple[int, int]:
        """Ids of a new thread and of its story, which is there at once."""
        story = LiveStory(next(self._story_ids), when, when, _ms(item.heard))
        self._stories.live[story.id] = story
        return next(self._thread_ids), story.id

    def _count(self, story: LiveStory, item: Heard, when: int, code: str, weights: Weights) -> None:
        heard = _ms(item.heard)
        story.items += 1
        story.first_seen = min(story.first_seen, when)
        story.last_seen = max(story.last_seen, when)
        story.first_heard = min(story.first_heard, heard)
        story.languages[code] = story.languages.get(code, 0) + 1
        kind = item.source_class.value
        story.classes[kind] = story.classes.get(kind, 0) + 1
        sums = story.sums
        for _, word in weights:
            sums[word] = sums.get(word, 0) + 1
        self._stories.touch(story)

    def _rate(self, story: LiveStory, thread: LiveThread) -> None:
        """A thread's best text may head the story; the more items stand behind it, the better."""
        head = thread.head
        if head is not None:
            rank = (0.01 + head.quality) * log1p(thread.items)
            if rank > story.rank:
                story.rank, story.heading = rank, head.item

    def _choose_heading(self, story: LiveStory) -> None:
        story.heading, story.rank = None, -1.0
        for thread_id in sorted(story.threads):
            self._rate(story, self._threads.live[thread_id])

    def _embed(self, batch: _Batch) -> None:
        if not batch.to_embed:
            return
        rows = self._embedder.embed([text for _, text in batch.to_embed])
        for (thread, _), row in zip(batch.to_embed, rows, strict=True):
            self._stories.add_meaning(self._stories.live[thread.story], row)

    def _leave(self, thread: LiveThread) -> None:
        story = self._stories.live[thread.story]
        story.threads.discard(thread.id)
        if not story.threads:
            self._stories.leave(story)

    def _outcome(self, batch: _Batch) -> Understood:
        self._stories.weigh_anew()
        return Understood(
            items=tuple(batch.items),
            threads=tuple(self._thread_record(thread) for thread in batch.threads.values()),
            stories=tuple(self._story_record(story) for story in batch.stories.values()),
            hours=tuple((story, hour, count) for (story, hour), count in batch.hours.items()),
        )

    def _thread_record(self, thread: LiveThread) -> Thread:
        originals = thread.texts
        while True:
            state = pack_thread(thread.embedded, thread.norm, thread.last_item, originals, thread.sums)
            if len(state) <= LIMIT:
                break
            # Long words of long alphabets: the least telling make room, here as in the store.
            self._threads.prune(thread, len(thread.sums) * 3 // 4)
        return Thread(
            thread.id, thread.story, thread.items, _at(thread.first_seen), _at(thread.last_seen), state
        )

    def _story_record(self, story: LiveStory) -> StoryState:
        if len(story.sums) > self._stories.rules.max_terms:
            self._stories.prune(story, self._stories.rules.max_terms)
        self._stories.arrange(story)
        if story.meaning is not None:
            story.meaning = rounded(story.meaning)
        while len(state := pack_story(story.embedded, story.rank, story.meaning, story.sums)) > LIMIT:
            self._stories.prune(story, len(story.sums) * 3 // 4)
        return StoryState(
            id=story.id,
            items=story.items,
            first_seen=_at(story.first_seen),
            last_seen=_at(story.last_seen),
            first_heard=_at(story.first_heard),
            heading_item=story.heading,
            languages=dict(story.languages),
            classes=dict(story.classes),
            state=state,
        )


def _take(counts: dict[str, int], key: str) -> None:
    left = counts.pop(key, 0) - 1
    if left > 0:
        counts[key] = left


def _ms(at: datetime) -> int:
    return (at - _EPOCH) // _MS


def _at(ms: int) -> datetime:
    return _EPOCH + ms * _MS


def _packed_thread(row: ThreadRow) -> tuple[int, bytes]:
    one, story, items, first_seen, last_seen, state = row
    return one, thread_row(items, story, first_seen, last_seen, state)


def _story_parts(row: StoryRow, threads: Iterable[int]) -> tuple[Any, ...]:
    _, items, first_seen, last_seen, first_heard, heading, languages, classes, state = row
    return (
        first_seen, last_seen, first_heard, items, heading, dict(languages), dict(classes),
        tuple(threads), (), state,
    )  # fmt: skip
