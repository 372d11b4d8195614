"""The engine and its socket: what is acknowledged is committed, what is asked twice happens once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import AnswerableError, BadInput, NotReady
from answerable.records import Item, Understood
from answerable.run import engine_process
from answerable.run.engine import LocalEngine
from answerable.run.handover import EngineClient, packed, socket_path, unpacked
from answerable.run.lease import held, lease
from answerable.store import search
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source, Story, ThreadRow, Tombstone
from answerable.understand.story_engine import StoryEngine

pytestmark = pytest.mark.store
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def source(**fields: object) -> Source:
    values = {
        "name": "Estuary Post",
        "kind": "feeds",
        "address": "https://post.example/feed",
        "source_class": "outlet",
    }
    return Source.objects.create(**{**values, "purpose": "service failure", "added_at": WHEN, **fields})


def items(at: Source, texts: list[str], first: int = 0, **fields: object) -> list[Item]:
    return [
        Item(
            source=at.pk,
            key=(first + number).to_bytes(16, "big"),
            text=text,
            title="",
            published=WHEN + timedelta(minutes=first + number),
            heard=WHEN,
            exercise=at.exercise,
            **fields,  # type: ignore[arg-type]
        )
        for number, text in enumerate(texts)
    ]


@contextmanager
def running(desk: object) -> Iterator[EngineClient]:
    """A whole engine behind its socket, in a thread."""
    home = desk.home  # type: ignore[attr-defined]
    stop = threading.Event()
    thread = threading.Thread(target=engine_process.main, args=(stop,))
    thread.start()
    client = EngineClient.connect(home, Keyring.open(home).ipc_key, patience_s=30)
    try:
        yield client
    finally:
        client.close()
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


@given(
    st.builds(
        Item,
        source=st.integers(1, 2**40),
        key=st.binary(min_size=16, max_size=16),
        text=st.text(st.characters(blacklist_categories=["Cs"])),
        title=st.text(st.characters(blacklist_categories=["Cs"])),
        published=st.datetimes(timezones=st.just(UTC)),
        heard=st.datetimes(timezones=st.just(UTC)),
        link_key=st.none() | st.binary(min_size=16, max_size=16),
        author=st.none() | st.binary(min_size=16, max_size=16),
        sealed=st.none() | st.binary(max_size=99),
        exercise=st.booleans(),
    )
)
def test_an_item_survives_the_wire(item: Item) -> None:
    """What a collector hands over is what the engine reads, for any item."""
    import json

    assert unpacked(json.loads(json.dumps(packed(item)))) == item


def test_an_answer_means_committed(desk: object) -> None:
    """When `hand` returns, another process would find the items and the cursor."""
    at = source()
    with running(desk) as engine:
        taken = engine.hand(at.pk, items(at, ["brown water in Fenmoor"] * 3), {"seen": 3})
        assert (taken.new, ItemRow.objects.count()) == (3, 3)
        at.refresh_from_db()
        assert at.cursor == {"seen": 3}


def test_settled_means_in_a_story(desk: object) -> None:
    """When `settle` returns, each item stands in a thread and each thread in a story that exists."""
    at = source()
    with running(desk) as engine:
        engine.hand(
            at.pk, items(at, [f"the pump at Saltgate fails again, number {n}" for n in range(600)]), {}
        )
        engine.settle()
        assert not ItemRow.objects.filter(thread=None).exists()
        assert sum(Story.objects.filter(merged_into=None).values_list("items", flat=True)) == 600


def test_a_wrong_key_is_not_heard(desk: object) -> None:
    """Another user of the machine cannot hand items in; the engine goes on."""
    at = source()
    with running(desk) as engine:
        with pytest.raises(Exception, match=r"digest|Authentication|rejected"):
            EngineClient.connect(desk.home, b"not the key")  # type: ignore[attr-defined]
        assert engine.hand(at.pk, items(at, ["still here"]), {}).new == 1


def test_what_cannot_be_stored_is_said_and_the_engine_goes_on(desk: object) -> None:
    """A source that was removed meanwhile, or items of another one, give one sentence and no rows."""
    at, other = source(), source(address="https://other.example/feed")
    with running(desk) as engine:
        for wrong in (10_000, other.pk):
            with pytest.raises(AnswerableError):
                engine.hand(wrong, items(at, ["x"]), {})
        assert engine.hand(at.pk, items(at, ["good"]), {}).new == 1
    assert ItemRow.objects.count() == 1


def test_exercise_items_come_only_from_exercise_sources(desk: object) -> None:
    """A real source cannot hand in exercise items, nor the other way round."""
    at = source()
    wrong = [Item(at.pk, b"k" * 16, "x", "", WHEN, WHEN, exercise=True)]
    with pytest.raises(BadInput):
        LocalEngine(desk.home, Keyring.open(desk.home)).hand(at.pk, wrong, {})  # type: ignore[attr-defined]
    assert not ItemRow.objects.exists()


def test_one_engine_for_each_data_folder(desk: object) -> None:
    """The lease is refused while somebody holds it, and free the moment they end."""
    home = desk.home  # type: ignore[attr-defined]
    with lease(home):
        assert held(home)
        with pytest.raises(NotReady, match="Another engine"), lease(home):
            pass
    assert not held(home)


def test_a_deep_folder_still_gets_a_socket(tmp_path: object) -> None:
    """A socket's path may be 107 bytes long; a deeper data folder gets a short one."""
    from pathlib import Path

    deep = Path("/") / "/".join(["folder"] * 40)
    assert len(socket_path(deep).encode()) <= 100
    assert socket_path(deep) != socket_path(deep / "other")


