"""Items, threads, stories: nothing is lost, nothing counted twice, and a restart changes nothing."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.records import Heard
from answerable.understand.states import unpack_story, unpack_thread
from tests.understand.memory import START, Memory, heard, stream

SEEDS = st.integers(0, 10**6)


def audit(memory: Memory, items: list[Heard]) -> None:
    """Every item in one thread, every thread in one story, and every count the same on each level."""
    assert sorted(memory.items) == sorted(one.id for one in items)
    of_thread = Counter(one.thread for one in memory.items.values())
    assert {one.id: one.items for one in memory.threads.values()} == of_thread
    assert {one.story for one in memory.threads.values()} == set(memory.stories)
    threads, hours = Counter[int](), Counter[int]()
    for thread in memory.threads.values():
        threads[thread.story] += thread.items
    for (story, _), times in memory.hours.items():
        hours[story] += times
    for story in memory.stories.values():
        sums = {story.items, threads[story.id], hours[story.id]}
        sums |= {sum(story.languages.values()), sum(story.classes.values())}
        assert len(sums) == 1, (story.id, sums)


@given(SEEDS, st.integers(1, 120), st.integers(1, 40))
@settings(max_examples=25)
def test_every_item_has_one_thread_and_every_thread_one_story(seed: int, size: int, batch: int) -> None:
    """Every item gets exactly one thread, every thread one story; story, threads, hours count the same."""
    items = stream(seed, size)
    audit(Memory().hear(items, batch), items)


def test_the_random_streams_have_merges_and_repeats() -> None:
    """The streams of these tests do exercise merging, repeating and idling, else they would show little."""
    memory = Memory().hear(stream(1, 150))
    assert len(memory.merges) >= 3
    assert memory.idle
    assert len(memory.threads) > len(memory.stories) > 1
    assert sum(one.duplicate_of is not None for one in memory.items.values()) >= 5


@given(SEEDS, st.integers(1, 100))
@settings(max_examples=15)
def test_the_same_stream_has_the_same_outcome(seed: int, size: int) -> None:
    """Reading the same items again gives the same rows, to the byte."""
    one, other = (Memory().hear(stream(seed, size)) for _ in range(2))
    assert (one.items, one.threads, one.stories) == (other.items, other.threads, other.stories)
    assert (one.hours, one.merges) == (other.hours, other.merges)


@given(SEEDS, st.integers(1, 110), st.sets(st.integers(0, 110), max_size=4))
@settings(max_examples=30)
def test_a_restart_anywhere_changes_no_assignment(seed: int, size: int, cuts: set[int]) -> None:
    """A new engine loaded from Thread.state and StoryState puts every item into the thread the old one would have.

    Stories of the last hour look for partners once more after a start, because nothing tells whether a kill came
    before they did; so a small thread near the bar may join its story a tick earlier or later, and no more.
    """
    items = stream(seed, size)
    through = Memory()
    stopped = Memory()
    for start in range(0, size, 5):
        through.hear(items[start : start + 5], 5)
        if cuts & set(range(start, start + 5)):
            stopped.restart()
        stopped.hear(items[start : start + 5], 5)
    assert stopped.items == through.items
    assert alike(stopped.together(), through.together()) >= 0.85
    audit(stopped, items)


def alike(one: dict[int, int], other: dict[int, int]) -> float:
    """The mean share of companions that items have in both groupings; 1 when they are the same."""
    groups: list[dict[int, set[int]]] = [{}, {}]
    for group, told in zip(groups, (one, other), strict=True):
        for item, story in told.items():
            group.setdefault(story, set()).add(item)
    shares = [
        len(groups[0][one[item]] & groups[1][other[item]])
        / len(groups[0][one[item]] | groups[1][other[item]])
        for item in one
    ]
    return sum(shares) / len(shares)


def test_a_restart_between_reading_and_the_tick_loses_no_merge() -> None:
    """Stories of the last hour that were about to merge when the desk stopped merge after it starts again."""
    merged = 0
    for seed in range(6):
        plain, stopped = Memory(), Memory()
        for memory in (plain, stopped):
            memory.apply(memory.engine.read([heard(one.id, one.text) for one in stream(seed, 50)]))
        stopped.restart()
        for memory in (plain, stopped):
            memory.apply(memory.engine.merge())
        pairs = [[(one.winner, one.loser) for one in memory.merges] for memory in (plain, stopped)]
        assert pairs[0] == pairs[1]
        merged += len(pairs[0])
    assert merged > 0


@given(SEEDS)
@settings(max_examples=10)
def test_the_older_story_wins_a_merge_and_takes_the_threads(seed: int) -> None:
    """A merge keeps the older id, adds the counts up, and every thread of the loser stands in the winner."""
    memory = Memory()
    for start in range(0, 120, 6):
        memory.apply(memory.engine.read(stream(seed, 120)[start : start + 6]))
        before, stood = dict(memory.stories), dict(memory.threads)
        outcome = memory.apply(memory.engine.merge())
        into = {merge.loser: merge.winner for merge in outcome.merges}
        for merge in outcome.merges:
            assert merge.winner < merge.loser
            assert merge.shared or merge.meaning > 0
        for winner in set(into.values()) - set(into):
            family = {winner} | {one for one in into if _final(one, into) == winner}
            assert memory.stories[winner].items == sum(before[one].items for one in family)
            assert memory.stories[winner].first_seen == min(before[one].first_seen for one in family)
            assert {one.id for one in stood.values() if one.story in family} == {
                one.id for one in memory.threads.values() if one.story == winner
            }
        held = {one.id: one.story for one in memory.engine._threads.live.values()}
        assert held == {one: memory.threads[one].story for one in held}


def _final(story: int, into: dict[int, int]) -> int:
    while story in into:
        story = into[story]
    return story


def test_items_that_say_nothing_stay_by_themselves() -> None:
    """Posts without a word are counted, each in its own story, and never merge with one another."""
    texts = ["", " ", "🙂", "@nobody", "…", "", "!!!", "@a @b", "🙂"]
    items = [heard(number, text) for number, text in enumerate(texts, 1)]
    memory = Memory().hear(items, 3)
    memory.apply(memory.engine.merge())
    assert len(memory.stories) == len(texts)
    assert not memory.merges
    audit(memory, items)


def test_a_story_is_headed_by_one_of_its_own_items() -> None:
    """The heading is an item of the story, and a readable one rather than a shout or a repeat."""
    good = "Brown water comes out of the taps in Fenmoor since this morning"
    items = [heard(1, "BROWN WATER TAPS FENMOOR"), heard(2, good), heard(3, f"RT @x: {good} #water #fenmoor")]
    memory = Memory().hear(items)
    (story,) = memory.stories.values()
    assert story.heading_item == 2
    random = Memory().hear(stream(5, 100))
    for story in random.stories.values():
        assert story.heading_item is None or random.story_of(story.heading_item) == story.id


def test_stream_time_is_the_newest_publication() -> None:
    """Late items do not turn the clock of the engine back, nor do they leave the first hour uncounted."""
    memory = Memory().hear([heard(1, "brown water fenmoor", minutes=90), heard(2, "brown water fenmoor")])
    assert memory.engine.now == heard(1, "", minutes=90).published
    (story,) = memory.stories.values()
    assert story.first_seen == heard(2, "").published
    hour = int(START.timestamp()) // 3600
    assert memory.hours == {(story.id, hour): 1, (story.id, hour + 1): 1}


@given(SEEDS)
@settings(max_examples=8)
def test_sums_are_the_items_behind_them(seed: int) -> None:
    """A thread's and a story's packed word counts never exceed the items they stand for."""
    memory = Memory().hear(stream(seed, 80))
    for thread in memory.threads.values():
        sums = unpack_thread(thread.state)[-1]
        assert all(0 < times <= thread.items for times in sums.values())
    for story in memory.stories.values():
        assert all(0 < times <= story.items for times in unpack_story(story.state)[-1].values())
