"""Streams: what a network says reaches the store while it is said, and a lost stream is opened again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerable.collect.bluesky.place import EVENTS, stream
from answerable.collect.fetch import Fetcher
from answerable.collect.workers import ParsePool
from answerable.run import cli, engine_process
from answerable.run.handover import EngineClient
from answerable.run.intake import Tools
from answerable.run.start import django
from answerable.run.streams import Streams
from answerable.store import erase, search, sources
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source, Tombstone
from tests.collect.jetstream_server import jetstream
from tests.collect.mastodon_server import HOST, Mastodon, mastodon
from tests.promises.planted import read_beside

pytestmark = pytest.mark.store


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop's patience in fractions of a second; what it waits for is the server, never the clock."""
    monkeypatch.setattr("answerable.collect.frames.GATHER_S", 0.05)
    monkeypatch.setattr("answerable.collect.frames.TICK_S", 0.1)
    monkeypatch.setattr("answerable.run.streams.SHORTEST_WAIT_S", 0.1)
    monkeypatch.setattr("answerable.run.streams.ASK_EVERY_S", 0.1)
    monkeypatch.setattr("answerable.run.streams.SAY_EVERY", timedelta(seconds=0.2))
    monkeypatch.setenv("ANSWERABLE_ALLOW_PRIVATE", HOST)


@contextmanager
def listening(desk: Any) -> Iterator[Streams]:
    """A whole engine, and all streams opened and opened again as the collectors' process does it."""
    stop = threading.Event()
    engine = threading.Thread(target=engine_process.main, args=(stop,))
    engine.start()
    keyring = Keyring.open(desk.home)
    EngineClient.connect(desk.home, keyring.ipc_key, patience_s=30).close()
    with ParsePool(1) as pool:
        tools = Tools(django(), keyring, Fetcher((HOST,)), pool, threading.local())
        streams = Streams(tools)
        ticking = threading.Thread(target=_tick, args=(streams, stop))
        ticking.start()
        try:
            yield streams
        finally:
            stop.set()
            ticking.join(30)
            Source.objects.update(paused=True)
            until(lambda: not streams._open)
            engine.join(30)


def _tick(streams: Streams, stop: threading.Event) -> None:
    from django.db import connection

    while not stop.wait(0.1):
        streams.open_due(datetime.now(UTC))
    connection.close()


def until(true: Callable[[], Any], limit_s: float = 30) -> None:
    ends = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < ends, "did not become true"
        time.sleep(0.05)


def added(desk: Any, town: Mastodon, path: str = "/public/local") -> Source:
    return sources.add(
        desk.alice, kind="mastodon", address=town.address + path, name="Talk", source_class="public",
        purpose="service failure", unit=desk.top, now=datetime.now(UTC),
    )  # fmt: skip


def test_a_stream_is_followed_through_losses_and_restarts(desk: Any) -> None:
    """New, edited and deleted posts, before a loss, during it and after it: the store holds what stands there."""
    with mastodon() as town:
        early = town.post("zyzzogeton water in Fenmoor", minutes_ago=3)
        source = added(desk, town)
        with listening(desk):
            town.heard()
            edited = town.post("the ferry is late")
            until(lambda: ItemRow.objects.count() == 2)
            town.edit(edited, "the ferry is on time")
            until(lambda: search.find("time"))
            town.hang_up()
            until(lambda: not town.listeners)
            town.delete(early, silent=True)
            town.post("lantern festival", silent=True)
            until(lambda: Tombstone.objects.exists() and ItemRow.objects.count() == 2)
            until(lambda: Source.objects.get().trouble == "" and Source.objects.get().fails == 0)
        assert search.find("zyzzogeton") == []
        late = town.post("posted while the desk was off", silent=True)
        town.delete(edited, silent=True)
        Source.objects.update(paused=False)
        with listening(desk):
            until(lambda: search.find("posted"))
            until(lambda: Tombstone.objects.count() == 2)
    source.refresh_from_db()
    assert set(source.cursor) == {"ms"}
    assert late not in str(source.cursor)
    assert sorted(ItemRow.objects.values_list("text", flat=True)) == [
        "lantern festival",
        "posted while the desk was off",
    ]
    assert set(ItemRow.objects.values_list("link", flat=True)) == {""}


def test_a_stream_says_that_it_hears_and_closes_when_paused(desk: Any) -> None:
    """Silence is no failure while the server answers; a paused source is left within seconds."""
    with mastodon() as town, listening(desk) as streams:
        source = added(desk, town)
        town.heard()
        until(lambda: Source.objects.get().last_answer_at is not None)
        first = Source.objects.get().last_answer_at
        until(lambda: Source.objects.get().last_answer_at > first)
        assert sources.is_heard(Source.objects.get(), datetime.now(UTC))
        assert sources.heard_of_all(datetime.now(UTC)) == (1, 1)
        sources.pause(desk.alice, source, now=datetime.now(UTC))
        until(lambda: not town.listeners)
        until(lambda: not streams._open)
        sources.resume(desk.alice, source, now=datetime.now(UTC))
        town.heard()


