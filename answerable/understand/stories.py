"""Decides which stories are one: half by words, half by meaning, within a gate of time. Average linkage.

Only stories that changed look for partners, among those that share telling words and the nearest in
meaning: the cost follows what changed, never what exists. The older id wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from math import fsum, log, log2, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.records import Nearness
from answerable.understand.embed import Vectors
from answerable.understand.links import Links
from answerable.understand.live_story import LiveStory, packed, story_row, unpacked
from answerable.understand.meanings import Meanings
from answerable.understand.neighbours import Thin, ThinRules
from answerable.understand.pool import Pool
from answerable.understand.postings import Postings
from answerable.understand.states import spelled_story
from answerable.understand.tally import Tally
from answerable.understand.vocabulary import Vocabulary

HOUR_MS = 3_600_000
TOLD = 5  # words named as a reason
STALE = 0.8  # a length changes less than that between ticks in which nothing was added
MOST_ROUGH = 50_000


@dataclass(frozen=True, slots=True)
class StoryRules:
    """When two stories are one. One set for every stream."""

    nearness: float = 0.27  # half words, half meaning: the bar for two stories that both have a vector
    words_alone: float = 0.35  # the bar where one has none
    foreign: float = 0.42  # the bar for meaning alone, between stories of different languages
    thin: ThinRules = field(default_factory=ThinRules)  # what holds instead while little was heard
    gate_ms: int = 72 * HOUR_MS  # silence between two stories that keeps them apart
    fresh_ms: int = 12 * HOUR_MS  # silence that does not count against two stories
    half_life_ms: int = 96 * HOUR_MS  # nearness halves with this much more of it
    max_terms: int = 112
    probes: int = 12  # most telling words that find partners
    max_posting: int = 400  # a word in more stories than this finds none
    by_words: int = 5  # partners compared, found by words …
    beside: float = 0.25  # … each sharing at least so much of what the best one shares
    by_meaning: int = 6  # partners compared, found by meaning
    widest: int = 1000  # stories that the index names for one word; at least twice max_posting
    telling: float = 3.0  # weight from which a shared word is named as a reason
    refilled: int = 2000  # stories looked at between two ticks for a word that few hold again
    rounds: int = 8  # of merging in one tick
    again: int = 250  # stories of an earlier run that look for partners in one tick
    vectors: int = 12_000  # stories that are found by meaning: those heard of last …
    bonus_ms: int = 6 * HOUR_MS  # … where each doubling of its items makes a story so much younger

    def left(self, gaps: NDArray[np.int64]) -> Vectors:
        """What so much silence between two stories, in ms, leaves of their nearness; 0 parts them."""
        fades = 0.5 ** (np.maximum(gaps - self.fresh_ms, 0) / self.half_life_ms)
        return np.where(gaps > self.gate_ms, 0.0, fades).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Join:
    """Two stories that became one, and how near they were."""

    winner: LiveStory
    loser: LiveStory
    lexical: float
    meaning: float
    shared: tuple[str, ...]


class _Profile:
    """A story's words with their weights now: parts of a unit vector, to be held against others."""

    __slots__ = ("_parts", "_rated", "keys", "length", "pulls", "rest", "squares")

    def __init__(self, story: LiveStory, vocabulary: Vocabulary, rules: StoryRules) -> None:
        sums = story.sums
        weighed = vocabulary.weighed(sums, unheard=1.0)
        if len(weighed) > rules.max_terms:
            weighed.sort(key=lambda pair: (-pair[0] * sums[pair[1]], pair[1]))
            del weighed[rules.max_terms :]
        rated = [((1.0 + log(times)) * weight if (times := sums[word]) > 1 else weight, word, weight)
                 for weight, word in weighed]  # fmt: skip
        rated.sort(reverse=True)
        self._rated = rated
        self._parts: dict[str, float] | None = None  # few are asked for it, those many times
        self.length = length = sqrt(sum([value * value / weight for value, _, weight in rated])) or 1.0
        square = length * length
        self.squares = {
            word: value * value / weight / square for value, word, weight in rated[: rules.probes]
        }
        self.keys = tuple(self.squares)
        self.rest = max(0.0, 1.0 - sum(self.squares.values()))  # the squared length of what is no key
        # What a word adds to the product with a story in which it is said once.
        self.pulls = {word: value / length for value, word, _ in rated}

    def product(self, other: LiveStory) -> float:
        """The product with another story's vector, whose length is not measured here."""
        pulls, sums = self.pulls, other.sums
        # fsum, because a set has another order in each process.
        return fsum([pulls[word] * (1.0 + log(times)) if (times := sums[word]) > 1 else pulls[word]
                     for word in pulls.keys() & sums.keys()])  # fmt: skip

    def told(self, other: LiveStory, least: float) -> list[str]:
        """The words of at least this weight that both say, those that add most first."""
        sums = other.sums
        both = [(self.pulls[word] * (1.0 + log(sums[word])), word)
                for _, word, weight in self._rated if weight >= least and word in sums]  # fmt: skip
        return [word for _, word in sorted(both, reverse=True)]

    @property
    def parts(self) -> dict[str, float]:
        """The unit vector itself."""
        if self._parts is None:
            self._parts = {word: value / sqrt(weight) / self.length for value, word, weight in self._rated}
        return self._parts


