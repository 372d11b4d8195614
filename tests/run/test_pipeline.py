"""The pipeline is checked before the first item, hands on what each step found, and can be taken up again."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from answerable.alert.eras import Eras
from answerable.errors import NotReady
from answerable.records import Heard, SourceClass, StoryState, Thread, Understood
from answerable.run.pipeline import MERGE_EVERY, Understanding
from answerable.run.steps import BurstStep, StoryStep, checked
from answerable.understand.embed import Hashed
from answerable.understand.story_engine import StoryEngine

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NOISE = "ferry library orchestra pothole festival bakery museum tram lantern harvest".split()


def _item(number: int, text: str, minutes: float) -> Heard:
    at = START + timedelta(minutes=minutes)
    return Heard(
        id=number, source=1, source_class=SourceClass.PUBLIC, text=text, title="", published=at, heard=at
    )


def _water(count: int, first: int = 1, minutes: float = 0, every: float = 1.0) -> list[Heard]:
    """Messages about one matter, each with words of its own."""
    return [
        _item(
            first + n,
            f"brown water from the tap in Saltgate since this morning {NOISE[n % 10]} {NOISE[n // 10 % 10]} {n}",
            minutes + n * every,
        )
        for n in range(count)
    ]


def _space(first: int = 1) -> Understanding:
    return Understanding(threads=itertools.count(first), stories=itertools.count(first), embedder=Hashed())


class _Step:
    """A step that says what it needs."""

    def __init__(self, name: str, requires: tuple[str, ...] = (), assigns: tuple[str, ...] = ()) -> None:
        self.name, self.requires, self.assigns = name, requires, assigns

    def read(self, items: Sequence[Heard], outcome: Understood) -> Understood:
        return outcome

    def merge(self, outcome: Understood) -> Understood:
        return outcome


def test_the_built_in_steps_fit() -> None:
    """Stories come before bursts; the other way round the start refuses in one sentence."""
    engine = StoryEngine(Hashed(), threads=itertools.count(1), stories=itertools.count(1))
    stories, bursts = StoryStep(engine), BurstStep(Eras())
    assert checked([stories, bursts]) == (stories, bursts)
    with pytest.raises(NotReady, match="bursts requires items"):
        checked([bursts, stories])


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([_Step("late", requires=("items",))], "late requires items"),
        ([_Step("odd", assigns=("moods",))], "odd names moods"),
        ([_Step("odd", requires=("moods",))], "odd names moods"),
        ([_Step("twin", assigns=("items",)), _Step("twin")], "called twin"),
        ([_Step("self", requires=("hours",), assigns=("hours",))], "self requires hours"),
    ],
)
def test_a_list_that_does_not_fit_is_refused_in_one_line(steps: list[_Step], words: str) -> None:
    """What is missing, unknown or double is named before any item is read, with what to do."""
    with pytest.raises(NotReady, match=words) as refused:
        checked(steps)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")


def test_every_item_gets_a_thread_and_a_story() -> None:
    """One answer for each item, in order; each names a thread that comes along whole, with a story."""
    items = [*_water(20), _item(50, "", 30), _item(51, "😀", 31), _item(52, "Der Bus ist zu spät", 32)]
    outcome = _space().read(items)
    assert [found.id for found in outcome.items] == [item.id for item in items]
    stories = {thread.id: thread.story for thread in outcome.threads}
    assert {found.thread for found in outcome.items} <= stories.keys()
    assert set(stories.values()) <= {story.id for story in outcome.stories}
    assert sum(added for _, _, added in outcome.hours) == len(items)


def test_a_burst_comes_out_with_its_items() -> None:
    """Items of one matter in a few minutes raise one signal that names a story of theirs and only their items."""
    space = _space()
    outcome = space.read(_water(40))
    space.merge()
    (signal,) = space.signals()
    assert signal.observed == len(signal.items) >= 6
    assert set(signal.items) <= {found.id for found in outcome.items if found.duplicate_of is None}
    assert space.signals() == []


def test_copies_of_one_message_are_no_burst() -> None:
    """A message copied a hundred times is marked as duplicates of the first and raises nothing."""
    space = _space()
    text = "Please share: the school in Hollin Bridge is closed tomorrow because of the flood"
    outcome = space.read([_item(n, text, n / 10) for n in range(1, 101)])
    assert [found.duplicate_of for found in outcome.items] == [None] + [1] * 99
    space.merge()
    assert space.signals() == []


def test_a_story_tick_is_due_after_enough_items() -> None:
    """Without a rest a merge waits for at most MERGE_EVERY items, and then the count starts again."""
    space = _space()
    space.read(_water(MERGE_EVERY - 1))
    assert not space.merge_due()
    space.read(_water(1, first=1000, minutes=300))
    assert space.merge_due()
    space.merge()
    assert not space.merge_due()


def _kept(outcomes: Sequence[Understood]) -> tuple[list[Thread], list[StoryState]]:
    """What a store holds after these outcomes: the last of every row, merges followed."""
    threads: dict[int, Thread] = {}
    stories: dict[int, StoryState] = {}
    for outcome in outcomes:
        threads.update((thread.id, thread) for thread in outcome.threads)
        stories.update((story.id, story) for story in outcome.stories)
        for merge in outcome.merges:
            stories.pop(merge.loser, None)
            threads = {
                number: replace(thread, story=merge.winner) if thread.story == merge.loser else thread
                for number, thread in threads.items()
            }
        for number in outcome.idle:
            threads.pop(number, None)
    return list(threads.values()), list(stories.values())


def test_a_restart_goes_on_where_rows_ended() -> None:
    """A space loaded from rows puts the next items where the old one does, and repeats no alert."""
    old, first = _space(), _water(60)
    outcomes = [old.read(first), old.merge()]
    assert len(old.signals()) == 1
    threads, stories = _kept(outcomes)
    story_of = {thread.id: thread.story for thread in threads}
    new = _space(first=10_000)
    recent = [
        (story_of[found.thread], found.id, item.published, "public")
        for item, found in zip(first, outcomes[0].items, strict=True)
        if found.duplicate_of is None
    ]
    new.load(threads, stories, recent)
    assert new.signals() == []
    more = _water(20, first=500, minutes=60)
    went = [[found.thread for found in space.read(more).items] for space in (old, new)]
    known = [[thread if thread in story_of else None for thread in side] for side in went]
    assert known[0] == known[1]
    assert any(known[0])
    new.merge()
    assert new.signals() == []


def test_the_same_stream_ends_in_the_same_rows() -> None:
    """Two runs over the same items agree in every row and every signal."""
    runs = []
    for _ in range(2):
        space = _space()
        runs.append([space.read(_water(60)), space.merge(), space.signals()])
    assert runs[0] == runs[1]


def test_an_edited_item_leaves_no_trace_in_a_burst() -> None:
    """Items taken out before their test are not counted, so no alert opens onto what is gone."""
    space, items = _space(), _water(40)
    outcome = space.read(items)
    for item, found in zip(items, outcome.items, strict=True):
        if item.id > 3:
            space.forget(item, found.thread)
    space.merge()
    assert space.signals() == []
