"""Decides which stories are one: half by words, half by meaning, within a gate of time. Average linkage.

Only stories that changed look for partners, among those that share telling words and the nearest in
meaning: the cost follows what changed, never what exists. The older id wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import fsum, log, sqrt

import numpy as np

from answerable.understand.embed import Vectors
from answerable.understand.meanings import Meanings
from answerable.understand.vocabulary import Vocabulary

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class StoryRules:
    """When two stories are one. One set for every stream."""

    nearness: float = 0.27  # half words, half meaning: the bar for two stories that both have a vector
    words_alone: float = 0.35  # the bar where one has none
    foreign: float = 0.42  # the bar for meaning alone, between stories of different languages
    gate_ms: int = 72 * HOUR_MS  # silence between two stories that keeps them apart
    fresh_ms: int = 12 * HOUR_MS  # silence that does not count against two stories
    half_life_ms: int = 96 * HOUR_MS  # nearness halves with this much more of it
    max_terms: int = 112
    probes: int = 12  # most telling words that find partners
    max_posting: int = 400  # a word in more stories than this finds none
    by_words: int = 10  # partners compared, found by words
    by_meaning: int = 12  # partners compared, found by meaning
    rounds: int = 8  # of merging in one tick


@dataclass(slots=True)
class LiveStory:
    """A story with at least one live thread. Times are epoch milliseconds."""

    id: int
    first_seen: int
    last_seen: int
    first_heard: int
    items: int = 0
    heading: int | None = None  # the best item's id
    rank: float = -1.0  # how good the heading is
    languages: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)  # items by word
    meaning: Vectors | None = None  # sum of unit vectors of a few items
    embedded: int = 0  # how many
    threads: set[int] = field(default_factory=set)  # live ones
    keys: tuple[str, ...] = ()  # the words under which it stands in the index

    @property
    def language(self) -> str:
        """The language most of its items are in, "" when none is known."""
        known = [(times, code) for code, times in self.languages.items() if code != "und"]
        return max(known)[1] if known else ""


@dataclass(frozen=True, slots=True)
class Join:
    """Two stories that became one, and how near they were."""

    winner: LiveStory
    loser: LiveStory
    lexical: float
    meaning: float
    shared: tuple[str, ...]


class _Profile:
    """A story's words with their weights, as of its last change: parts of a unit vector."""

    __slots__ = ("keys", "parts")

    def __init__(self, story: LiveStory, vocabulary: Vocabulary, rules: StoryRules) -> None:
        sums = story.sums
        weighed = vocabulary.weights(sums, unheard=1.0)
        if len(weighed) > rules.max_terms:
            weighed.sort(key=lambda pair: (-pair[0] * sums[pair[1]], pair[1]))
            del weighed[rules.max_terms :]
        rated = [((1.0 + log(times)) * weight if (times := sums[word]) > 1 else weight, word, weight)
                 for weight, word in weighed]  # fmt: skip
        rated.sort(reverse=True)
        self.keys = tuple([word for _, word, _ in rated[: rules.probes]])
        length = sqrt(sum([value * value / weight for value, _, weight in rated])) or 1.0
        self.parts = {word: value / sqrt(weight) / length for value, word, weight in rated}

    def cosine(self, other: _Profile) -> float:
        mine, theirs = self.parts, other.parts
        return fsum([mine[word] * theirs[word] for word in mine.keys() & theirs.keys()])

    def shared(self, other: _Profile, count: int = 5) -> tuple[str, ...]:
        both = [(part * other.parts[word], word) for word, part in self.parts.items() if word in other.parts]
        return tuple([word for _, word in sorted(both, reverse=True)[:count]])


