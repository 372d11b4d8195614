"""Decides which thread an item joins: the live thread with the nearest words, or a new one. A single pass.

Sparse tf-idf cosine with time decay over an inverted index. A thread keeps raw sums, at most 64 words, that
can be added, subtracted and taken up again after a restart; what lies idle leaves the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import sqrt
from pathlib import Path
from struct import Struct

from answerable.understand.duplicates import Sketch, near
from answerable.understand.glances import Glance, Glances, Marked
from answerable.understand.pool import Pool
from answerable.understand.postings import Postings
from answerable.understand.states import (
    OriginalRow,
    pack_thread,
    peek_thread,
    spelled_thread,
    thread_words,
    unpack_thread,
)
from answerable.understand.tally import Tally
from answerable.understand.vocabulary import Vocabulary

HOUR_MS = 3_600_000
SLACK = 1e-9  # sums of the same differ in their last digits

_HEAD = Struct("<Iqqq")  # items, story, first and last seen

Weights = list[tuple[float, str]]  # of different words, most telling first


@dataclass(frozen=True, slots=True)
class ThreadRules:
    """How threads are built. One set for every stream."""

    nearness: float = 0.22  # cosine from which an item joins
    least_shared: float = 4.0  # weight of what is shared with the average member; common words do not do …
    young: float = 8.0  # … and less does it while little was heard: nobody knows yet which words are common …
    sure: float = 0.6  # … unless they are nearly all there is to a text
    half_life_ms: int = 48 * HOUR_MS  # the cosine halves with this much silence between item and thread
    idle_ms: int = 72 * HOUR_MS  # silence after which a thread leaves the index …
    idle_items: int = 2000  # … if this many items came since (archives and thin streams keep theirs)
    measured: int = 8  # items of a thread between two full measures of its length, as weights change slowly
    max_terms: int = 64
    keep_terms: int = 48  # after pruning; the gap saves pruning at every item
    max_postings: int = 200  # entries of the index read for one item
    widest: int = 800  # threads that the index names for one word; at least twice as many as it reads
    refilled: int = 4000  # threads looked at in one sweep for a word that few hold again
    max_probes: int = 9  # words that propose threads
    max_candidates: int = 32  # threads compared in full
    originals: int = 4  # texts remembered to find near-duplicates


@dataclass(frozen=True, slots=True)
class Original:
    """A text that others may repeat."""

    item: int
    quality: float  # how fit to head a story, 0..1
    sketch: Sketch
    language: str  # base code
    repeat: int = 0  # the item that repeated it last, which stands in for it when it leaves; 0 when none did


@dataclass(slots=True)
class LiveThread:
    """A thread in the index. Times are epoch milliseconds of publication."""

    id: int
    story: int
    first_seen: int
    last_seen: int
    items: int = 0
    last_item: int = 0  # id of the item that came last
    embedded: int = 0  # member items whose meaning is in the story's sum
    norm: float = 1.0  # length of the weighted sums when the last item came
    sums: dict[str, int] = field(default_factory=dict)  # items by word
    originals: list[Original] = field(default_factory=list)

    @property
    def head(self) -> Original | None:
        """The text that says best what the thread is about."""
        return max(self.originals, key=lambda one: (one.quality, -one.item), default=None)

    @property
    def texts(self) -> list[OriginalRow]:
        """The originals as they are packed."""
        return [(one.item, one.quality, one.sketch, one.language, one.repeat) for one in self.originals]


class ThreadIndex:
    """The live threads and their inverted index."""

    def __init__(self, rules: ThreadRules | None = None, folder: Path | None = None) -> None:
        """`folder`: see Pool."""
        self.rules = rules or ThreadRules()
        self.vocabulary = Vocabulary()
        self.live = Pool(packed, unpacked, folder)
        self.now = 0  # newest publication heard, ms
        self._postings = Postings(self.rules.widest)
        self._glances = Glances()  # of what is packed
        self._order: dict[int, None] = {}  # live threads, the least recently touched first

    def load(self, threads: Iterable[tuple[int, bytes]], window_ms: int = 0) -> list[LiveThread]:
        """Take up `packed` threads of an earlier run, before those that are live; order does not matter.

        Returns those that heard something in the last so many ms. Raises ValueError on a damaged one.
        """
        found: list[tuple[int, int, int]] = []
        add, tally = self.live.put_packed, Tally()
        for one, blob in threads:
            items, _, _, last_seen = _HEAD.unpack_from(blob)
            spelled, times, last_item = spelled_thread(blob, _HEAD.size)
            tally.add(one, spelled, times)
            self.vocabulary.items += items
            self.now = max(self.now, last_seen)
            found.append((last_item, one, last_seen))
            add(one, blob)
        words, counts, held = tally.counted()
        self.vocabulary.take_up(words, counts)
        self._postings.take_up(words, held)
        found.sort()
        self._order = dict.fromkeys([one for _, one, _ in found]) | self._order
        since = self.now - window_ms
        return [self.live[one] for _, one, last_seen in found if last_seen >= since]

    def place(
        self, item: int, words: Iterable[str], when: int, ids: Callable[[], tuple[int, int]]
    ) -> tuple[LiveThread, float, Weights]:
        """Put an item with these different words into its thread; `ids` gives thread and story of a new one.

        Returns the thread, the cosine that chose it (0 for a new one) and the words that were added.
        """
        weights = self.vocabulary.weights(words)
        del weights[self.rules.max_terms :]
        thread, nearness = self.nearest(weights, when) if weights else (None, 0.0)
        if thread is None:
            thread = self.start(*ids(), when)
        self.add(thread, item, weights, when)
        return thread, nearness, weights

    def nearest(self, weights: Weights, when: int) -> tuple[LiveThread | None, float]:
        """The best thread for weighted words and its decayed cosine; None below the bar."""
        length = sqrt(sum([weight for weight, _ in weights]))
        rules, marked = self.rules, None
        best, nearness, opened, glance = 0, rules.nearness, self.live.opened, self._glances.get
        least = rules.least_shared + rules.young * self.vocabulary.youth**2
        for shared, one in self._candidates(weights, (nearness * length) ** 2):
            # What is shared bounds the cosine with any thread, and the rest shares less.
            if shared <= (nearness * length) ** 2:
                break
            # What is packed stays so, unless it is the best: most are only glanced at.
            thread, told = opened(one), None
            if thread is not None:
                items, norm = thread.items, thread.norm
                first_seen, last_seen = thread.first_seen, thread.last_seen
            else:
                told = glance(one) or self._glance(one)
                items, norm, first_seen, last_seen, _, _, _ = told
            gap = when - last_seen if when > last_seen else first_seen - when
            fade = 0.5 ** (gap / rules.half_life_ms) if gap > 0 else 1.0
            # No count exceeds the items, so this bounds the cosine and spares most comparisons.
            bar = nearness * length * norm / fade
            if items * shared <= bar:
                continue
            if told is not None:
                marked = marked or Marked(weights)
                if not marked.reaches(told, shared, bar):
                    continue
            sums = _packed_sums(self.live.packed(one)) if thread is None else thread.sums
            dot = sum([weight * sums[word] for weight, word in weights if word in sums])
            cosine = dot / (length * norm) * fade
            if cosine > nearness and (
                cosine >= rules.sure or dot >= least * items or self._evidence(sums, weights) >= least * items
            ):
                best, nearness = one, cosine
        return (self.live[best], nearness) if best else (None, 0.0)

    def _evidence(self, sums: Mapping[str, int], weights: Weights) -> float:
        """What is shared with all members, weighed by what others say: its own words tell a big thread."""
        rarity = self.vocabulary.rarity
        return sum([sums[word] * rarity(word, sums[word]) for _, word in weights if word in sums])

    def _candidates(self, weights: Weights, least: float) -> list[tuple[float, int]]:
        """How much a thread shares at most, and which: those that share telling words, the most first."""
        rules, postings = self.rules, self._postings
        overlap: dict[int, float] = {}
        heard = overlap.get
        rest, probes, read = 1e-6, 0, 0
        for weight, word in weights:
            posting = postings.get(word)
            if posting is None:
                continue
            if probes == rules.max_probes or not posting or read + len(posting) > rules.max_postings:
                rest += weight
                continue
            read += len(posting)
            probes += 1
            for one in posting:
                overlap[one] = heard(one, 0.0) + weight
        if len(overlap) > rules.max_candidates:
            least = max(least, sorted(overlap.values())[-rules.max_candidates] + rest - SLACK)
        # Equals stand in the order of their ids, whatever order the index is in after a restart.
        found = [(shared + rest, one) for one, shared in overlap.items() if shared + rest > least]
        found.sort(reverse=True)
        return found[: rules.max_candidates]

    def start(self, thread_id: int, story: int, when: int) -> LiveThread:
        """A new thread without items."""
        thread = LiveThread(thread_id, story, when, when)
        self.live[thread_id] = thread
        return thread

    def add(self, thread: LiveThread, item: int, weights: Weights, when: int) -> None:
        """Add one item's different words to a thread's sums."""
        thread.items += 1
        thread.last_item = max(item, thread.last_item)
        thread.first_seen = min(when, thread.first_seen)
        thread.last_seen = max(when, thread.last_seen)
        self.vocabulary.items += 1
        self.now = max(self.now, when)
        self._order.pop(thread.id, None)
        self._order[thread.id] = None
        sums = thread.sums
        grown: list[tuple[str, int]] = []  # by how much the square of each word's sum grew
        new: list[str] = []
        for _, word in weights:
            times = sums.get(word, 0)
            sums[word] = times + 1
            if not times:
                new.append(word)
            grown.append((word, 2 * times + 1))
        self._postings.add_all(new, thread.id)
        self.vocabulary.add_all([word for word, _ in grown])
        if len(sums) > self.rules.max_terms:
            self._keep(thread, self.rules.keep_terms)
            thread.norm = self.vocabulary.length(sums)
        elif thread.items % self.rules.measured:
            square = thread.norm * thread.norm if thread.items > 1 else 0.0
            thread.norm = sqrt(square + self.vocabulary.squares(grown)) or 1.0
        else:
            thread.norm = self.vocabulary.length(sums)

    def remember(self, thread: LiveThread, original: Original) -> None:
        """Keep a text that is no duplicate; the least fit makes room."""
        thread.originals.append(original)
        if len(thread.originals) > self.rules.originals:
            thread.originals.remove(min(thread.originals, key=lambda one: (one.quality, -one.item)))

    def repeated(self, thread: LiveThread, item: int, sketch: Sketch) -> Original | None:
        """The earlier text of this thread that `item` repeats, if it is still remembered."""
        for place, original in enumerate(thread.originals):
            if near(original.sketch, sketch):
                thread.originals[place] = replace(original, repeat=item)
                return original
        return None

    def different(self, thread: LiveThread) -> int:
        """How many different texts a thread holds, as far as it remembers: repeats of one count once."""
        kept = len(thread.originals)
        return kept if kept < self.rules.originals else thread.items

    def holders(self, word: str) -> Collection[int]:
        """The threads that hold a word; none when they are too many to name."""
        return self._postings.get(word) or ()

    def forget(self, thread: LiveThread, item: int, words: Iterable[str], *, counted: bool = True) -> None:
        """Subtract an item's different words; counts never fall below zero (pruned words are gone already).

        With `counted` the item itself is subtracted too.
        """
        if counted:
            thread.items -= 1
            self.vocabulary.items -= 1
        for word in words:
            times = thread.sums.get(word, 0)
            if times > 1:
                thread.sums[word] = times - 1
                self.vocabulary.remove(word, 1)
            elif times:
                self._drop(thread, word)
        thread.originals = [left for one in thread.originals if (left := _without(one, item))]
        thread.norm = self.vocabulary.length(thread.sums)

    def prune(self, thread: LiveThread, keep: int) -> None:
        """Keep the `keep` most telling words of a thread."""
        self._keep(thread, keep)
        thread.norm = self.vocabulary.length(thread.sums)

    def sweep(self) -> list[LiveThread]:
        """Take out the threads that lie idle and return them; pack those that few care for."""
        rules, gone = self.rules, []
        newest = self._last(next(reversed(self._order)))[0] if self._order else 0
        for one in self._order:
            last_item, last_seen = self._last(one)
            if self.now - last_seen <= rules.idle_ms or newest - last_item <= rules.idle_items:
                break
            gone.append(self.live[one])
        for thread in gone:
            self.leave(thread)
        self._postings.refill(self.live, self._words, rules.refilled)
        for thread in self.live.settle():
            self._glances.put(
                thread.id, thread.items, thread.norm, (thread.first_seen, thread.last_seen), thread.sums
            )
        return gone

    def _last(self, one: int) -> tuple[int, int]:
        """Number and time of a thread's last item, without unpacking it."""
        thread = self.live.opened(one)
        if thread is not None:
            return thread.last_item, thread.last_seen
        blob = self.live.packed(one)
        return peek_thread(memoryview(blob)[_HEAD.size :])[1], _HEAD.unpack_from(blob)[3]

    def _words(self, one: int) -> Iterable[str]:
        """The words of a thread, without unpacking it; none when it is gone."""
        if one not in self.live:
            return ()
        thread = self.live.opened(one)
        return _packed_sums(self.live.packed(one)) if thread is None else thread.sums

    def _glance(self, one: int) -> Glance:
        """A glance at a thread of an earlier run, which was taken up packed."""
        blob = self.live.packed(one)
        items, _, first_seen, last_seen = _HEAD.unpack_from(blob)
        norm, _ = peek_thread(memoryview(blob)[_HEAD.size :])
        return self._glances.put(one, items, norm, (first_seen, last_seen), _packed_sums(blob))

    def leave(self, thread: LiveThread) -> None:
        """Take one thread out of the index; its sums leave the vocabulary with it."""
        self.vocabulary.items -= thread.items
        for word, times in thread.sums.items():
            self._postings.remove(word, thread.id)
            self.vocabulary.remove(word, times)
        self.live.pop(thread.id)
        self._glances.drop(thread.id)
        self._order.pop(thread.id, None)

    def _keep(self, thread: LiveThread, keep: int) -> None:
        sums = thread.sums
        rated = [(sums[word] * weight, word) for weight, word in self.vocabulary.weighed(sums)]
        rated.sort(reverse=True)
        for _, word in rated[keep:]:
            self._drop(thread, word)

    def _drop(self, thread: LiveThread, word: str) -> None:
        self.vocabulary.remove(word, thread.sums.pop(word))
        self._postings.remove(word, thread.id)


