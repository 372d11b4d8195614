"""Items, cursors, threads and stories in rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from answerable.records import Item, ItemUnderstood, Merge, SourceClass, StoryState, Thread, Understood
from answerable.store import search, stream
from answerable.store.models import Alert, ItemRow, Source, Story, StoryHour, StoryMerge, ThreadRow, Tombstone
from tests.promises.planted import read_beside

pytestmark = pytest.mark.store
WHEN = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def source(**fields: object) -> Source:
    values = {
        "name": "Estuary Post",
        "kind": "feeds",
        "address": "https://post.example/feed",
        "source_class": "outlet",
    }
    return Source.objects.create(**{**values, "purpose": "service failure", "added_at": WHEN, **fields})


def item(at: Source, number: int, text: str = "water", **fields: object) -> Item:
    values = {"title": "", "published": WHEN + timedelta(minutes=number), "heard": WHEN}
    return Item(source=at.pk, key=number.to_bytes(16, "big"), text=text, **{**values, **fields})  # type: ignore[arg-type]


def put(at: Source, items: list[Item], first: int = 1, cursor: dict | None = None) -> stream.Sorted:
    batch = stream.sort_batch(at.pk, SourceClass.OUTLET, items)
    with transaction.atomic():
        stream.store_batch(
            at.pk,
            batch,
            cursor,
            ids=list(range(first, first + len(batch.new))),
            batch_id=first,
            rejected=0,
            now=WHEN,
        )
    return batch


def story(number: int, **fields: object) -> StoryState:
    values = {"items": 1, "first_seen": WHEN, "last_seen": WHEN, "first_heard": WHEN, "heading_item": number}
    return StoryState(
        id=number, languages={"en": 1}, classes={"outlet": 1}, state=b"s", **{**values, **fields}
    )  # type: ignore[arg-type]


def thread(number: int, of: int) -> Thread:
    return Thread(number, of, 1, WHEN, WHEN, b"t")


def test_items_and_cursor_stand_or_fall_together(desk: object) -> None:
    """A transaction that breaks leaves neither items nor a moved cursor."""
    at = source()
    batch = stream.sort_batch(at.pk, SourceClass.OUTLET, [item(at, 1)])
    with pytest.raises(RuntimeError), transaction.atomic():
        stream.store_batch(at.pk, batch, {"line": 1}, ids=[1], batch_id=1, rejected=0, now=WHEN)
        raise RuntimeError("killed before the commit")
    at.refresh_from_db()
    assert (ItemRow.objects.count(), at.cursor) == (0, {})


def test_the_same_batch_again_changes_nothing(desk: object) -> None:
    """The key of an item is (source, external id): handing a batch again stores nothing and moves no count."""
    at = source()
    put(at, [item(at, n) for n in range(5)], cursor={"line": 5})
    again = put(at, [item(at, n) for n in range(5)], first=6, cursor={"line": 5})
    at.refresh_from_db()
    assert (again.new, again.known, at.items, ItemRow.objects.count()) == ((), 5, 5, 5)


def test_equal_keys_in_one_batch_are_one_item(desk: object) -> None:
    """A source that repeats an entry in one answer gives one item, with its latest words."""
    at = source()
    put(at, [item(at, 1, "first"), item(at, 1, "second")])
    assert list(ItemRow.objects.values_list("text", flat=True)) == ["second"]


def test_an_edited_item_keeps_its_id_and_is_read_again(desk: object) -> None:
    """Edited words replace the old ones, also in the index, and the item waits for a thread again."""
    at = source()
    put(at, [item(at, 1, "the pump is broken")])
    stream.apply(
        Understood(items=(ItemUnderstood(1, "en", 1),), threads=(thread(1, 1),), stories=(story(1),)),
        exercise=False,
    )
    batch = put(at, [item(at, 1, "the pump is mended")], first=2)
    row = ItemRow.objects.get()
    assert batch.edited[0].thread == 1
    assert (row.pk, row.text, row.thread_id, row.revision) == (1, "the pump is mended", None, 2)
    assert (search.find("broken"), search.find("mended")) == ([], [1])


def test_an_erased_item_does_not_come_back(desk: object) -> None:
    """A source that still lists an erased entry is refused for that entry alone."""
    at = source()
    Tombstone.objects.create(
        item=9, source=at, key=(1).to_bytes(16, "big"), hour=1, reason="request", at=WHEN
    )
    batch = put(at, [item(at, 1), item(at, 2)], first=10)
    assert (batch.refused, ItemRow.objects.count()) == (1, 1)


def test_a_left_items_id_is_never_given_again(desk: object) -> None:
    """Reports cite ids, so the id of an erased item must not come to name another."""
    at = source()
    Tombstone.objects.create(item=41, source=at, key=b"k" * 16, hour=1, reason="age", at=WHEN)
    assert stream.next_ids().item == 42


def test_what_the_engine_kept_is_what_it_loads(desk: object) -> None:
    """Threads and stories come back from rows exactly as they were given."""
    at = source()
    put(at, [item(at, 1), item(at, 2)])
    kept = Understood(
        items=(ItemUnderstood(1, "en", 1), ItemUnderstood(2, "es", 2, duplicate_of=1)),
        threads=(thread(1, 1), thread(2, 2)),
        stories=(story(1), story(2)),
        hours=((1, 10, 1), (2, 10, 1)),
    )
    stream.apply(kept, exercise=False)
    assert list(stream.active_threads(False)) == [one.row for one in kept.threads]
    assert list(stream.active_stories(False)) == [one.row for one in kept.stories]
    assert list(stream.active_threads(True)) == []
    assert stream.pending(False, 10) == []
    assert [row[:2] for row in stream.recent_items(False, timedelta(hours=1))] == [(1, 1)], (
        "duplicates are left out"
    )


def test_a_merge_moves_everything_and_redirects(desk: object) -> None:
    """After a merge no row points at the loser but its own redirect, also through a chain of merges."""
    at = source()
    put(at, [item(at, n) for n in (1, 2, 3)])
    stream.apply(
        Understood(
            items=tuple(ItemUnderstood(n, "en", n) for n in (1, 2, 3)),
            threads=tuple(thread(n, n) for n in (1, 2, 3)),
            stories=tuple(story(n) for n in (1, 2, 3)),
            hours=tuple((n, 10, 1) for n in (1, 2, 3)),
        ),
        exercise=False,
    )
    merges = (Merge(2, 3, WHEN, 0.5, 0.6, ("pump",)), Merge(1, 2, WHEN, 0.7, 0.8))
    stream.apply(Understood(stories=(story(1, items=3),), merges=merges), exercise=False)
    assert set(ThreadRow.objects.values_list("story", flat=True)) == {1}
    assert StoryHour.objects.get().items == 3
    assert dict(Story.objects.values_list("id", "merged_into")) == {1: None, 2: 1, 3: 1}
    assert list(StoryMerge.objects.values_list("winner", "loser")) == [(2, 3), (1, 2)]


def test_two_open_alerts_join_when_their_stories_do(desk: object) -> None:
    """One event is one alert that grows: a merge leaves one open alert."""
    stream.apply(Understood(stories=(story(1), story(2))), exercise=False)
    for number in (1, 2):
        signal = Story.objects.get(pk=number).signals.create(
            kind="burst",
            at=0,
            window_s=60,
            observed=5,
            expected=1,
            low=0,
            high=3,
            p=0.001,
            test="t",
            items=[],
        )
        Alert.objects.create(story_id=number, signal=signal, raised_at=WHEN)
    stream.apply(Understood(merges=(Merge(1, 2, WHEN, 1, 1),)), exercise=False)
    assert sorted(Alert.objects.values_list("story", "state")) == [(1, "joined"), (1, "open")]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("丽发新城的水是黄的", "黄"),
        ("丽发新城的水是黄的", "丽发新城"),
        ("El agua sale marrón", "marron"),
        ("Brown WATER", "water brown"),
    ],
)
def test_words_of_any_language_are_found(desk: object, text: str, query: str) -> None:
    """Chinese is found by words without spaces; others whatever their order, and case."""
    at = source()
    put(at, [item(at, 1, text), item(at, 2, "nothing of the kind")])
    expected = [] if connection.vendor == "postgresql" and query == "marron" else [1]
    assert search.find(query) == expected


@pytest.mark.parametrize(
    "query", ['"', "water AND", "NEAR(", "*", "a:b", "-", "'; DROP TABLE items; --", "\x00", "(" * 500]
)
def test_a_hostile_query_is_only_words(desk: object, query: str) -> None:
    """What somebody types is never read as the index's own language."""
    at = source()
    put(at, [item(at, 1, "clean")])
    assert search.find(query) == []
    assert ItemRow.objects.count() == 1


def test_erased_words_are_not_in_the_file(desk: object, database: str) -> None:
    """Erasure reaches the index: no byte of a rare word stays in the database or its log."""
    if database != "sqlite":
        assert connection.vendor == "postgresql"
        return
    from answerable.store import erase

    at = source()
    put(at, [item(at, n, f"zyzzogeton{n} and others") for n in range(1, 200)])
    with transaction.atomic():
        erase.erase([7], reason="request", now=WHEN)
    erase.scrub()
    path = str(connection.settings_dict["NAME"])
    from pathlib import Path

    found = b"".join(read_beside(Path(path + end)) for end in ("", "-wal") if Path(path + end).exists())
    assert b"zyzzogeton8" in found, "the words of others stay"
    import re

    assert not re.search(rb"zyzzogeton7(?![0-9])", found)
    assert (search.find("zyzzogeton7"), search.find("zyzzogeton8")) == ([], [8])
