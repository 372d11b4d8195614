"""When stories are described: in rests, in bites, the biggest first, and never so as to hold anybody up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answerable.records import Item, Json, StoryState, Telling, Understood
from answerable.run.describing import Describing
from answerable.run.engine import LocalEngine
from answerable.store import erase, facts
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source, Story
from answerable.store.reading.facts import facts_of
from tests.cast import Desk

pytestmark = pytest.mark.store
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def source(desk: Desk, *, exercise: bool = False) -> Source:
    return Source.objects.create(
        name="Talk", kind="drill" if exercise else "feeds", address="a", source_class="public", purpose="p",
        added_at=WHEN, exercise=exercise, unit=None if exercise else desk.top,
    )  # fmt: skip


def items(at: Source, text: str, count: int, first: int = 0) -> list[Item]:
    return [
        Item(
            source=at.pk,
            key=(first + n).to_bytes(16, "big"),
            text=f"{text} {'again ' * (n % 7)}",
            title="",
            published=WHEN + timedelta(minutes=first + n),
            heard=datetime.now(UTC),  # what was heard long ago leaves by its age
            exercise=at.exercise,
        )
        for n in range(count)
    ]


def rested(engine: LocalEngine) -> None:
    """Rests until every story is described: each ends after a bite."""
    for _ in range(200):
        engine.rest()
        if not facts.stale(1):
            return
    raise AssertionError("stories are still waiting")


class Listed:
    """A describer that remembers whom it was asked about, and how long each takes by a clock of its own."""

    name = "listed"

    def __init__(self, clock: list[float], takes: float = 0.0) -> None:
        self.asked: list[int] = []
        self._clock, self._takes = clock, takes

    def describe(self, telling: Telling) -> Json:
        self.asked.append(telling.story)
        self._clock[0] += self._takes
        return {"n": telling.stored}


class Broken:
    """A describer of somebody else, that fails."""

    name = "broken"

    def describe(self, telling: Telling) -> Json:
        raise ValueError("not my language")


def state(story: int, count: int) -> StoryState:
    return StoryState(story, count, WHEN, WHEN, WHEN, None, {}, {}, b"")


def stored(desk: Desk, number: int, count: int) -> None:
    """A story of `count` items that stands in the store."""
    from tests.store.test_facts import story

    at = Source.objects.first() or source(desk)
    story(number, [(at, "", None)] * count)


def test_the_engine_describes_in_its_rest(desk: Desk) -> None:
    """What came in is described when nothing waits, both spaces apart; the page says as of how many items.

    Sabotage: do not describe in the rest.
    """
    engine = LocalEngine(desk.home, Keyring.open(desk.home))
    for at in (source(desk), source(desk, exercise=True)):
        engine.hand(at.pk, items(at, "The pump at Saltgate has failed and the cellar is full", 8), {})
    engine.settle()
    rested(engine)
    for exercise in (False, True):
        (story,) = Story.objects.filter(exercise=exercise, items=8)
        seen = facts_of(story.pk)
        assert seen["heard"].value == {"public": {"items": 8, "sources": 1, "authors": 0}}
        assert (seen["told"].items, seen["told"].value["stored"]) == (8, 8)


class Chosen:
    """A describer that heads a story with another item than the engine would."""

    name = "heading"

    def describe(self, telling: Telling) -> Json:
        own = Story.objects.get(pk=telling.story).heading_item
        return {"item": next(one.id for one in telling.said if one.id != own)}


def test_the_heading_found_stays_while_the_story_grows(desk: Desk) -> None:
    """The engine keeps the heading that was chosen among all items, also when more come, until it leaves.

    Sabotage: do not tell the engine.
    """
    engine = LocalEngine(desk.home, Keyring.open(desk.home))
    engine._describing = Describing((Chosen(),), headed=engine._head)
    at = source(desk)
    engine.hand(at.pk, items(at, "Brown water in all of Saltgate since the main burst on Mill Lane", 7), {})
    engine.hand(at.pk, items(at, "brown water all saltgate main burst mill lane ugh", 1, first=7), {})
    engine.settle()
    rested(engine)
    story = Story.objects.get(items=8)
    chosen = story.heading_item
    assert chosen == facts_of(story.pk)["heading"].value["item"]
    engine.hand(
        at.pk, items(at, "Brown water in all of Saltgate since the main burst on Mill Lane", 2, first=20), {}
    )
    engine.settle()
    story.refresh_from_db()
    assert (story.items, story.heading_item) == (10, chosen)
    engine._leave([chosen], "request", WHEN)  # type: ignore[list-item]
    story.refresh_from_db()
    assert story.heading_item != chosen


def test_an_erased_item_is_unsaid_at_the_next_rest(desk: Desk) -> None:
    """After an erasure the story is read again without it, though it hardly changed."""
    engine = LocalEngine(desk.home, Keyring.open(desk.home))
    at = source(desk)
    engine.hand(at.pk, items(at, "The pump at Saltgate has failed and the cellar is full", 8), {})
    engine.settle()
    rested(engine)
    gone = ItemRow.objects.order_by("pk").first()
    engine._leave([gone.pk], "request", WHEN)  # type: ignore[union-attr]
    rested(engine)
    seen = facts_of(Story.objects.get(items=8).pk)["told"]
    assert (seen.items, seen.value["stored"]) == (8, 7)


def test_an_item_that_leaves_while_its_story_is_read(desk: Desk) -> None:
    """What was read before an erasure is thrown away, not written.

    Sabotage: go on with what was read.
    """
    clock = [0.0]
    slow = Listed(clock, takes=1.0)
    describing = Describing((slow, Listed(clock)), ticks=lambda: clock[0])
    stored(desk, 1, 6)
    assert describing.work(WHEN), "the bite ends in the middle of the story"
    erase.erase([1000], reason="request", now=WHEN)
    describing.left([1])
    while describing.work(WHEN):
        assert "listed" not in facts_of(1) or facts_of(1)["listed"].value == {"n": 5}
    assert facts_of(1)["listed"].value == {"n": 5}
    assert slow.asked == [1, 1]


def test_one_bite_is_short(desk: Desk) -> None:
    """However many stories wait, a rest ends after the describer that outlasts it; the rest goes on next time."""
    clock = [0.0]
    one = Listed(clock, takes=0.1)
    describing = Describing((one,), ticks=lambda: clock[0])
    for number in range(1, 10):
        stored(desk, number, 5)
    bites = 0
    while describing.work(WHEN):
        bites += 1
        assert clock[0] <= bites * 0.35 + 1e-9
    assert sorted(one.asked) == list(range(1, 10))


def test_the_biggest_come_first_and_growth_decides(desk: Desk) -> None:
    """A tenth more is due at once; less waits five minutes; nothing new is never asked again."""
    clock = [0.0]
    one = Listed(clock)
    describing = Describing((one,), ticks=lambda: clock[0])
    stored(desk, 1, 5)
    stored(desk, 2, 40)
    assert not describing.work(WHEN)
    assert one.asked == [2, 1]
    describing.note(Understood(stories=(state(2, 41),)))
    assert not describing.work(WHEN)
    assert one.asked == [2, 1]
    describing.note(Understood(stories=(state(1, 6), state(2, 42))))
    describing.work(WHEN)
    assert one.asked == [2, 1, 1]
    clock[0] += 301
    describing.work(WHEN)
    describing.work(WHEN)
    assert one.asked == [2, 1, 1, 2]


def test_a_broken_describer_costs_only_its_own_fact(desk: Desk) -> None:
    """The others' facts are written, and the engine goes on."""
    stored(desk, 1, 5)
    Describing((Broken(), Listed([0.0])), ticks=lambda: 0.0).work(WHEN)
    assert set(facts_of(1)) == {"listed", "told"}
    assert facts.stale(9) == []
