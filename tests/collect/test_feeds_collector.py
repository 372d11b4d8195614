"""The feed collector over a real server: what is new, what was edited, when to come again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from answerable.collect.collector import BATCH
from answerable.collect.conformance import check_collector
from answerable.collect.door import admit
from answerable.collect.feeds.collector import LONGEST_S, SHORTEST_S, FeedCollector, next_interval
from answerable.collect.fetch import Fetcher
from answerable.collect.keys import SourceKeys
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from answerable.records import Incoming, Item, SourceClass, SourceFacts
from tests.collect.servers import Server, reply, serving


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """One pool for all tests here."""
    with ParsePool(1) as running:
        yield running


@pytest.fixture
def server() -> Iterator[Server]:
    """A loopback server."""
    with serving() as running:
        yield running


def feed(*entries: tuple[str, str]) -> bytes:
    """An RSS feed of (guid, text), newest first."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{name}</guid><title>Note {name}</title><description>{text}</description></item>"
        for name, text in entries
    )
    return f'<rss version="2.0"><channel><title>B</title>{items}</channel></rss>'.encode()


def collector(server: Server, pool: ParsePool, path: str = "/feed") -> FeedCollector:
    """A collector for one path of the server."""
    facts = SourceFacts(1, "feeds", server.url(path), SourceClass.OUTLET)
    return FeedCollector(facts, Fetcher(server.allowed), pool)


def collect(made: FeedCollector, cursor: dict[str, Any]) -> tuple[list[Incoming], dict[str, Any]]:
    """One visit: all messages and the last cursor."""
    found: list[Any] = []
    for batch, after in made.collect(cursor):
        found.extend(batch)
        cursor = after
    return found, cursor


def test_collector_keeps_the_seam(server: Server, pool: ParsePool) -> None:
    """The feed collector passes what every collector has to pass."""
    server.says("/feed", feed(("2", "b"), ("1", "a")))
    check_collector(lambda: collector(server, pool), at_least=2)


def test_only_news_and_edits_are_told_oldest_first(server: Server, pool: ParsePool) -> None:
    """The first visit tells everything, the next only what is new or changed; an edit keeps its external id."""
    server.says("/feed", feed(("2", "second"), ("1", "first")))
    found, cursor = collect(collector(server, pool), {})
    assert [entry.external_id for entry in found] == ["1", "2"]
    found, cursor = collect(collector(server, pool), cursor)
    assert found == []
    server.says("/feed", feed(("3", "third"), ("2", "second"), ("1", "first, corrected")))
    found, cursor = collect(collector(server, pool), cursor)
    assert [(entry.external_id, entry.text) for entry in found] == [("1", "first, corrected"), ("3", "third")]


def test_unchanged_feed_is_asked_conditionally(server: Server, pool: ParsePool) -> None:
    """Etag and date go back to the server; 304 moves the interval and keeps everything else."""

    def answer(sock: Any, request: str) -> None:
        known = 'if-none-match: "a"' in request.lower()
        sock.sendall(
            reply(status="304 Not Modified", Content_Length="")
            if known
            else reply(feed(("1", "x")), ETag='"a"', Last_Modified="Sat, 14 Mar 2026 09:00:00 GMT")
        )

    server.answers["/feed"] = answer
    _, cursor = collect(collector(server, pool), {})
    found, after = collect(collector(server, pool), cursor)
    assert found == []
    assert after["etag"] == '"a"'
    assert after["seen"] == cursor["seen"]
    assert after["interval_s"] > cursor["interval_s"]


def test_permanent_move_is_remembered_and_forgotten_when_it_fails(server: Server, pool: ParsePool) -> None:
    """After a 301 the new address is asked directly; when that breaks, the known one is asked again."""
    server.says("/feed", status="301 Moved", Location="/new")
    server.says("/new", feed(("1", "x")))
    _, cursor = collect(collector(server, pool), {})
    assert cursor["moved_to"] == server.url("/new")
    collect(collector(server, pool), cursor)
    assert [line.split(" ")[1] for line in server.asked] == ["/feed", "/new", "/new"]
    server.says("/new", status="404 Gone")
    server.says("/feed", feed(("2", "y")))
    found, cursor = collect(collector(server, pool), cursor)
    assert (len(found), cursor["moved_to"]) == (1, "")


