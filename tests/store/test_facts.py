"""What stories say about themselves: read fairly, written as ids and numbers, unsaid when an item leaves."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from answerable.records import Merge, SourceClass, Telling, Understood
from answerable.store import drills, erase, facts, search, stream
from answerable.store.models import ItemRow, Source, Story, StoryFact, ThreadRow
from answerable.store.reading.facts import facts_of

pytestmark = pytest.mark.store
WHEN = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def source(**fields: object) -> Source:
    values = {
        "name": "Talk",
        "kind": "feeds",
        "address": "https://talk.example/feed",
        "source_class": "public",
    }
    return Source.objects.create(**{**values, "purpose": "service failure", "added_at": WHEN, **fields})


def story(number: int, of: list[tuple[Source, str, int | None]], *, exercise: bool = False) -> Story:
    """A story with one item for each (source, author, duplicate of), a minute apart; ids from 1000 × story."""
    start = stream.to_ms(WHEN)
    made = Story.objects.create(
        pk=number, exercise=exercise, items=len(of), first_seen=start, last_seen=start, first_heard=start
    )
    thread = ThreadRow.objects.create(
        pk=number, story=made, exercise=exercise, items=len(of), first_seen=start, last_seen=start, state=b""
    )
    ItemRow.objects.bulk_create(
        ItemRow(
            pk=number * 1000 + n,
            source=at,
            key=(number * 1000 + n).to_bytes(16, "big"),
            author=author.encode() or None,
            text=f"text {n}",
            language="en",
            published=start + n * 60_000,
            heard=start,
            batch=1,
            thread=thread,
            duplicate_of=None if repeats is None else number * 1000 + repeats,
            exercise=exercise,
        )
        for n, (at, author, repeats) in enumerate(of)
    )
    search.insert((number * 1000 + n, "", f"text {n}") for n in range(len(of)))
    return made


def told(number: int) -> Telling:
    found = facts.telling(number)
    assert found is not None
    return found


def test_a_story_is_read_with_its_counts(desk: object) -> None:
    """Items, distinct sources and pseudonyms by class; what repeats is read once, with its copies.

    Sabotage: read the duplicates as texts of their own.
    """
    talk, post = source(), source(address="b", source_class="outlet")
    story(
        1,
        [
            (talk, "a", None),
            (talk, "b", 0),
            (talk, "b", 0),
            (post, "", 0),
            (post, "", None),
            (talk, "c", None),
        ],
    )
    seen = told(1)
    assert (seen.items, seen.stored, seen.different) == (6, 6, 3)
    assert {kind: dataclasses.astuple(of) for kind, of in seen.classes.items()} == {
        SourceClass.PUBLIC: (4, 1, 3),
        SourceClass.OUTLET: (2, 1, 0),
    }
    assert [(one.id, one.copies, one.weight) for one in seen.said] == [
        (1000, 4, 1),
        (1004, 1, 1),
        (1005, 1, 1),
    ]
    (group,) = seen.copied
    assert (group.item, group.posts, group.public, group.authors, group.sources) == (1000, 4, 3, 2, 2)
    assert [at - WHEN for at in group.times] == [timedelta(minutes=n) for n in range(3)], "the public ones"


def test_a_long_story_is_sampled_fairly(desk: object) -> None:
    """Of 1,300 different items 500 are read: the most copied for certain, the rest evenly over time, weighed.

    Sabotage: read the newest 500.
    """
    at = source()
    rows = [(at, "", None)] * 1300 + [(at, "", 7)] * 9
    story(1, rows)
    seen = told(1)
    assert (len(seen.said), seen.different, seen.items) == (500, 1300, 1309)
    weights = {one.id: one.weight for one in seen.said}
    assert weights[1007] == 1
    assert sum(weights.values()) == pytest.approx(1300)
    thirds = [sum(1000 + 433 * n <= pk < 1000 + 433 * (n + 1) for pk in weights) for n in range(3)]
    assert min(thirds) > 150, thirds
    again = {one.id for one in told(1).said}
    assert again == set(weights)


@pytest.mark.parametrize("of", ["small", "merged", "none"])
def test_what_does_not_stand_is_not_read(desk: object, of: str) -> None:
    """Four items are no story to describe, a merged one is described by its winner, a wrong id is nothing."""
    at = source()
    story(1, [(at, "", None)] * (4 if of == "small" else 5))
    if of == "merged":
        story(2, [(at, "", None)] * 5)
        Story.objects.filter(pk=1).update(merged_into=2)
    assert facts.telling(9 if of == "none" else 1) is None


def test_facts_replace_each_other_whole(desk: object) -> None:
    """A describer that has nothing to say any more leaves no old word of itself behind."""
    at = source()
    story(1, [(at, "", None)] * 5)
    facts.write(told(1), {"a": {"n": 1}, "b": [1, 2]}, WHEN)
    facts.write(told(1), {"a": {"n": 2}, "b": None}, WHEN + timedelta(hours=1))
    seen = facts_of(1)
    assert {kind: fact.value for kind, fact in seen.items()} == {
        "a": {"n": 2},
        "told": {"stored": 5, "different": 5, "read": 5},
    }
    assert (seen["a"].items, seen["a"].made_at) == (5, WHEN + timedelta(hours=1))


def test_the_heading_of_a_story_is_written_with_its_facts(desk: object) -> None:
    """Lists of stories read the heading from the story itself; a story without one keeps what it has."""
    at = source()
    story(1, [(at, "", None)] * 5)
    facts.write(told(1), {"heading": {"item": 1003}}, WHEN)
    facts.write(told(1), {"heading": None}, WHEN)
    assert Story.objects.get().heading_item == 1003


def test_stale_stories_are_found_after_a_restart(desk: object) -> None:
    """Never described or grown since: newest first, in pages; what is described as it stands is not asked again."""
    at = source()
    for number in (1, 2, 3):
        story(number, [(at, "", None)] * 5)
        Story.objects.filter(pk=number).update(last_seen=stream.to_ms(WHEN) + number)
    story(4, [(at, "", None)] * 4)
    facts.write(told(2), {}, WHEN)
    assert [row[0] for row in facts.stale(9)] == [3, 1]
    first = facts.stale(1)
    assert [row[0] for row in facts.stale(9, (first[0][2], first[0][0]))] == [1]
    Story.objects.filter(pk=2).update(items=6)
    assert [row[0] for row in facts.stale(9)] == [3, 2, 1]


def test_an_item_that_leaves_unsays_its_story(desk: object) -> None:
    """In the transaction of the erasure the story's facts become stale, so that no kill keeps them.

    Sabotage: leave the facts as they are.
    """
    at = source()
    for number in (1, 2):
        story(number, [(at, "", None)] * 5)
        facts.write(told(number), {"a": 1}, WHEN)
    with transaction.atomic():
        erase.erase([1002], reason="request", now=WHEN)
    assert [row[0] for row in facts.stale(9)] == [1]
    assert (facts_of(1)["a"].items, facts_of(2)["a"].items) == (0, 5)
    assert told(1).stored == 4


def test_copies_stay_copies_when_the_first_leaves(desk: object) -> None:
    """The newest copy takes the place of the one that left: a campaign does not dissolve by one erasure.

    Sabotage: let the copies stand alone.
    """
    at = source()
    story(1, [(at, "a", None), (at, "b", 0), (at, "c", 0), (at, "d", 0), (at, "e", None)])
    with transaction.atomic():
        erase.erase([1000, 1003], reason="request", now=WHEN)
    (group,) = told(1).copied
    assert (group.item, group.posts) == (1002, 2)
    assert ItemRow.objects.get(pk=1002).duplicate_of is None


def test_a_merge_leaves_no_fact_of_the_loser(desk: object) -> None:
    """The winner says it all, once it is read again."""
    at = source()
    for number in (1, 2):
        story(number, [(at, "", None)] * 5)
        facts.write(told(number), {"a": 1}, WHEN)
    stream.apply(Understood(merges=(Merge(1, 2, WHEN, 0.5, 0.5),)), exercise=False)
    assert set(StoryFact.objects.values_list("story", flat=True)) == {1}
    assert facts.write(dataclasses.replace(told(1), story=2), {"a": 1}, WHEN) is False
    assert told(1).stored == 10


def test_a_wiped_drill_leaves_no_fact(desk: object) -> None:
    """The end of an exercise takes what its stories said; the real side keeps its own."""
    drill = source(kind="drill", exercise=True)
    story(1, [(drill, "", None)] * 5, exercise=True)
    story(2, [(source(address="b"), "", None)] * 5)
    for number in (1, 2):
        facts.write(told(number), {"a": 1}, WHEN)
    assert (told(1).exercise, told(2).exercise) == (True, False)
    drills.wipe(WHEN)
    assert set(StoryFact.objects.values_list("story", flat=True)) == {2}
