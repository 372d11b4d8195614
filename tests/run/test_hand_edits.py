"""Split and merge by hand, from the wish at the desk to the engine: carried out once, kept for ever, undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.records import Item
from answerable.run.engine import LocalEngine
from answerable.store import edits
from answerable.store.keyring import Keyring
from answerable.store.models import (
    ItemRow,
    LedgerRow,
    Source,
    Story,
    StoryEdit,
    StoryHour,
    StoryMerge,
    ThreadRow,
)
from tests.cast import NOW, Desk
from tests.web.stage import person

pytestmark = pytest.mark.store
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXTS = (
    "The lift at Harrow Court is broken again",
    "Harrow Court lift broken, nine floors to climb",
    "Brown water comes out of the tap in Mill Lane",
)


def engine(desk: Desk) -> LocalEngine:
    return LocalEngine(desk.home, Keyring.open(desk.home))


def listen(running: LocalEngine, texts: tuple[str, ...], first: int = 0) -> None:
    """Hear these texts, a minute apart, and settle."""
    source, _ = Source.objects.get_or_create(
        kind="feeds",
        address="https://post.example/feed",
        exercise=False,
        defaults={"name": "Post", "source_class": "outlet", "purpose": "service failure", "added_at": WHEN},
    )
    made = [
        Item(
            source=source.pk,
            key=(first + number).to_bytes(16, "big"),
            text=text,
            title="",
            published=WHEN + timedelta(minutes=first + number),
            heard=WHEN,
        )
        for number, text in enumerate(texts)
    ]
    running.hand(source.pk, made, {})
    running.settle()


def story_of(text: str) -> int:
    thread = ItemRow.objects.get(text=text).thread
    assert thread is not None
    return thread.story_id


def check_sums() -> None:
    """Each story's counts are those of its threads and hours."""
    for story in Story.objects.filter(merged_into=None):
        threads = ThreadRow.objects.filter(story=story)
        assert story.items == sum(threads.values_list("items", flat=True))
        assert story.items == sum(story.languages.values()) == sum(story.classes.values())
        assert story.items == sum(StoryHour.objects.filter(story=story).values_list("items", flat=True))


def test_merge_split_and_undo(desk: Desk) -> None:
    """A merge by hand holds, its undo takes the same threads out again, and new items and restarts respect it."""
    running = engine(desk)
    listen(running, TEXTS)
    lift, water = story_of(TEXTS[0]), story_of(TEXTS[2])
    assert lift != water
    edits.merge(desk.bob, lift, water, exercise=False, now=NOW)
    with pytest.raises(Conflict):
        edits.merge(desk.bob, water, lift, exercise=False, now=NOW)
    running.settle()
    assert story_of(TEXTS[0]) == story_of(TEXTS[2]) == min(lift, water)
    assert StoryMerge.objects.get().by_hand
    check_sums()
    running = engine(desk)
    merge = StoryMerge.objects.get()
    leaving = edits.threads_of_merge(merge.pk, merge.winner_id)
    edits.split(desk.bob, merge.winner_id, leaving, exercise=False, reason="not_one", now=NOW)
    running.settle()
    made = StoryEdit.objects.latest("id").made_id
    assert made is not None
    assert story_of(TEXTS[2]) == made != story_of(TEXTS[0])
    check_sums()
    running = engine(desk)
    listen(running, ("Brown water from the tap in Mill Lane and a broken lift at Harrow Court",), first=10)
    assert story_of(TEXTS[2]) == made != story_of(TEXTS[0])
    assert list(LedgerRow.objects.order_by("id").values_list("action", flat=True))[-2:] == [
        "story.merge",
        "story.split",
    ]
    check_sums()


def test_a_wish_is_checked(desk: Desk) -> None:
    """Nobody without the permission, no foreign threads, never all threads, never a story with itself."""
    running = engine(desk)
    listen(running, TEXTS)
    lift = story_of(TEXTS[0])
    threads = list(ThreadRow.objects.filter(story=lift).values_list("id", flat=True))
    with pytest.raises(NotAllowed):
        edits.split(person("dan", Role.COMMENTATOR, desk.top), lift, threads[:1], exercise=False, now=NOW)
    for wished in ([], threads, [9999]):
        with pytest.raises(BadInput):
            edits.split(desk.bob, lift, wished, exercise=False, now=NOW)
    with pytest.raises(BadInput):
        edits.merge(desk.bob, lift, lift, exercise=False, now=NOW)
    with pytest.raises(BadInput):
        edits.merge(desk.bob, lift, 9999, exercise=False, now=NOW)
    assert not StoryEdit.objects.exists()
