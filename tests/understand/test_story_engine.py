"""Tests of the engine as the store sees it: sums, restarts, erasures, headings, hostile texts."""

from __future__ import annotations

import itertools
import random
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.records import Heard, SourceClass
from answerable.understand.budget import STORY_MEMBERS
from answerable.understand.embed import Hashed
from answerable.understand.states import unpack_story, unpack_thread
from answerable.understand.story_engine import StoryEngine
from answerable.understand.words import words
from tests.understand.streams import NOON, WORDS, Rows, engine_on, heard, play

HOSTILE = (
    "", " ", "😀😀😀", "a" * 20_000, "水" * 5_000, "@…", "RT @…:", "#", "https://a.example/1", "!!!", "\u202e\u2066",
    "= SUM(A1)", "<script>alert(1)</script>", "ﷺ" * 300, "e\u0301" * 3_000, "Ⱥ" * 3_000, "\n" * 500, "0" * 300,
    "п" * 900 + " " + " ".join(f"правительство{i}" for i in range(90)), "🇪🇺" * 50, "ก" * 2_000,
)  # fmt: skip


def stream(seed: int, count: int) -> list[Heard]:
    """A stream with topics, repeats and noise; the same seed gives the same stream."""
    rng = random.Random(seed)
    items = []
    for number in range(1, count + 1):
        topic = rng.randrange(6) * 5
        spoken = [*rng.sample(WORDS[topic : topic + 5], 4), f"{rng.choice(WORDS)}{rng.randrange(40)}"]
        text = " ".join(spoken) if rng.random() < 0.8 or not items else rng.choice(items).text
        minute = number * rng.choice([1, 1, 1, 1, 30])
        kind = rng.choice(list(SourceClass))
        items.append(heard(number, text, minute=minute, source_class=kind))
    return items


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 14), max_size=5))
def test_every_item_stands_in_one_thread_whatever_restarts(seed: int, restarts: list[int]) -> None:
    """Split at any point and rebuilt from rows: every item in one thread and story, all sums right."""
    items = stream(seed, 150)
    play(items, batch=10, restarts=restarts).check(items)


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.sets(st.integers(1, 14), max_size=4))
def test_a_restart_changes_no_thread(seed: int, restarts: set[int]) -> None:
    """With and without restarts each item joins the same thread, in the same language, as the same repeat."""
    items = stream(seed, 150)
    straight, broken = play(items, batch=10), play(items, batch=10, restarts=list(restarts))
    assert straight.thread_of == broken.thread_of
    assert straight.duplicate_of == broken.duplicate_of
    assert straight.language == broken.language
    assert {i: t.state for i, t in straight.threads.items()} == {
        i: t.state for i, t in broken.threads.items()
    }


def test_the_same_stream_gives_the_same_rows() -> None:
    """Nothing depends on chance, on the order of sets or on the process."""
    items = stream(3, 200)
    one, other = play(items), play(items)
    assert one.threads == other.threads
    assert one.stories == other.stories
    assert one.merged == other.merged


def test_a_stored_sum_is_the_sum_of_its_items() -> None:
    """Thread.state and StoryState.state hold how many items have each word, nothing else."""
    items = [
        heard(n, text) for n, text in enumerate(["burst pipe Mill Lane", "Mill Lane burst pipe water"], 1)
    ]
    rows = play(items)
    (thread,) = rows.threads.values()
    assert unpack_thread(thread.state)[4] == {"burst": 2, "pipe": 2, "mill": 2, "lane": 2, "water": 1}
    (story,) = rows.stories.values()
    assert unpack_story(story.state)[3] == {"burst": 2, "pipe": 2, "mill": 2, "lane": 2, "water": 1}


@pytest.mark.parametrize("batch", [1, 7, 100])
def test_hostile_texts_get_a_thread_and_a_story(batch: int) -> None:
    """Nothing, signs, 20,000 letters, one script or another: no crash, small states, right sums."""
    items = [heard(n, text) for n, text in enumerate([*HOSTILE, *HOSTILE], 1)]
    play(items, batch=batch).check(items)


@settings(max_examples=40)
@given(st.lists(st.text(max_size=400), min_size=1, max_size=12))
def test_any_texts_get_threads(texts: list[str]) -> None:
    """Whatever strangers write is read, and the sums are right."""
    items = [heard(n, text) for n, text in enumerate(texts, 1)]
    play(items, batch=5).check(items)


def test_items_without_text_are_understood_by_what_they_have() -> None:
    """Title only and link only are compared by that; empty ones stay alone and are never merged."""
    items = [
        heard(1, "", title="Burst water main floods Mill Lane"),
        heard(2, "", title="Mill Lane: burst water main floods the street"),
        heard(3, "", link="https://post.example/news/1"),
        heard(4, "", link="http://www.post.example/news/1?from=x"),
        heard(5, ""),
        heard(6, ""),
    ]
    rows = play(items)
    rows.check(items)
    assert rows.story(1) == rows.story(2)
    assert rows.story(3) == rows.story(4)
    assert rows.story(5) != rows.story(6)


