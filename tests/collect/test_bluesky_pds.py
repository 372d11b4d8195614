"""Bluesky's door at a real server of the network: it posts, edits and deletes, and we follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from answerable.collect.bluesky.collector import BlueskyCollector
from answerable.collect.bluesky.place import stream
from answerable.collect.collector import Batch, Cursor
from answerable.collect.fetch import Fetcher
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from answerable.records import AccountGone, Gone, Incoming, SourceClass, SourceFacts
from tests.collect import pds_server
from tests.collect.pds_server import HOST, Pds

pytestmark = pytest.mark.skipif(bool(pds_server.missing()), reason=pds_server.missing() or "here")


@pytest.fixture(scope="module")
def server() -> Iterator[Pds]:
    """One real server for all tests."""
    with pds_server.pds() as running:
        yield running


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    with ParsePool(1) as one:
        yield one


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("answerable.collect.frames.GATHER_S", 0.2)
    monkeypatch.setattr("answerable.collect.frames.TICK_S", 0.5)


def collector(server: Pds, pool: ParsePool, *words: str) -> BlueskyCollector:
    address = stream(server.address, words=words).address
    source = SourceFacts(1, "bluesky", address, SourceClass.PUBLIC)
    return BlueskyCollector(source, Fetcher([f"{HOST}:{server.port}"]), pool)


def until(told: Iterator[tuple[Batch, Cursor]], count: int) -> tuple[Batch, Cursor]:
    found: Batch = []
    for batch, cursor in told:
        found += batch
        if len(found) >= count:
            return found, cursor
    raise AssertionError("it ended")


def test_a_post_its_edit_and_its_deletion_are_followed(server: Pds, pool: ParsePool) -> None:
    """What the server says of a post through its life arrives in order, under one id."""
    told = collector(server, pool).collect({})
    next(told)
    name = server.post("maren", "Brown water in Fenmoor 水", langs=["en", "zh"])
    server.like("maren", name)
    server.edit("maren", name, "Clear water again")
    server.delete("maren", name)
    found, cursor = until(told, 3)
    told.close()  # type: ignore[attr-defined]
    first, second, third = found
    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert (first.external_id, first.text, first.language) == (name, "Brown water in Fenmoor 水", "en")
    assert (second.external_id, second.text) == (name, "Clear water again")
    assert (second.version or 0) > (first.version or 0) > 0
    assert third == Gone(name)
    assert set(cursor) == {"seq", "us"}


def test_an_account_that_is_closed_is_told(server: Pds, pool: ParsePool) -> None:
    """The server names no post of it: what we hold of that account has to be found by us."""
    told = collector(server, pool, "water").collect({})
    next(told)
    account = server.person("theo").did
    name = server.post("theo", "no water here")
    before, _ = until(told, 1)  # a server that lets an account go says nothing of its posts any more
    server.close_account("theo")
    after, _ = until(told, 1)
    told.close()  # type: ignore[attr-defined]
    assert [one.external_id for one in before if isinstance(one, Incoming)] == [name]
    assert after == [AccountGone(f"at://{account}/")]


def test_what_happened_while_nobody_listened_is_delivered(server: Pds, pool: ParsePool) -> None:
    """The server's own number is where it goes on; what was heard before does not come again."""
    told = collector(server, pool).collect({})
    next(told)
    before = server.post("jon", "heard at once")
    _, cursor = until(told, 1)
    told.close()  # type: ignore[attr-defined]
    after = server.post("jon", "said in between")
    server.delete("jon", before)
    again = collector(server, pool).collect(cursor)
    found, _ = until(again, 2)
    again.close()  # type: ignore[attr-defined]
    assert [one.external_id for one in found if isinstance(one, Incoming | Gone)] == [after, before]


def test_only_our_words_and_every_deletion(server: Pds, pool: ParsePool) -> None:
    """With words the rest of the server is passed over; deletions are told, because we may hold the post."""
    told = collector(server, pool, "water").collect({})
    next(told)
    other = server.post("lia", "about cats")
    ours = server.post("lia", "no water since six")
    server.delete("lia", other)
    found, _ = until(told, 2)
    told.close()  # type: ignore[attr-defined]
    assert [one.external_id for one in found if isinstance(one, Incoming)] == [ours]
    assert Gone(other, bars=False) in found


def test_a_number_from_the_future_is_no_end(server: Pds, pool: ParsePool) -> None:
    """A server that was set up anew refuses our number: the stream is opened at its newest."""
    told = collector(server, pool).collect({"seq": 10**9, "us": 0})
    _, cursor = next(told)
    assert cursor["seq"] == 0
    with pytest.raises(SourceTrouble):
        until(told, 1)
    again = collector(server, pool).collect(cursor)
    next(again)
    name = server.post("maren", "heard again")
    found, _ = until(again, 1)
    again.close()  # type: ignore[attr-defined]
    assert [one.external_id for one in found if isinstance(one, Incoming)] == [name]