class StoryIndex:
    """The live stories, found by word and by meaning."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        size: int,
        rules: StoryRules | None = None,
        folder: Path | None = None,
    ) -> None:
        """`size` of the vectors of meaning; `folder`: see Pool."""
        self.rules = rules or StoryRules()
        self.live = Pool(packed, unpacked, folder)
        self.changed: set[int] = set()
        self._behind: list[int] = []  # of an earlier run, the latest last: a merge may have been lost
        self.links = Links()  # what a person said belongs together, or does not
        self._vocabulary = vocabulary
        self._meanings = Meanings(size)
        self._postings = Postings(self.rules.widest)
        self._thin = Thin(self.rules.thin, (self.rules.foreign, 2 * self.rules.nearness), self.rules.left)
        self._restless = True  # whether a look at all of few stories may find something
        # Both hold until something is said: weights change with all that is.
        self._profiles: dict[int, _Profile] = {}
        self._lengths: dict[int, float] = {}
        self._rough: dict[int, float] = {}  # lengths of earlier ticks

    def load(self, rows: Iterable[tuple[int, tuple[Any, ...]]]) -> int:
        """Take up stories of an earlier run, each as `story_row` takes it; the latest look for partners.

        Returns how many items' meanings they hold. Raises ValueError on a damaged one.
        """
        embedded, latest, tally = 0, 0, Tally(most=self.rules.probes)
        seen: list[tuple[int, int]] = []
        meant: list[tuple[float, int]] = []
        for one, (*facts, _, state) in rows:
            words, times, many, vectors = spelled_story(state)
            tally.add(one, words, times)
            self.live.put_packed(one, story_row(*facts, min(many, self.rules.probes), state))
            _, last_seen, _, items, *_ = facts
            if latest - last_seen <= HOUR_MS:
                seen.append((last_seen, one))
            latest = max(latest, last_seen)
            if vectors:
                embedded += vectors
                meant.append((self._worth(last_seen, items), one))
        keys, _, held = tally.counted()
        self._postings.take_up(keys, held)
        self._behind = [one for last_seen, one in sorted(seen) if latest - last_seen <= HOUR_MS]
        for _, one in sorted(meant)[-self.rules.vectors :]:
            self._mean(self.live[one])
            self.live.settle()
        return embedded

    def arrange(self, story: LiveStory) -> None:
        """Put the words that tell most first: they are its keys, also after a restart."""
        if story.items > 1:  # the words of one item stand in that order already
            keys = self._profile(story).keys
            if tuple(islice(story.sums, len(keys))) != keys:
                story.sums = {word: story.sums[word] for word in keys} | story.sums

    def touch(self, story: LiveStory) -> None:
        """Say that a story's sums changed."""
        self.changed.add(story.id)
        self._profiles.pop(story.id, None)
        self._lengths.pop(story.id, None)
        self._rough.pop(story.id, None)

    def leave(self, story: LiveStory) -> None:
        """Take a story out of the index."""
        self._unpost(story)
        self.live.pop(story.id)
        self.changed.discard(story.id)
        self._profiles.pop(story.id, None)
        self._lengths.pop(story.id, None)
        self._rough.pop(story.id, None)
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
        rated = [(sums[word] * weight, word) for weight, word in self._vocabulary.weighed(sums)]
        rated.sort(reverse=True)
        for _, word in rated[keep:]:
            del sums[word]
        self._profiles.pop(story.id, None)

    def weigh_anew(self) -> None:
        """Say that words were heard or forgotten: what was weighed before does not hold any more."""
        self._profiles.clear()
        self._lengths.clear()

    def join(self, winner: LiveStory, loser: LiveStory, word: str = "") -> Join:
        """Make two stories one because of a word both say, or without one because a person said so."""
        self.changed.add(winner.id)
        join = self._join(winner, loser)
        return replace(join, shared=(word,)) if word else join

    def mean_of(self, story: LiveStory, rows: Vectors) -> None:
        """Take these unit vectors for a story's meaning, instead of what it had."""
        self._meanings.drop(story.id)
        story.meaning = rows.sum(axis=0, dtype=np.float32) if len(rows) else None
        story.embedded = len(rows)
        self.touch(story)

    def nearness(self, one: int, other: int) -> Nearness | None:
        """How near two live stories are at most, their words not measured; None when one is not live."""
        if one not in self.live or other not in self.live:
            return None
        mine, theirs = self.live.look(one), self.live.look(other)
        meaning = None
        if mine.meaning is not None and theirs.meaning is not None:
            meaning = float(mine.meaning @ theirs.meaning) / (mine.embedded * theirs.embedded)
        alike = meaning is not None and meaning > self.rules.foreign
        foreign = alike and bool(mine.language and theirs.language and mine.language != theirs.language)
        return Nearness(1.0, meaning, foreign, abs(mine.first_seen - theirs.first_seen))

    def words(self, one: int, other: int) -> float:
        """How near two live stories are in words: the cosine."""
        parts, others = self._profile(self.live.look(one)).parts, self._profile(self.live.look(other)).parts
        return fsum([parts[word] * others[word] for word in parts.keys() & others.keys()])

    def tick(self) -> Iterator[Join]:
        """Merge what became near since the last tick. Each Join is complete when it is yielded."""
        self._behind, late = self._behind[: -self.rules.again], self._behind[-self.rules.again :]
        self._restless |= self._thin.heard(self._vocabulary.items)
        queue = sorted(one for one in self.changed.union(late) if one in self.live)
        self.changed.clear()
        for story_id in queue:
            self._post(self.live[story_id])
        for one, other in self.links.wanted():
            if one in self.live and other in self.live:
                yield self._join(self.live[one], self.live[other])
        if queue or self._restless:
            self._restless = False
            for join in self._nearer():
                queue.append(join.winner.id)
                yield join
        for _ in range(self.rules.rounds):
            pairs = self._pairs([self.live[one] for one in sorted(set(queue)) if one in self.live])
            again: set[int] = set()
            into: dict[int, int] = {}  # who took whom in
            grown: set[int] = set()
            for margin, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
                winner, loser = sorted((_last(one, into), _last(other, into)))
                if winner == loser:
                    continue
                again |= {winner, loser}
                # Many often want the same one: who comes later is held against what it has become.
                if winner in grown or loser in grown:
                    margin = self._margin_now(winner, loser)  # noqa: PLW2901 -- the same margin, newer
                if margin > 0:
                    into[loser] = winner
                    grown.add(winner)
                    yield self._join(self.live[winner], self.live[loser])
            queue = sorted(one for one in again if one in self.live)
            if not queue:
                break
        # What is left after so many rounds goes on in the next tick, so that no tick takes long.
        self.changed.update(queue)

    def last(self) -> Iterator[Join]:
        """Where no more is to come and hardly anything stands alone: the same with a lower bar."""
        alone = sum(self.live.look(one).items == 1 for one in self.live)
        if self._thin.lonely(alone):
            yield from self._nearer(whole=True)

    def _nearer(self, *, whole: bool = False) -> Iterator[Join]:
        """What becomes one by meaning alone while little was heard."""
        if not self._thin.share:
            return
        stories = [self.live.look(one) for one in sorted(self.live) if one in self._meanings]
        for one, other in self._thin.pairs(stories, self.links.all_apart(), whole=whole):
            yield self._join(self.live[one], self.live[other])

    def settle(self) -> None:
        """Let go, between ticks, of what only the busiest stories need."""
        self._meanings.keep(self.rules.vectors)
        self._postings.refill(self.live, self._keys, self.rules.refilled)
        self.weigh_anew()
        if len(self._rough) > MOST_ROUGH:
            self._rough.clear()
        self.live.settle()

    def _keys(self, one: int) -> Iterable[str]:
        return self.live.look(one).keys if one in self.live else ()

    def _pairs(self, stories: list[LiveStory]) -> set[tuple[float, int, int]]:
        """The best partner above the bar of each story, as (margin, older id, younger id)."""
        linkages = dict(self._meanings.compare([one.id for one in stories]))
        pairs = set()
        for story in stories:
            mine = linkages.get(story.id)
            shared = self._sharing(story)
            partners = set(self._most(shared))
            if mine is not None:
                partners.update(self._meanings.best(mine, self.rules.by_meaning))
                partners.discard(story.id)
            rest = self._profile(story).rest
            best, partner = 0.0, 0
            for other_id in sorted(partners):
                place = self._meanings.place(other_id) if mine is not None else None
                meaning = float(mine[place]) if mine is not None and place is not None else None
                if self._hopeless(shared.get(other_id, 0.0) + rest, meaning):
                    continue
                margin = self._margin(story, self.live.look(other_id), meaning)
                if margin > best:
                    best, partner = margin, other_id
            if partner:
                pairs.add((best, min(story.id, partner), max(story.id, partner)))
        return pairs

    def _sharing(self, story: LiveStory) -> dict[int, float]:
        """Stories that share telling words, and how much of this story's length those words make."""
        profile, limit = self._profile(story), self.rules.max_posting
        shared: dict[int, float] = {}
        heard = shared.get
        for word in profile.keys:
            posting = self._postings.get(word) or ()
            if len(posting) <= limit:
                square = profile.squares[word]
                for other in posting:
                    shared[other] = heard(other, 0.0) + square
        shared.pop(story.id, None)
        return shared

    def _most(self, shared: dict[int, float]) -> list[int]:
        """The stories that share most, without those that share next to nothing beside them."""
        most = sorted(shared.values(), reverse=True)[: self.rules.by_words]
        if not most:
            return []
        least, last = self.rules.beside * most[0], most[-1]
        # Equals stand in the order of their ids, whatever order the index is in after a restart.
        found = [(square, one) for one, square in shared.items() if square >= last and square > least]
        found.sort(reverse=True)
        return [one for _, one in found[: self.rules.by_words]]

    def _hopeless(self, square: float, meaning: float | None) -> bool:
        """Whether no other story can be near enough that shares so much of one's squared length."""
        rules = self.rules
        if meaning is None:
            return square <= rules.words_alone**2
        # A translation needs no word.
        return meaning <= rules.foreign and square <= max(0.0, 2 * rules.nearness - meaning) ** 2

    def _margin_now(self, one: int, other: int) -> float:
        """The margin of two stories after one of them grew."""
        both = one in self._meanings and other in self._meanings
        meaning = self._meanings.linkage(one, other) if both else None
        return self._margin(self.live[other], self.live[one], meaning)

    def _margin(self, one: LiveStory, other: LiveStory, meaning: float | None) -> float:
        """How far two stories are above the bar that applies to them; negative when they stay apart.

        `meaning` is their average linkage, None when one has no vector.
        """
        rules = self.rules
        if other.id in self.links.apart(one.id):
            return -1.0
        gap = max(one.first_seen - other.last_seen, other.first_seen - one.last_seen, 0)
        if gap > rules.gate_ms:
            return -1.0
        fade = 0.5 ** ((gap - rules.fresh_ms) / rules.half_life_ms) if gap > rules.fresh_ms else 1.0
        if meaning is None:
            return self._cosine(one, other, rules.words_alone / fade) * fade - rules.words_alone
        words = self._cosine(one, other, 2 * rules.nearness / fade - meaning)
        margin = (words + meaning) / 2 * fade - rules.nearness
        if margin <= 0 and meaning > rules.foreign:
            mine, theirs = one.language, other.language
            if mine and theirs and mine != theirs:
                # Two languages share few words whatever they say, so meaning alone must carry it.
                foreign = (meaning * fade - rules.foreign) / 2
                margin += (1.0 - self._thin.share) * max(0.0, foreign - margin)
        return margin

    def _join(self, winner: LiveStory, loser: LiveStory) -> Join:
        meaning = self._meanings.linkage(winner.id, loser.id)
        # A word that everybody says is no reason, even when both say it.
        shared = tuple(self._profile(winner).told(loser, self.rules.telling)[:TOLD])
        join = Join(winner, loser, self._cosine(winner, loser), meaning, shared)
        self._restless = True  # whoever grew may be near to others now
        self.leave(loser)
        self.links.merged(winner.id, loser.id)
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
        self._lengths.pop(winner.id, None)
        self._rough.pop(winner.id, None)
        self.arrange(winner)
        self._post(winner)
        return join

    def _cosine(self, one: LiveStory, other: LiveStory, least: float = 0.0) -> float:
        """Nearness in words; 0 where it is surely below `least`."""
        dot = self._profile(one).product(other)
        # A length of some ticks ago is about right, and spares measuring what is far away.
        if dot <= least * STALE * self._rough.get(other.id, 0.0):
            return 0.0
        return min(1.0, dot / self._length(other))

    def _length(self, story: LiveStory) -> float:
        length = self._lengths.get(story.id)
        if length is None:
            length = self._lengths[story.id] = self._rough[story.id] = self._vocabulary.size(story.sums)
        return length

    def _profile(self, story: LiveStory) -> _Profile:
        profile = self._profiles.get(story.id)
        if profile is None:
            profile = self._profiles[story.id] = _Profile(story, self._vocabulary, self.rules)
        return profile

    def _post(self, story: LiveStory) -> None:
        self._index(story)
        self._mean(story)

    def _index(self, story: LiveStory) -> None:
        keys = tuple(story.sums)[: self.rules.probes]
        if keys != story.keys:
            before = set(story.keys)
            for word in before.difference(keys):
                self._postings.remove(word, story.id)
            self._postings.add_all([word for word in keys if word not in before], story.id)
            story.keys = keys

    def _mean(self, story: LiveStory) -> None:
        if story.meaning is not None:
            worth = self._worth(story.last_seen, story.items)
            self._meanings.put(story.id, story.meaning / np.float32(story.embedded), worth)

    def _worth(self, last_seen: int, items: int) -> float:
        """Which stories are found by meaning when there are too many."""
        return last_seen + self.rules.bonus_ms * log2(max(1, items))

    def _unpost(self, story: LiveStory) -> None:
        for word in story.keys:
            self._postings.remove(word, story.id)
        story.keys = ()


def _last(one: int, into: Mapping[int, int]) -> int:
    """Where a story is now."""
    while one in into:
        one = into[one]
    return one