def test_a_repeat_names_its_original() -> None:
    """The second of two equal posts is a near-duplicate of the first, the third too; another post is none."""
    post = "Burst water main floods Mill Lane since six this morning"
    items = [
        heard(1, post),
        heard(2, f"RT @…: {post}"),
        heard(3, post),
        heard(4, "Lanterns on the quay tonight"),
    ]
    assert play(items, batch=2).duplicate_of == {1: None, 2: 1, 3: 1, 4: None}


def test_the_heading_is_somebodys_own_readable_words() -> None:
    """Not the retweet, not the shout, not the two words: the sentence."""
    items = [
        heard(1, "RT @…: water main burst in Mill Lane, water everywhere and nobody comes"),
        heard(2, "water Mill Lane"),
        heard(3, "WATER MAIN BURST IN MILL LANE"),
        heard(4, "The water main in Mill Lane has burst and the whole street is under water"),
        heard(5, "#water #main #burst #MillLane #flood https://a.example/1"),
    ]
    rows = play(items)
    story = rows.stories[rows.story(4)]
    assert story.items >= 3
    assert story.heading_item == 4


def test_an_outlets_headline_heads_the_story() -> None:
    """A title counts more than a post of the same quality."""
    items = [
        heard(1, "water main burst in Mill Lane, the street is under water"),
        heard(2, "The water is off.", title="Burst water main in Mill Lane puts the street under water",
              source_class=SourceClass.OUTLET),
    ]  # fmt: skip
    rows = play(items)
    assert rows.stories[rows.story(2)].heading_item == 2


def test_an_edited_item_leaves_no_trace_in_the_sums() -> None:
    """Forgotten for an edit: counts, words and hours are as if it had not come; read again it counts once."""
    items = [heard(n, f"burst water main in Mill Lane number{n}") for n in range(1, 6)]
    rows = Rows()
    engine = engine_on(rows)
    rows.apply(engine.read(items[:4]))
    before = dict(rows.threads), dict(rows.stories)
    rows.apply(engine.read(items[4:]))
    last = Heard(**{**_fields(items[4]), "language": rows.language[5]})
    rows.apply(engine.forget(last, rows.thread_of.pop(5)))
    (thread,), (story,) = rows.threads.values(), rows.stories.values()
    assert thread.items == before[0][thread.id].items
    assert unpack_thread(thread.state)[4] == unpack_thread(before[0][thread.id].state)[4]
    assert story.languages == before[1][story.id].languages
    rows.apply(engine.read([heard(5, "lantern festival on the quay tonight")]))
    rows.check(items)


def test_an_erased_item_is_counted_but_says_nothing_more() -> None:
    """Erasure takes the words and the heading; how many spoke, when and in what language stays."""
    items = [heard(n, f"burst water main in Mill Lane secret{n}") for n in range(1, 5)]
    rows = Rows()
    engine = engine_on(rows)
    rows.apply(engine.read(items))
    (story,) = rows.stories.values()
    heading = story.heading_item
    assert heading is not None
    gone = Heard(**{**_fields(items[heading - 1]), "language": rows.language[heading]})
    rows.apply(engine.forget(gone, rows.thread_of[heading], keep_counts=True))
    rows.check(items)
    (thread,), (story,) = rows.threads.values(), rows.stories.values()
    assert story.heading_item not in {None, heading}, "a repeat stands in for the text that left"
    assert f"secret{heading}" not in unpack_thread(thread.state)[4]
    assert f"secret{heading}" not in unpack_story(story.state)[3]
    assert heading not in [row[0] for row in unpack_thread(thread.state)[3]]


def test_the_last_item_of_a_thread_takes_it_along() -> None:
    """A thread without items leaves the index, and so does its story."""
    rows = Rows()
    engine = engine_on(rows)
    item = heard(1, "burst water main in Mill Lane")
    rows.apply(engine.read([item]))
    outcome = engine.forget(Heard(**{**_fields(item), "language": rows.language[1]}), rows.thread_of[1])
    assert outcome.idle == (rows.thread_of[1],)
    assert outcome.stories[0].items == 0
    assert outcome.stories[0].heading_item is None
    rows.apply(outcome)
    rows.apply(engine.merge())
    assert not engine._threads.live
    assert not engine._stories.live


