"""Matters found in a process beside: the same matters a tick later, nothing stale, and nobody outlives."""

from __future__ import annotations

import itertools
import os
import random
import select
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psutil
import pytest

from answerable.errors import NotReady
from answerable.run.matter_process import FarMatters
from answerable.understand.links import CANNOT, Link, Links
from answerable.understand.live_story import LiveStory
from answerable.understand.matters import MatterIndex, MatterRules, MatterTick
from answerable.understand.names import named
from answerable.understand.shelf import Attic
from tests.understand.matter_desk import DAMP, HOUR_MS, LIFT, chatter

RULES = MatterRules(lone=6, live=6)


def _index(links: Links) -> MatterIndex:
    return MatterIndex(itertools.count(1), Attic(), RULES, apart=links.apart)


@contextmanager
def _far(links: Links) -> Iterator[FarMatters]:
    with closing(FarMatters(_index(links), links)) as far:
        yield far


def _process_of(far: FarMatters) -> psutil.Process:
    return psutil.Process(far._pid)


def _stories(many: int) -> dict[int, LiveStory]:
    return {
        one: LiveStory(one, one * 24 * HOUR_MS, one * 24 * HOUR_MS, 0, items=1) for one in range(1, many + 1)
    }


def test_finds_the_same_a_tick_later() -> None:
    """Hearing, merging, parting and letting go: each tick tells what the same index tells here one earlier."""
    links, rng, stories = Links(), random.Random(4), _stories(300)
    near = _index(links)
    letters = [LIFT, DAMP, *(batch[0] for batch in chatter(12))]
    here, there = [], []
    crowded, kept = False, 0
    with _far(links) as far:
        for start in range(1, 300, 6):
            for one in range(start, start + 6):
                title, text = rng.choice(letters)
                for index in (near, far):
                    index.hear(one, named(title, text), one % 40)
            if start == 31:
                links.set([Link(CANNOT, 1, 1, 2, 2), Link(CANNOT, 3, 40, 4, 41)])
            if rng.random() < 0.3:
                winner, loser = sorted(rng.sample(range(1, start), 2)) if start > 2 else (1, 2)
                for index in (near, far):
                    index.merged(winner, loser)
            if start % 5 == 0:
                for index in (near, far):
                    index.part(start, stories)
            live = {one: stories[one] for one in range(max(1, start - 9), start + 6)}
            if crowded:
                near.keep(live)
                kept += 1
            here.append(near.tick(live))
            crowded = near.crowded(len(live))
            there.append(far.tick(live))
        there.append(far.collect())
        assert far.collect() == MatterTick()
    assert there[0] == MatterTick()
    assert there[1:] == here
    assert sum(len(one.merges) for one in here) > 0
    assert kept > 0


@pytest.mark.parametrize("apart", [False, True])
def test_what_a_person_set_apart_stays_apart(apart: bool) -> None:
    """A word of a person that was said after the process began holds there, too."""
    links, stories, placed = Links(), _stories(2), dict[int, int]()
    with _far(links) as far:
        links.set([Link(CANNOT, 1, 1, 2, 2)] if apart else [])
        for one in stories:
            far.hear(one, named(*LIFT), 40)
            far.tick(stories)
            placed.update(far.collect().placed)
    assert (placed[1] != placed[2]) is apart


def test_what_was_erased_is_not_written_again() -> None:
    """Taking a message out tells first what the last tick found, so that nothing older is written after it."""
    links, stories = Links(), _stories(4)
    with _far(links) as far:
        for one in stories:
            far.hear(one, named(*LIFT), 40)
        far.tick(stories)
        told = far.forget(4, named(*LIFT), counted=True)
        assert [one.said for one in told.matters] == [4.0, 3.0]
        assert len(told.placed) == 4
        assert far.collect() == MatterTick()


def test_an_error_is_raised_where_it_was_asked() -> None:
    """A question that fails over there fails here, and the process goes on."""
    with _far(Links()) as far:
        far.merged(1, None)  # type: ignore[arg-type]
        far._said.append(("no such thing", (), {}))
        with pytest.raises(AttributeError):
            far.forget(1, named(*LIFT))
        far.tick({})
        assert far.collect() == MatterTick()


def test_a_process_that_ended_is_said_in_one_line() -> None:
    """Whoever asks a process that was killed is told what is safe and what to do."""
    with _far(Links()) as far:
        _process_of(far).kill()
        with pytest.raises(NotReady, match="Nothing is lost"):
            for _ in range(3):
                far.tick({})


def test_ends_when_it_is_closed_and_when_its_parent_is_killed() -> None:
    """No such process outlives its parent, however that ends, and none is left as a zombie."""
    with _far(Links()) as far:
        child = _process_of(far)
        assert child.is_running()
    assert not child.is_running()
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:
        far = FarMatters(_index(Links()), Links())
        os.write(writing, str(far._pid).encode())
        time.sleep(60)
        os._exit(0)
    grandchild = int(os.read(reading, 20))
    assert psutil.pid_exists(grandchild)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    deadline = time.monotonic() + 10
    while psutil.pid_exists(grandchild) and psutil.Process(grandchild).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.close(reading)
    os.close(writing)


def test_holds_no_file_of_its_parent() -> None:
    """A pipe that the parent closes ends for whoever reads it: the process keeps none of the parent's files."""
    reading, writing = os.pipe()
    with _far(Links()) as far:
        far.tick({})
        far.collect()
        os.close(writing)
        ended, _, _ = select.select([reading], [], [], 5)
        assert ended
        assert os.read(reading, 1) == b""
    os.close(reading)
