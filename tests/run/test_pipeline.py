"""Tests of the pipeline: its check before it runs, its steps, and what it gives the engine."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from answerable.errors import NotReady
from answerable.records import Heard, Signal, SourceClass, Understood
from answerable.run.alerting import Alerting
from answerable.run.evaluation.desk import MemoryDesk
from answerable.run.pipeline import MERGE_EVERY, Understanding
from answerable.run.step_checks import check_step
from answerable.run.steps import AlertStep, Step, StoryStep, checked
from answerable.understand.embed import Hashed
from answerable.understand.readings import Reading
from answerable.understand.story_engine import StoryEngine

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def stories() -> Step:
    return StoryStep(StoryEngine(Hashed(), threads=itertools.count(1), stories=itertools.count(1)))


def alerts() -> Step:
    embedder = Hashed()
    engine = StoryEngine(embedder, threads=itertools.count(1), stories=itertools.count(1))
    return AlertStep(Alerting(engine, embedder))


def item(number: int, text: str, second: float) -> Heard:
    at = NOON + timedelta(seconds=second)
    return Heard(number, 1, SourceClass.PUBLIC, text, "", at, at)


class Custom:
    """A step of a third party, as wrong as a test wants it."""

    name = "custom"
    requires: tuple[str, ...] = ("items",)
    assigns: tuple[str, ...] = ()

    def __init__(self, **changes: tuple[str, ...] | str) -> None:
        for name, value in changes.items():
            setattr(self, name, value)

    def read(self, items: Sequence[Heard], readings: Sequence[Reading], outcome: Understood) -> Understood:
        return outcome

    def merge(self, outcome: Understood) -> Understood:
        return outcome


class Silent(Custom):
    """Drops items without saying so."""

    def read(self, items: Sequence[Heard], readings: Sequence[Reading], outcome: Understood) -> Understood:
        return replace(outcome, items=())


class Counter(Custom):
    """Gives another outcome each time it is made."""

    assigns: tuple[str, ...] = ("idle",)
    made = itertools.count()

    def merge(self, outcome: Understood) -> Understood:
        return replace(outcome, idle=(next(self.made),))


def test_the_built_in_steps_conform() -> None:
    """One line tests a step: hostile texts, determinism, nothing changed that is not assigned."""
    check_step(stories)
    check_step(alerts, before=[stories])
    check_step(Custom, before=[stories])


@pytest.mark.parametrize(("step", "sentence"), [(Silent, "without saying so"), (Counter, "second time")])
def test_a_step_that_breaks_its_word_is_found(step: type[Custom], sentence: str) -> None:
    """The conformance checks are able to fail."""
    with pytest.raises(AssertionError, match=sentence):
        check_step(step, before=[stories])


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([alerts, stories], "requires items, which no step before it assigns"),
        ([stories, lambda: Custom(requires=("mood",))], "names mood, which no outcome has"),
        ([stories, lambda: Custom(assigns=("colour",))], "names colour"),
        ([stories, stories], "Two steps are called stories"),
    ],
)
def test_a_wrong_list_fails_before_the_first_item(steps: list[type[Custom]], sentence: str) -> None:
    """What a step requires must be assigned before it; the error is one line that names the step."""
    with pytest.raises(NotReady, match=sentence) as caught:
        checked([make() for make in steps])
    assert "\n" not in str(caught.value)


def test_a_burst_goes_through_the_whole_pipeline() -> None:
    """Posts in, signals out: each names the story in which all its items stand; repeats are not counted."""
    space = Understanding(threads=itertools.count(1), stories=itertools.count(1), embedder=Hashed())
    said = "water main burst in Mill Lane street flooded"
    items = [item(n, f"everyday thing{n} matter{n} number{n}", n * 400) for n in range(1, 60)]
    items += [item(n, f"{said} {' '.join(_aside(n))}", 24_000 + 20 * n) for n in range(100, 125)]
    items += [item(n, items[-1].text, 26_600) for n in range(200, 240)]
    story_of, signals, desk = {}, list[Signal](), MemoryDesk()
    for one in items:
        desk.hear(one)
    for at in range(0, len(items), 10):
        outcome = space.read(items[at : at + 10])
        of = {thread.id: thread.story for thread in outcome.threads}
        story_of.update((found.id, of[found.thread]) for found in outcome.items)
        merged = {merge.loser: merge.winner for merge in space.merge().merges}
        story_of = {one: merged.get(story, story) for one, story in story_of.items()}
        signals += space.signals(desk)
    assert signals
    for signal in signals:
        assert {story_of[one] for one in signal.items} == {signal.story}
        assert set(signal.items) <= set(range(100, 125))


def _aside(number: int) -> list[str]:
    return [f"aside{number * k % 97}" for k in (3, 5, 7, 11, 13)]


def test_a_tick_is_due_after_many_items_or_none() -> None:
    """While there is no rest, stories are merged every MERGE_EVERY items."""
    space = Understanding(threads=itertools.count(1), stories=itertools.count(1), embedder=Hashed())
    assert not space.merge_due()
    for at in range(0, MERGE_EVERY, 50):
        space.read([item(at + n, f"word{n} other{at}", at + n) for n in range(1, 51)])
    assert space.merge_due()
    space.merge()
    assert not space.merge_due()


def test_an_edited_item_leaves_the_watch_too() -> None:
    """An item that is read anew is counted once."""
    space = Understanding(threads=itertools.count(1), stories=itertools.count(1), embedder=Hashed())
    posts = [item(n, f"water main burst in Mill Lane {' '.join(_aside(n))}", n) for n in range(1, 5)]
    outcome = space.read(posts)
    thread = outcome.items[0].thread
    language = outcome.items[0].language
    for _ in range(5):
        left = space.forget(replace(posts[0], language=language), thread)
        assert left.stories[0].items == 3
        again = space.read([posts[0]])
        assert again.stories[0].items == 4
    desk = MemoryDesk()
    for post in posts:
        desk.hear(post)
    assert all(signal.observed == len(posts) for signal in space.signals(desk))
