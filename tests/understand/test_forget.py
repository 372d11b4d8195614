"""Edits and erasures: what leaves is subtracted exactly, and its words are gone from what is stored."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.records import Heard, Understood
from answerable.understand.states import unpack_story, unpack_thread
from answerable.understand.words import terms, words
from tests.understand.memory import Memory, heard

WATER = "water brown fenmoor tap smell kettle"


def sums_of(items: list[Heard]) -> Counter[str]:
    """How many items say each word."""
    return Counter(word for one in items for word in terms(words(one.text), one.text, one.link))


def alike(size: int, seed: int = 0) -> list[Heard]:
    """Posts about one matter in few words, so that nothing needs pruning."""
    dice = random.Random(seed)
    return [heard(number, " ".join(dice.sample(WATER.split(), 5))) for number in range(1, size + 1)]


def forget(memory: Memory, item: Heard, *, keep_counts: bool = False) -> Understood:
    """Take an item out as the desk does: with the language that was found."""
    found = memory.items[item.id]
    known = replace(item, language=found.language)
    return memory.apply(memory.engine.forget(known, found.thread, keep_counts=keep_counts))


def check_sums(memory: Memory, left: list[Heard]) -> None:
    """The packed sums of threads and stories are those of the items that are left, in memory and stored."""
    for thread in memory.threads.values():
        members = [one for one in left if memory.items[one.id].thread == thread.id]
        assert unpack_thread(thread.state)[-1] == sums_of(members)
    for story in memory.stories.values():
        members = [one for one in left if memory.story_of(one.id) == story.id]
        assert unpack_story(story.state)[-1] == sums_of(members)
    vocabulary = memory.engine._threads.vocabulary
    everything = sums_of(left)
    assert {word: vocabulary.count(word) for word in everything} == everything
    assert len(vocabulary) == len(everything)


@given(st.integers(0, 10**6), st.integers(2, 25), st.data())
@settings(max_examples=25)
def test_an_edit_is_subtracted_exactly(seed: int, size: int, data: st.DataObject) -> None:
    """What was edited leaves no trace in words and counts: they are those of the items that stay."""
    items = alike(size, seed)
    memory = Memory().hear(items)
    gone = data.draw(st.sets(st.sampled_from(range(1, size + 1)), min_size=1), label="edited")
    for one in items:
        if one.id in gone:
            forget(memory, one)
    left = [one for one in items if one.id not in gone]
    check_sums(memory, left)
    assert sum(one.items for one in memory.threads.values()) == len(left)
    assert sum(one.items for one in memory.stories.values()) == len(left)
    assert sum(memory.hours.values()) == len(left)
    assert min(memory.hours.values()) >= 0
    assert memory.engine._threads.vocabulary.items == len(left)
    for story in memory.stories.values():
        assert sum(story.languages.values()) == sum(story.classes.values()) == story.items
        assert story.heading_item not in gone


def test_an_edited_item_can_be_read_again() -> None:
    """Forget the old words, read the new ones: the same counts as if it had said them at first."""
    items = alike(6)
    edited = heard(3, "bus driver strike school saltgate morning")
    memory = Memory().hear(items)
    forget(memory, items[2])
    memory.apply(memory.engine.read([edited]))
    left = [edited if one.id == 3 else one for one in items]
    check_sums(memory, left)
    assert sum(one.items for one in memory.stories.values()) == 6
    assert memory.story_of(3) != memory.story_of(1)


def test_an_erased_item_goes_on_being_counted() -> None:
    """Erasure takes the words, not the count: threads, stories, hours and classes stay as they were."""
    items = alike(8)
    memory = Memory().hear(items)
    before = {one.id: (one.items, one.languages, one.classes) for one in memory.stories.values()}
    hours, threads = dict(memory.hours), {one.id: one.items for one in memory.threads.values()}
    forget(memory, items[4], keep_counts=True)
    assert {one.id: (one.items, one.languages, one.classes) for one in memory.stories.values()} == before
    assert memory.hours == hours
    assert {one.id: one.items for one in memory.threads.values()} == threads
    check_sums(memory, [one for one in items if one.id != 5])


@pytest.mark.parametrize("keep_counts", [True, False])
def test_forgotten_words_are_in_no_stored_state(keep_counts: bool) -> None:
    """A name that only the erased item said is nowhere in the packed states, also after a restart."""
    items = alike(5)
    items.append(heard(6, "water brown fenmoor tap smell margarethe"))
    memory = Memory().hear(items)
    stored = [one.state for one in (*memory.threads.values(), *memory.stories.values())]
    assert any(b"margarethe" in state for state in stored)
    forget(memory, items[5], keep_counts=keep_counts)
    for _ in range(2):
        stored = [one.state for one in (*memory.threads.values(), *memory.stories.values())]
        assert not any(b"margarethe" in state for state in stored)
        assert "margarethe" not in memory.engine._threads.vocabulary
        originals = [row[0] for one in memory.threads.values() for row in unpack_thread(one.state)[3]]
        assert 6 not in originals
        memory.restart()


def test_another_heading_is_chosen_when_the_heading_is_erased() -> None:
    """The erased item no longer heads its story; what stays does."""
    good = "Brown water comes out of the taps in Fenmoor since this morning"
    items = [heard(1, "brown water taps fenmoor morning"), heard(2, good)]
    memory = Memory().hear(items)
    assert [one.heading_item for one in memory.stories.values()] == [2]
    forget(memory, items[1], keep_counts=True)
    assert [one.heading_item for one in memory.stories.values()] == [1]
    forget(memory, items[0], keep_counts=True)
    assert [one.heading_item for one in memory.stories.values()] == [None]


def test_a_thread_without_items_leaves() -> None:
    """When its last item was edited away, a thread and its story count nothing and attract nothing."""
    memory = Memory().hear([heard(1, WATER)])
    outcome = forget(memory, heard(1, WATER))
    assert outcome.idle == (1,)
    assert [one.items for one in memory.threads.values()] == [0]
    assert [one.items for one in memory.stories.values()] == [0]
    memory.apply(memory.engine.read([heard(2, WATER)]))
    assert memory.items[2].thread != 1


def _idle() -> tuple[Memory, list[Heard]]:
    """A water story that went idle while forty posts spoke about buses, weeks later."""
    items = [heard(1, f"{WATER} margarethe"), heard(2, WATER)]
    later = [heard(n, "bus driver strike school saltgate", minutes=60_000 + n) for n in range(3, 43)]
    memory = Memory().hear([*items, *later])
    assert memory.idle == {memory.items[1].thread}
    return memory, items


def test_idle_threads_are_taken_up_for_an_erasure_and_leave_again() -> None:
    """An item of an idle thread can be taken out of it; the next tick lets the thread go again."""
    memory, items = _idle()
    thread = memory.items[1].thread
    assert forget(memory, items[0], keep_counts=True) == Understood()
    stored = memory.threads[thread]
    memory.engine.take_up([stored], [memory.stories[stored.story]])
    forget(memory, items[0], keep_counts=True)
    assert unpack_thread(memory.threads[thread].state)[-1] == sums_of(items[1:])
    assert unpack_story(memory.stories[stored.story].state)[-1] == sums_of(items[1:])
    assert memory.stories[stored.story].items == 2
    assert memory.apply(memory.engine.merge()).idle == (thread,)
    assert "margarethe" not in memory.engine._threads.vocabulary
    assert "kettle" not in memory.engine._threads.vocabulary


def test_taking_up_what_is_live_changes_nothing() -> None:
    """Threads that are held already are not loaded a second time: words would count twice."""
    memory = Memory().hear(alike(6))
    vocabulary = memory.engine._threads.vocabulary
    before = {word: vocabulary.count(word) for word in WATER.split()}
    memory.engine.take_up(memory.threads.values(), memory.stories.values())
    assert {word: vocabulary.count(word) for word in WATER.split()} == before
    assert vocabulary.items == 6


def test_an_item_of_an_unknown_thread_is_left_alone() -> None:
    """Forgetting where nothing is held answers nothing and raises nothing."""
    assert Memory().engine.forget(heard(1, WATER), 99) == Understood()


def test_what_is_erased_lies_in_no_file() -> None:
    """Words that were packed away are overwritten at once, not with the next message.

    Sabotage: overwrite only at a tick.
    """
    items = [heard(1, "Quillfeather saw brown water"), heard(2, "A parade of ducks in Fenmoor")]
    memory = Memory().hear(items)
    pools = (memory.engine._threads.live, memory.engine._stories.live)
    for pool in pools:
        pool._most = 0
        pool.settle()
        assert b"quillfeather" in bytes(pool._packed._piece)
    memory.engine.forget(items[0], memory.items[1].thread, keep_counts=True)
    for pool in pools:
        assert b"quillfeather" not in bytes(pool._packed._piece)