def test_an_item_leaves_an_idle_thread_that_was_taken_up() -> None:
    """Long after a thread left the index, its rows are enough to take an item out; then it leaves again."""
    rows = Rows()
    engine = engine_on(rows)
    items = [heard(n, f"burst water main in Mill Lane secret{n}") for n in (1, 2)]
    rows.apply(engine.read(items))
    for number in range(3, 2105):
        rows.apply(engine.read([heard(number, f"thing{number} other{number}", minute=6000 + number)]))
    rows.apply(engine.merge())
    thread = rows.thread_of[1]
    assert thread in rows.idle
    old = Heard(**{**_fields(items[0]), "language": rows.language[1]})
    assert not engine.forget(old, thread).threads, "what is not held is not changed"
    story = rows.threads[thread].story
    engine.take_up([rows.threads[thread]], [rows.stories[story]])
    rows.apply(engine.forget(old, thread, keep_counts=True))
    assert "secret1" not in unpack_thread(rows.threads[thread].state)[4]
    assert "secret2" in unpack_thread(rows.threads[thread].state)[4]
    rows.apply(engine.merge())
    assert thread in rows.idle


def test_stories_merge_and_keep_the_older_id() -> None:
    """Two ways of saying one thing become one story when a third says both; the older id stays, sums add up."""
    texts = [
        "water pipe burst Mill Lane", "water pipe burst Mill Lane now", "water pipe burst in Mill Lane again",
        "flooded cellars street fire brigade pumping", "cellars street flooded fire brigade pumping now",
        "fire brigade pumping flooded cellars street",
        "Mill Lane water pipe burst flooded cellars street fire brigade pumping",
    ]  # fmt: skip
    items = [heard(n, text) for n, text in enumerate(texts, 1)]
    rows = play(items, batch=3)
    rows.check(items)
    assert all(winner < loser for loser, winner in rows.merged.items())


def test_only_a_part_of_a_flood_is_embedded() -> None:
    """Of 4,000 items not more than the start and one in twelve are embedded, no repeat twice."""

    class Counting(Hashed):
        texts: ClassVar[list[str]] = []

        def embed(self, texts: Any) -> Any:
            self.texts += texts
            return super().embed(texts)

    embedder = Counting()
    rng = random.Random(11)
    items = [
        heard(
            n, " ".join([f"topic{rng.randrange(400)}", *rng.sample(WORDS, 4), f"aside{rng.randrange(900)}"])
        )
        for n in range(1, 4001)
    ]
    play(items, batch=250, embedder=embedder)
    assert 300 < len(embedder.texts) <= 300 + 4000 // 12
    assert len(set(embedder.texts)) > 0.95 * len(embedder.texts)


def test_a_story_sums_few_meanings() -> None:
    """A story of a thousand items holds the meaning of a few; more would not move it."""
    items = [heard(n, f"burst water main in Mill Lane {WORDS[n % 30]}", minute=n / 10) for n in range(1, 600)]
    rows = play(items, batch=100)
    biggest = max(rows.live_stories().values(), key=lambda story: story.items)
    assert biggest.items > 300
    assert 0 < unpack_story(biggest.state)[0] <= STORY_MEMBERS


def test_times_may_come_in_any_order() -> None:
    """A late item moves the beginning of its story, never the end."""
    items = [
        heard(1, "burst water main in Mill Lane", minute=100),
        heard(2, "Mill Lane water main burst", minute=5),
    ]
    rows = play(items)
    story = rows.stories[rows.story(1)]
    assert story.first_seen == NOON + timedelta(minutes=5)
    assert story.last_seen == NOON + timedelta(minutes=100)
    assert story.first_heard == NOON + timedelta(minutes=5)


def test_ids_come_from_the_counters_alone() -> None:
    """Two engines that share their counters never give one id twice: real and exercise live side by side."""
    threads, stories = itertools.count(10), itertools.count(20)
    one = StoryEngine(Hashed(), threads=threads, stories=stories)
    other = StoryEngine(Hashed(), threads=threads, stories=stories)
    found = [one.read([heard(1, "burst water main")]), other.read([heard(2, "burst water main")])]
    assert [outcome.threads[0].id for outcome in found] == [10, 11]
    assert [outcome.stories[0].id for outcome in found] == [20, 21]


def test_a_damaged_state_stops_the_start() -> None:
    """A start on damaged rows says so instead of going on with wrong sums."""
    rows = play([heard(1, "burst water main in Mill Lane")])
    (thread,) = rows.threads.values()
    rows.threads[thread.id] = type(thread)(
        thread.id, thread.story, thread.items, thread.first_seen, thread.last_seen, b"\x01broken"
    )
    with pytest.raises(ValueError, match="state"):
        engine_on(rows)


def _fields(item: Heard) -> dict[str, Any]:
    return {name: getattr(item, name) for name in Heard.__slots__}


def test_words_of_a_heard_item_are_its_terms() -> None:
    """What `forget` subtracts is what `read` added: the same words of title and text."""
    assert words("Mill Lane\nburst") == ["mill", "lane", "burst"]