class StoryIndex:
    """The live stories, found by word and by meaning."""

    def __init__(self, vocabulary: Vocabulary, size: int, rules: StoryRules | None = None) -> None:
        self.rules = rules or StoryRules()
        self.live: dict[int, LiveStory] = {}
        self.changed: set[int] = set()
        self._vocabulary = vocabulary
        self._meanings = Meanings(size)
        self._postings: dict[str, set[int]] = {}
        self._profiles: dict[int, _Profile] = {}

    def reload(self) -> None:
        """Index all live stories after a restart; the latest look for partners again."""
        newest = max((story.last_seen for story in self.live.values()), default=0)
        for story in self.live.values():
            self._post(story)
            if newest - story.last_seen <= HOUR_MS:
                self.changed.add(story.id)

    def touch(self, story: LiveStory) -> None:
        """Say that a story's sums changed."""
        self.changed.add(story.id)
        self._profiles.pop(story.id, None)

    def leave(self, story: LiveStory) -> None:
        """Take a story out of the index."""
        self._unpost(story)
        self.live.pop(story.id, None)
        self.changed.discard(story.id)
        self._profiles.pop(story.id, None)
        self._meanings.drop(story.id)

    def add_meaning(self, story: LiveStory, vector: Vectors) -> None:
        """Add one item's unit vector to a story's sum."""
        story.meaning = vector.copy() if story.meaning is None else story.meaning + vector
        story.embedded += 1
        self.touch(story)

    def forget(self, story: LiveStory, words: Iterable[str]) -> None:
        """Subtract an item's different words from a story's sums."""
        for word in words:
            left = story.sums.pop(word, 0) - 1
            if left > 0:
                story.sums[word] = left
        self.touch(story)

    def prune(self, story: LiveStory, keep: int) -> None:
        """Keep the `keep` most telling words."""
        sums = story.sums
        rated = [(sums[word] * weight, word) for weight, word in self._vocabulary.weights(sums)]
        rated.sort(reverse=True)
        for _, word in rated[keep:]:
            del sums[word]

    def join(self, winner: LiveStory, loser: LiveStory, word: str) -> Join:
        """Make two stories one because of a word both say."""
        self.changed.add(winner.id)
        return replace(self._join(winner, loser), shared=(word,))

    def tick(self) -> Iterator[Join]:
        """Merge what became near since the last tick. Each Join is complete when it is yielded."""
        queue = sorted(self.changed & self.live.keys())
        self.changed.clear()
        for story_id in queue:
            self._post(self.live[story_id])
        for _ in range(self.rules.rounds):
            pairs = self._pairs([self.live[one] for one in queue if one in self.live])
            taken: set[int] = set()
            again: set[int] = set()
            for margin, winner, loser in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
                again |= {winner, loser}
                if margin > 0 and winner not in taken and loser not in taken:
                    taken |= {winner, loser}
                    yield self._join(self.live[winner], self.live[loser])
            queue = sorted(again & self.live.keys())
            if not queue:
                break
        # What is left after so many rounds goes on in the next tick, so that no tick takes long.
        self.changed.update(queue)

    def _pairs(self, stories: list[LiveStory]) -> set[tuple[float, int, int]]:
        """The best partner above the bar of each story, as (margin, older id, younger id)."""
        linkages = dict(self._meanings.compare([one.id for one in stories]))
        pairs = set()
        for story in stories:
            mine = linkages.get(story.id)
            partners = self._by_words(story)
            if mine is not None:
                partners.update(self._meanings.best(mine, self.rules.by_meaning))
                partners.discard(story.id)
            best, partner = 0.0, 0
            for other_id in sorted(partners):
                place = self._meanings.place(other_id) if mine is not None else None
                meaning = float(mine[place]) if mine is not None and place is not None else None
                margin = self._margin(story, self.live[other_id], meaning)
                if margin > best:
                    best, partner = margin, other_id
            if partner:
                pairs.add((best, min(story.id, partner), max(story.id, partner)))
        return pairs

    def _by_words(self, story: LiveStory) -> set[int]:
        profile, limit = self._profile(story), self.rules.max_posting
        shared: dict[int, float] = {}
        for word in profile.keys:
            posting = self._postings.get(word, ())
            if len(posting) <= limit:
                part = profile.parts[word]
                for other in posting:
                    shared[other] = shared.get(other, other * 1e-12) + part
        shared.pop(story.id, None)
        return set(sorted(shared, key=shared.__getitem__, reverse=True)[: self.rules.by_words])

    def _margin(self, one: LiveStory, other: LiveStory, meaning: float | None) -> float:
        """How far two stories are above the bar that applies to them; negative when they stay apart.

        `meaning` is their average linkage, None when one has no vector.
        """
        rules = self.rules
        gap = max(one.first_seen - other.last_seen, other.first_seen - one.last_seen, 0)
        if gap > rules.gate_ms:
            return -1.0
        fade = 0.5 ** ((gap - rules.fresh_ms) / rules.half_life_ms) if gap > rules.fresh_ms else 1.0
        words = self._profile(one).cosine(self._profile(other))
        if meaning is None:
            return words * fade - rules.words_alone
        margin = (words + meaning) / 2 * fade - rules.nearness
        if margin <= 0 and meaning > rules.foreign:
            mine, theirs = one.language, other.language
            if mine and theirs and mine != theirs:
                # Two languages share few words whatever they say, so meaning alone must carry it.
                margin = (meaning * fade - rules.foreign) / 2
        return margin

    def _join(self, winner: LiveStory, loser: LiveStory) -> Join:
        mine, theirs = self._profile(winner), self._profile(loser)
        meaning = self._meanings.linkage(winner.id, loser.id)
        join = Join(winner, loser, mine.cosine(theirs), meaning, mine.shared(theirs))
        self.leave(loser)
        winner.items += loser.items
        winner.first_seen = min(winner.first_seen, loser.first_seen)
        winner.last_seen = max(winner.last_seen, loser.last_seen)
        winner.first_heard = min(winner.first_heard, loser.first_heard)
        if loser.rank > winner.rank:
            winner.rank, winner.heading = loser.rank, loser.heading
        for mine_counts, their_counts in (
            (winner.languages, loser.languages), (winner.classes, loser.classes), (winner.sums, loser.sums)
        ):  # fmt: skip
            for key, times in their_counts.items():
                mine_counts[key] = mine_counts.get(key, 0) + times
        if loser.meaning is not None:
            winner.meaning = loser.meaning if winner.meaning is None else winner.meaning + loser.meaning
            winner.embedded += loser.embedded
        winner.threads |= loser.threads
        self._profiles.pop(winner.id, None)
        self._post(winner)
        return join

    def _profile(self, story: LiveStory) -> _Profile:
        profile = self._profiles.get(story.id)
        if profile is None:
            profile = self._profiles[story.id] = _Profile(story, self._vocabulary, self.rules)
        return profile

    def _post(self, story: LiveStory) -> None:
        keys = self._profile(story).keys
        if keys != story.keys:
            self._unpost(story)
            story.keys = keys
            for word in keys:
                self._postings.setdefault(word, set()).add(story.id)
        if story.meaning is not None:
            self._meanings.put(story.id, story.meaning / np.float32(story.embedded))

    def _unpost(self, story: LiveStory) -> None:
        for word in story.keys:
            posting = self._postings[word]
            posting.discard(story.id)
            if not posting:
                del self._postings[word]
        story.keys = ()