def test_interval_follows_the_feed_within_limits() -> None:
    """News shortens the wait, silence lengthens it, and neither passes its limit."""
    assert next_interval(0, 5, first=True) == 900
    assert next_interval(900, 1, first=False) < 900 < next_interval(900, 0, first=False)
    short = long = 900
    for _ in range(30):
        short, long = next_interval(short, 3, first=False), next_interval(long, 0, first=False)
    assert (short, long) == (SHORTEST_S, LONGEST_S)


def test_long_feed_comes_in_batches_and_only_the_last_moves_the_cursor(
    server: Server, pool: ParsePool
) -> None:
    """Six hundred entries are two batches; a kill between them loses nothing, because the cursor stands still."""
    server.says("/feed", feed(*((str(n), "x") for n in range(600))))
    steps = list(collector(server, pool).collect({}))
    assert [len(batch) for batch, _ in steps] == [BATCH, 600 - BATCH]
    assert [bool(after.get("seen")) for _, after in steps] == [False, True]


def test_trouble_names_what_is_wrong_and_the_next_visit_works(server: Server, pool: ParsePool) -> None:
    """A page instead of a feed, a 404, a hostile document: a code each, and nothing is broken by it."""
    server.says("/page", b"<!doctype html><html><body>Sorry</body></html>", Content_Type="text/html")
    server.says("/bomb", b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss/>')
    for path, code in (("/page", "web_page"), ("/none", "http_404"), ("/bomb", "entities")):
        with pytest.raises(SourceTrouble) as raised:
            collect(collector(server, pool, path), {})
        assert raised.value.code == code
    server.says("/feed", feed(("1", "x")))
    assert len(collect(collector(server, pool), {})[0]) == 1


def test_bad_entries_cost_nothing_of_the_good_ones(server: Server, pool: ParsePool) -> None:
    """Year 2099, no date, no text, NULs, a megabyte: every good item beside them passes the door."""
    entries = [
        "<item><guid isPermaLink='false'>future</guid><title>t</title><pubDate>Sat, 14 Mar 2099 10:00:00 GMT</pubDate></item>",
        "<item><guid isPermaLink='false'>undated</guid><title>t</title></item>", "<item><guid isPermaLink='false'>empty</guid></item>",
        "<item><guid isPermaLink='false'>nul</guid><title>a\x00b</title></item>",
        f"<item><guid isPermaLink='false'>long</guid><description>{'x' * 1_000_000}</description></item>",
        "<item><guid isPermaLink='false'>good</guid><title>Water is back</title></item>",
    ]  # fmt: skip
    server.says("/feed", f"<rss><channel>{''.join(entries)}</channel></rss>".encode())
    found, _ = collect(collector(server, pool), {})
    facts = SourceFacts(1, "feeds", "x", SourceClass.OUTLET)
    now = datetime(2026, 3, 14, tzinfo=UTC)
    admitted = {entry.external_id: admit(entry, facts, SourceKeys.throwaway(), heard=now) for entry in found}
    kept = {name: item for name, item in admitted.items() if isinstance(item, Item)}
    assert set(admitted) - set(kept) == {"empty"}
    assert kept["future"].published == kept["undated"].published == now
    assert kept["nul"].title == "ab"
    assert len(kept["long"].text) <= 20_000
    assert kept["good"].title == "Water is back"


def test_charset_of_the_answer_is_honoured(server: Server, pool: ParsePool) -> None:
    """A feed in Big5 whose charset stands in the HTTP header alone is read."""
    server.says(
        "/feed", feed(("1", "停水")).decode().encode("big5"), Content_Type="application/rss+xml; charset=big5"
    )
    assert collect(collector(server, pool), {})[0][0].text == "停水"