def test_a_restart_goes_on_where_it_stopped(desk: object) -> None:
    """A new engine finds the threads of the old one: the same words join the same thread."""
    at = source()
    keyring = Keyring.open(desk.home)  # type: ignore[attr-defined]
    words = "brown water comes out of the tap in Fenmoor Road"
    for first in (0, 10):
        engine = LocalEngine(desk.home, keyring)  # type: ignore[attr-defined]
        engine.hand(at.pk, items(at, [words] * 10, first=first), {})
        engine.settle()
    assert list(ThreadRow.objects.values_list("items", flat=True)) == [20]
    assert list(Story.objects.values_list("items", flat=True)) == [20]


def test_a_stored_batch_that_nobody_read_is_read_after_a_restart(desk: object) -> None:
    """A kill between storing and understanding leaves items that the next engine reads first."""
    at = source()
    keyring = Keyring.open(desk.home)  # type: ignore[attr-defined]
    LocalEngine(desk.home, keyring).hand(at.pk, items(at, ["left behind"] * 3), {})  # type: ignore[attr-defined]
    assert ItemRow.objects.filter(thread=None).count() == 3
    LocalEngine(desk.home, keyring).settle()  # type: ignore[attr-defined]
    assert ItemRow.objects.filter(thread=None).count() == 0


def test_an_edit_moves_the_item_and_no_count(desk: object) -> None:
    """Edited words are read again; the old thread loses the item, and sums stay true."""
    at = source()
    engine = LocalEngine(desk.home, Keyring.open(desk.home))  # type: ignore[attr-defined]
    engine.hand(at.pk, items(at, ["the ferry is late today again"] * 4), {})
    engine.settle()
    engine.hand(at.pk, items(at, ["lantern festival moves to the river path"]), {})
    engine.settle()
    assert ItemRow.objects.count() == 4
    assert sum(ThreadRow.objects.values_list("items", flat=True)) == 4
    assert sum(Story.objects.filter(merged_into=None).values_list("items", flat=True)) == 4
    assert search.find("lantern") == [1]


