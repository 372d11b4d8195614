"""Tests of the thread level: vocabulary, joining, forgetting, leaving, taking up again."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.threads import HOUR_MS, LiveThread, ThreadIndex, ThreadRules, packed
from answerable.understand.vocabulary import Vocabulary
from answerable.understand.words import words
from tests.understand.streams import WORDS

MINUTE = 60_000


def put(index: ThreadIndex, item: int, text: str, minute: float = 0) -> LiveThread:
    """Place one text; a new thread gets the item's id."""
    thread, _, _ = index.place(item, dict.fromkeys(words(text)), int(minute * MINUTE), lambda: (item, item))
    return thread


def test_the_same_words_make_one_thread() -> None:
    """Two reports of one thing meet, a third about something else does not."""
    index = ThreadIndex()
    first = put(index, 1, "burst water pipe floods Mill Lane")
    assert put(index, 2, "water pipe burst, Mill Lane flooded") is first
    assert put(index, 3, "lantern festival tonight on the quay") is not first


def test_common_words_alone_make_no_thread() -> None:
    """Once words are known to be common, sharing only them joins nothing."""
    index, rng = ThreadIndex(), random.Random(5)
    common = "this is what we have got here for you today because nobody else would ever make it".split()
    for item in range(1, 1201):
        rare = [f"thing{rng.randrange(10**6)}" for _ in range(5)]
        put(index, item, " ".join(rng.sample(common, 4) + rare), item)
    assert sum(thread.id > 800 for thread in index.live.values()) > 300, "of the last 400"


def test_silence_keeps_threads_apart() -> None:
    """The same words a month later are another thread: what is said then is about something new."""
    index = ThreadIndex()
    first = put(index, 1, "burst water pipe in Mill Lane again")
    assert put(index, 2, "burst water pipe in Mill Lane again", 30 * 24 * 60) is not first


def test_a_text_without_words_is_a_thread_of_its_own() -> None:
    """Emoji and empty texts never meet each other."""
    index = ThreadIndex()
    assert put(index, 1, "") is not put(index, 2, "")
    assert put(index, 3, "😀") is not put(index, 4, "😀")


def test_a_thread_keeps_at_most_its_words() -> None:
    """However long its texts, a thread holds 64 words; the vocabulary follows."""
    index = ThreadIndex()
    thread = put(index, 1, " ".join(f"word{i}" for i in range(300)))
    put(index, 2, " ".join(f"word{i}" for i in range(100, 400)))
    assert all(len(one.sums) <= index.rules.max_terms for one in index.live.values())
    assert thread.id in index.live
    _check(index)


def test_idle_threads_leave_by_time_and_by_items() -> None:
    """72 hours of silence are not enough in a thin stream; many items later the thread goes."""
    index = ThreadIndex(ThreadRules(idle_items=5))
    first = put(index, 1, "burst water pipe in Mill Lane")
    put(index, 2, "lantern festival on the quay", 80 * 60)
    assert index.sweep() == []
    for item in range(3, 10):
        put(index, item, f"something{item} else{item} entirely{item}", 80 * 60 + item)
    assert index.sweep() == [first]
    _check(index)


def test_an_old_archive_beside_live_items_forms_threads_too() -> None:
    """Items published long ago are compared with each other, not swept away at once."""
    index = ThreadIndex()
    put(index, 1, "live item about the parade", 60 * 24 * 365)
    first = put(index, 2, "burst water pipe in Mill Lane", 10)
    index.sweep()
    assert put(index, 3, "water pipe burst in Mill Lane", 12) is first


TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=0, max_size=8).map(" ".join), min_size=1, max_size=40
)


@given(TEXTS)
def test_the_vocabulary_is_the_sum_of_its_threads(texts: list[str]) -> None:
    """Whatever came, document frequencies are the sums of the live threads: a restart finds the same."""
    index = ThreadIndex()
    for item, text in enumerate(texts, 1):
        put(index, item, text, item)
    _check(index)


@given(TEXTS, st.randoms(use_true_random=False))
def test_forgetting_everything_leaves_nothing(texts: list[str], rng: random.Random) -> None:
    """Sums subtract back: add all, forget all in any order, and the index is empty."""
    index = ThreadIndex()
    placed = [(item, text, put(index, item, text, item)) for item, text in enumerate(texts, 1)]
    rng.shuffle(placed)
    for item, text, thread in placed:
        index.forget(thread, item, dict.fromkeys(words(text)))
        if thread.items == 0:
            assert not thread.sums
            index.leave(thread)
    assert not index.live
    assert index.vocabulary.items == 0
    assert len(index.vocabulary) == 0


@given(TEXTS, TEXTS)
def test_taken_up_again_the_index_goes_on_alike(before: list[str], after: list[str]) -> None:
    """Threads loaded in any order choose the same threads as the ones that never stopped."""
    index = ThreadIndex()
    for item, text in enumerate(before, 1):
        put(index, item, text, item)
    again = ThreadIndex()
    again.load(
        (one.id, packed(replace(one, sums=dict(sorted(one.sums.items())))))
        for one in sorted(index.live.values(), key=lambda one: -one.id)
    )
    for item, text in enumerate(after, len(before) + 1):
        assert put(index, item, text, item).id == put(again, item, text, item).id
    assert {one.id: one.sums for one in index.live.values()} == {
        one.id: one.sums for one in again.live.values()
    }


def test_ids_are_taken_only_for_new_threads() -> None:
    """The engine's counters move once for each new thread."""
    index, ids = ThreadIndex(), itertools.count(1)
    for item in range(5):
        index.place(item, {"water": None, "pipe": None, "burst": None}, item, lambda: (next(ids), 1))
    assert next(ids) == 2


@pytest.mark.parametrize(("word", "rarer"), [("the", "reservoir"), ("的", "自来水"), ("de", "tubería")])
def test_short_words_are_common_from_the_start(word: str, rarer: str) -> None:
    """Before anything was heard, a short word weighs less than a long one, in letters and in Chinese."""
    vocabulary = Vocabulary()
    assert vocabulary.weight(word) < vocabulary.weight(rarer)


def test_two_chinese_characters_are_a_full_word() -> None:
    """A Chinese word of two characters says as much as a Latin one of six letters."""
    vocabulary = Vocabulary()
    assert vocabulary.weight("医院") == vocabulary.weight("clinic")


def test_words_lose_weight_as_they_are_heard() -> None:
    """What everybody says stops telling threads apart; the weight never turns negative."""
    vocabulary, before = Vocabulary(), 1e9
    for _ in range(2000):
        vocabulary.items += 1
        vocabulary.add("brackwater")
        weight = vocabulary.weight("brackwater")
        assert 0 < weight <= before
        before = weight
    vocabulary.remove("brackwater", 2000)
    assert "brackwater" not in vocabulary


def _check(index: ThreadIndex) -> None:
    """The vocabulary and the postings say exactly what the threads hold."""
    sums: dict[str, int] = {}
    for thread in index.live.values():
        for word, times in thread.sums.items():
            sums[word] = sums.get(word, 0) + times
    assert len(index.vocabulary) == len(sums)
    assert all(index.vocabulary.count(word) == times for word, times in sums.items())
    assert index.vocabulary.items == sum(one.items for one in index.live.values())
    assert len(index._postings) == len(sums)
    for word in sums:
        holders = sorted(one.id for one in index.live.values() if word in one.sums)
        assert sorted(index.holders(word)) == (holders if len(holders) <= index.rules.widest else [])


def test_hours_are_milliseconds() -> None:
    """All times of this level are epoch milliseconds."""
    assert HOUR_MS == 3600 * 1000