def packed(thread: LiveThread) -> bytes:
    """A thread as it is held while nobody needs it."""
    state = pack_thread(thread.embedded, thread.norm, thread.last_item, thread.texts, thread.sums)
    return thread_row(thread.items, thread.story, thread.first_seen, thread.last_seen, state)


def _packed_sums(blob: bytes) -> dict[str, int]:
    """Items by word of a packed thread."""
    return dict(zip(*thread_words(memoryview(blob)[_HEAD.size :]), strict=True))


def thread_row(items: int, story: int, first_seen: int, last_seen: int, state: bytes) -> bytes:
    """The same from what the store has of it."""
    return _HEAD.pack(items, story, first_seen, last_seen) + state


def unpacked(one: int, blob: bytes) -> LiveThread:
    """The thread that was packed. Raises ValueError when its state is damaged."""
    items, story, first_seen, last_seen = _HEAD.unpack_from(blob)
    embedded, norm, last_item, originals, sums = unpack_thread(blob[_HEAD.size :])
    return LiveThread(
        one, story, first_seen, last_seen, items, last_item, embedded, norm, sums,
        [Original(*row) for row in originals],
    )  # fmt: skip


def _without(original: Original, item: int) -> Original | None:
    """What is left of a text when `item` leaves: the item that repeated it, or nothing."""
    if original.repeat == item:
        return replace(original, repeat=0)
    if original.item == item:
        return replace(original, item=original.repeat, repeat=0) if original.repeat else None
    return original