def test_erasing_an_address_takes_words_and_keeps_counts(desk: object) -> None:
    """After `erase` nothing says what the item said, a tombstone stands, and it cannot come back."""
    from answerable.collect import keys as hashing

    at = source()
    keyring = Keyring.open(desk.home)  # type: ignore[attr-defined]
    link = "https://post.example/zyzzogeton"
    batch = items(
        at, ["zyzzogeton said this"], link_key=hashing.digest(keyring.for_source(at.pk).lasting, link)
    )
    engine = LocalEngine(desk.home, keyring)  # type: ignore[attr-defined]
    engine.hand(at.pk, batch, {})
    engine.settle()
    assert engine.erase(link) == 1
    assert engine.erase(link) == 0
    assert (ItemRow.objects.count(), search.find("zyzzogeton"), Tombstone.objects.get().reason) == (
        0,
        [],
        "request",
    )
    assert engine.hand(at.pk, batch, {}).refused == 1
    assert (desk.home / "erasures.jsonl").read_text().count("\n") == 1  # type: ignore[attr-defined]


def test_private_items_leave_after_their_days(desk: object) -> None:
    """What is older than the source's `keep_days` leaves by itself; what is younger stays."""
    at = source(keep_days=30)
    engine = LocalEngine(desk.home, Keyring.open(desk.home))  # type: ignore[attr-defined]
    old = [Item(at.pk, b"o" * 16, "old words", "", WHEN, datetime.now(UTC) - timedelta(days=31))]
    young = [Item(at.pk, b"y" * 16, "young words", "", WHEN, datetime.now(UTC) - timedelta(days=29))]
    engine.hand(at.pk, old + young, {})
    engine.settle()
    engine.rest()
    assert list(ItemRow.objects.values_list("text", flat=True)) == ["young words"]
    assert Tombstone.objects.get().reason == "age"


def test_an_edit_reaches_a_thread_that_left_the_index(desk: object) -> None:
    """An item of an idle thread is edited or erased: its words leave the thread's sums all the same."""
    at = source()
    engine = LocalEngine(desk.home, Keyring.open(desk.home))  # type: ignore[attr-defined]
    engine.hand(at.pk, items(at, ["zyzzogeton ferry is late today again"] * 2), {})
    engine.settle()
    thread = ThreadRow.objects.get()
    ThreadRow.objects.update(active=False)
    engine = LocalEngine(desk.home, Keyring.open(desk.home))  # type: ignore[attr-defined]
    engine.hand(at.pk, items(at, ["lantern festival moves to the river path"]), {})
    engine.settle()
    thread.refresh_from_db()
    assert thread.items == 1
    assert sorted(ThreadRow.objects.filter(items__gt=0).values_list("items", flat=True)) == [1, 1]
    assert sum(Story.objects.filter(merged_into=None).values_list("items", flat=True)) == 2


def test_what_was_erased_stays_erased_after_a_restore(desk: object) -> None:
    """The list of erasures outlives backups: an item that a restored database still holds leaves at the start."""
    from answerable.store import erase

    at = source()
    keyring = Keyring.open(desk.home)  # type: ignore[attr-defined]
    engine = LocalEngine(desk.home, keyring)  # type: ignore[attr-defined]
    engine.hand(at.pk, items(at, ["zyzzogeton said this", "others said that"]), {})
    engine.settle()
    erase.remember(desk.home, erase.keys_of([1]), WHEN)  # type: ignore[attr-defined]
    LocalEngine(desk.home, keyring)  # type: ignore[attr-defined]
    assert list(ItemRow.objects.values_list("text", flat=True)) == ["others said that"]
    assert search.find("zyzzogeton") == []


def test_only_the_end_of_what_was_handed_is_a_whole(desk: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a rest more may come, so a lone post waits there; an import that ended says that all has come."""
    said: list[bool] = []
    merge = StoryEngine.merge

    def spied(self: StoryEngine, *, whole: bool = False) -> Understood:
        said.append(whole)
        return merge(self, whole=whole)

    monkeypatch.setattr(StoryEngine, "merge", spied)
    engine = LocalEngine(desk.home, Keyring.open(desk.home))  # type: ignore[attr-defined]
    at = source()
    engine.hand(at.pk, items(at, ["the ferry is late today again"] * 4), {})
    engine.step()
    engine.rest()
    assert said
    assert not any(said)
    engine.settle()
    assert said[-2:] == [True, True]
    engine.hand(at.pk, items(at, ["lantern festival moves to the river path"], first=9), {})
    engine.step()
    said.clear()
    engine.rest()
    assert said == [False]
    engine.close()
