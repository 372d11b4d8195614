"""Tests of must-links and cannot-links: whatever comes in, ticks and restarts, linked threads obey."""

from __future__ import annotations

import itertools
import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.records import Heard, Thread, Understood
from answerable.understand.embed import Hashed
from answerable.understand.links import CANNOT, MUST, Link, Links
from answerable.understand.parting import Parting
from answerable.understand.story_engine import StoryEngine
from tests.understand.streams import WORDS, Rows, heard


class World:
    """Rows, the engine on them, and what a person said; an undo is the opposite wish."""

    def __init__(self) -> None:
        self.rows = Rows()
        self.must: list[tuple[int, int]] = []
        self.cannot: list[tuple[int, int]] = []
        self.born = itertools.count(1000)
        self.restart()

    def restart(self) -> None:
        """An engine as it is made from rows."""
        rows = self.rows
        self.engine = StoryEngine(
            Hashed(), threads=itertools.count(max(rows.threads, default=0) + 1), stories=self.born
        )
        self.engine.load(
            [one.row for one in rows.threads.values()], [one.row for one in rows.live_stories().values()]
        )
        self.link()

    def link(self) -> None:
        """Tell the engine what was said."""
        said = [(MUST, *pair) for pair in self.must] + [(CANNOT, *pair) for pair in self.cannot]
        story = {one.id: one.story for one in self.rows.threads.values()}
        self.engine.links.set([Link(kind, a, story[a], b, story[b]) for kind, a, b in said])

    def read(self, items: list[Heard]) -> None:
        self.apply(self.engine.read(items))
        self.apply(self.engine.merge())

    def apply(self, outcome: Understood) -> None:
        self.rows.apply(outcome)

    def merge(self, one: int, other: int) -> None:
        """A person says that two threads are one story."""
        stories = self.rows.threads[one].story, self.rows.threads[other].story
        if stories[0] == stories[1]:
            return
        apart = {frozenset(stories)}
        story = {thread.id: thread.story for thread in self.rows.threads.values()}
        self.cannot = [
            pair for pair in self.cannot if frozenset((story[pair[0]], story[pair[1]])) not in apart
        ]
        self.must.append((one, other))
        self.link()
        self.apply(self.engine.unite(*stories))

    def split(self, story: int, leaving: list[Thread]) -> None:
        """A person says that some threads of a story are about something else."""
        stay = [
            one
            for one in self.rows.threads.values()
            if one.story == story and one not in leaving and one.items
        ]
        ids = {one.id for one in leaving}
        hours = {hour: count for (of, hour), count in self.rows.hours.items() if of == story}
        parted = self.engine.part(story, ids, Parting(story_hours=hours, heading_leaves=True))
        if parted is None:
            return
        self.apply(parted[0])
        self.must = [pair for pair in self.must if (pair[0] in ids) == (pair[1] in ids)]
        self.cannot += [(one.id, other.id) for one in leaving for other in stay]
        self.link()

    def check(self) -> None:
        """Every word of a person holds."""
        story = {one.id: one.story for one in self.rows.threads.values()}
        assert all(story[a] == story[b] for a, b in self.must)
        assert all(story[a] != story[b] for a, b in self.cannot)


def items(rng: random.Random, first: int, count: int) -> list[Heard]:
    """Few topics, so that stories merge all the time."""
    made = []
    for number in range(first, first + count):
        topic = rng.randrange(4) * 5
        made.append(
            heard(number, " ".join([*rng.sample(WORDS[topic : topic + 6], 4), f"x{rng.randrange(9)}"]))
        )
    return made


@settings(max_examples=30)
@given(
    st.integers(0, 10**6),
    st.lists(st.sampled_from(["read", "split", "merge", "restart", "tick"]), max_size=12),
)
def test_linked_threads_obey_whatever_happens(seed: int, doing: list[str]) -> None:
    """After any order of items, ticks, restarts, splits and merges each link holds and all sums are right."""
    rng, world = random.Random(seed), World()
    everything = items(rng, 1, 40)
    world.read(everything)
    for what in doing:
        live = [one for one in world.rows.threads.values() if one.items]
        if what == "read":
            more = items(rng, len(everything) + 1, 20)
            everything += more
            world.read(more)
        elif what == "tick":
            world.apply(world.engine.merge())
        elif what == "restart":
            world.restart()
        elif what == "merge":
            one, other = rng.choice(live), rng.choice(live)
            world.merge(one.id, other.id)
        else:
            story = Counter(one.story for one in live).most_common(1)[0][0]
            there = [one for one in live if one.story == story]
            world.split(story, rng.sample(there, max(1, len(there) // 3)))
        world.check()
        world.rows.check(everything)


def test_a_cannot_link_keeps_equal_stories_apart() -> None:
    """Two stories in the very same words stay two when a person said so, and would be one without."""
    both = Links()
    both.set([Link(CANNOT, 1, 10, 2, 20)])
    assert list(both.apart(10)) == [20]
    both.merged(10, 15)
    both.merged(5, 10)
    assert list(both.apart(20)) == [5]
    both.set([Link(MUST, 1, 10, 2, 20)])
    assert both.wanted() == [(10, 20)]
    both.merged(10, 20)
    assert both.wanted() == []