def test_a_server_that_fails_is_left_longer_each_time(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trouble is named, the next try moves away, and others are heard meanwhile."""
    monkeypatch.setattr("answerable.run.streams.SHORTEST_WAIT_S", 5.0)
    with mastodon() as town, mastodon() as broken:
        broken.status = 500
        well = added(desk, town)
        bad = Source.objects.get(pk=added(desk, broken, "/public").pk)
        with listening(desk) as streams:
            town.heard()
            until(lambda: Source.objects.get(pk=bad.pk).fails == 1)
            bad.refresh_from_db()
            assert bad.trouble == "http_status"
            assert bad.next_try_at is not None
            assert 0 < (bad.next_try_at - datetime.now(UTC)).total_seconds() < 8
            waits = [streams._wait(bad, 1.0).total_seconds() for _ in range(12)]
            assert waits[-1] > 250
            assert streams._wait(bad, 1_000.0).total_seconds() < 8, "a steady stream begins anew"
            assert streams._wait(bad, 1.0, 3_000.0).total_seconds() >= 3_000
            town.post("still heard")
            until(lambda: Source.objects.get(pk=well.pk).items == 1)


def test_the_command_adds_a_timeline_with_its_token(
    desk: Any, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    """One look, one source, the token in the key file alone."""
    file = tmp_path / "token"
    file.write_text("secret-of-ours\n")
    with mastodon() as town:
        town.post("Brown water", tags=("water",), minutes_ago=2)
        words = ["add", "mastodon", f"{town.address}/tags/water", "--password-file", str(file), "--json"]
        assert cli.main(words) == 0
        assert set(town.bearers) == {"Bearer secret-of-ours"}
        assert cli.main(words[:3]) == 2
        assert cli.main(["add", "mastodon", f"{town.address}/@maren"]) == 2
    source = Source.objects.get()
    assert (source.kind, source.address, source.name) == (
        "mastodon", f"{town.address}/tags/water", f"#water ({HOST})",
    )  # fmt: skip
    keyring = Keyring.open(desk.home)
    assert keyring.password(source.address) == "secret-of-ours"
    keyring.rotate(datetime.now(UTC))
    assert Keyring.open(desk.home).password(source.address) == "secret-of-ours"
    assert "secret-of-ours" not in str(Source.objects.values().get())
    said = capsys.readouterr()
    assert "secret" not in said.out + said.err
    assert "@maren" not in said.out


def rows_of_everything() -> str:
    """Every value of every table, as text and with its bytes readable."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        for row in model.objects.values_list():
            found += [
                bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else str(v) for v in row
            ]
    return "\n".join(found)


@pytest.mark.parametrize("people", [60, pytest.param(500, marks=pytest.mark.deep)])
def test_nobody_is_named_by_what_is_kept_and_what_was_taken_back_is_nowhere(
    desk: Any, database: str, seed: int, people: int
) -> None:
    """Handles, DIDs, ids and links in the posts of two networks: none in rows, files or exports.

    Words of deleted posts are nowhere either once the engine rested, also not in the write-ahead log.
    """
    rng = random.Random(seed)
    secret = ["canary" + "".join(rng.choices("bcdfghjkmnpqrstvwxz", k=14)) for _ in range(people)]
    with mastodon() as town, jetstream() as network:
        ids = [
            town.post(
                f"water off, ask @{name} https://talk.example/@{name}/9", author=name, minutes_ago=600 - n
            )
            for n, name in enumerate(secret)
        ]
        town.statuses[ids[7]]["content"] = "<p>zyzzogeton water</p>"
        added(desk, town)
        sources.add(
            desk.alice, kind="bluesky", address=stream(network.address + EVENTS, words=["water"]).address,
            name="Bluesky", source_class="public", purpose="service failure", unit=desk.top, now=datetime.now(UTC),
        )  # fmt: skip
        Source.objects.filter(kind="mastodon").update(cursor={"ms": (int(ids[0]) >> 16) - 1})
        with listening(desk):
            network.heard()
            for name in secret:
                network.happens(f"did:plc:{name}", name, "create", f"water off, says @{name}.bsky.social")
            network.happens(f"did:plc:{secret[0]}", secret[0], "update", "qwertyphon water")
            until(lambda: ItemRow.objects.count() == 2 * people and search.find("qwertyphon"), 60)
            town.delete(ids[7])
            network.happens(f"did:plc:{secret[0]}", secret[0], "delete")
            until(lambda: Tombstone.objects.count() == 2, 60)
            until(lambda: _scrubbed(desk, database), 60)
        kept = rows_of_everything()
        if database == "sqlite":
            kept += "\n".join(
                read_beside(file).decode("latin-1") for file in desk.home.rglob("*") if file.is_file()
            )
    # What is public stands in the address of the source; the stand-ins' numbers are in no row.
    for word in [*secret, *ids, "zyzzogeton", "qwertyphon"]:
        assert word not in kept, word


def _scrubbed(desk: Any, database: str) -> bool:
    """The engine's rest brings freed pages to disk once a minute; the test does not wait so long."""
    erase.scrub()
    return database != "sqlite" or not any(
        b"zyzzogeton" in read_beside(file) for file in desk.home.rglob("*") if file.is_file()
    )
