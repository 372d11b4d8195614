"""Listening: a due source is asked, what it says is stored, and what is wrong with it is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from answerable.collect.fetch import Fetcher
from answerable.collect.workers import ParsePool
from answerable.run import collectors, engine_process
from answerable.run.handover import EngineClient
from answerable.run.intake import Tools
from answerable.run.start import django
from answerable.store import search, sources
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source

pytestmark = pytest.mark.store


class Newspaper:
    """A server whose feed the test changes as it goes."""

    def __init__(self) -> None:
        self.entries = {"a": "Brown water in Fenmoor"}
        self.status = 200
        self.body: bytes | None = None
        self.asked: list[str] = []

    def feed(self) -> bytes:
        if self.body is not None:
            return self.body
        rows = "".join(
            f"<item><guid>{key}</guid><title>{text}</title><link>https://post.example/{key}</link></item>"
            for key, text in self.entries.items()
        )
        return f"<rss version='2.0'><channel><title>Estuary Post</title>{rows}</channel></rss>".encode()


@contextmanager
def printed(paper: Newspaper) -> Iterator[str]:
    """The newspaper on a loopback address; yields the feed's URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paper.asked.append(self.headers.get("If-None-Match", ""))
            body = paper.feed()
            mark = f'"{hash(body)}"'
            same = self.headers.get("If-None-Match") == mark and paper.status == 200
            self.send_response(304 if same else paper.status)
            self.send_header("ETag", mark)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", "0" if same else str(len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/feed"
    finally:
        server.shutdown()


@contextmanager
def listening(desk: Any) -> Iterator[Tools]:
    """A whole engine, and the tools with which the collectors' loop asks one source."""
    stop = threading.Event()
    engine = threading.Thread(target=engine_process.main, args=(stop,))
    engine.start()
    keyring = Keyring.open(desk.home)
    EngineClient.connect(desk.home, keyring.ipc_key, patience_s=30).close()
    with ParsePool(1) as pool:
        tools = Tools(django(), keyring, Fetcher(("127.0.0.1/32",)), pool, threading.local())
        try:
            yield tools
        finally:
            if client := getattr(tools.own, "engine", None):
                client.close()
            stop.set()
            engine.join(30)


def added(desk: Any, address: str) -> Source:
    return sources.add(
        desk.alice, kind="feeds", address=address, name="Estuary Post", source_class="outlet",
        purpose="service failure", unit=desk.top, now=datetime.now(UTC),
    )  # fmt: skip


def ask(tools: Tools, source: Source) -> Source:
    source.refresh_from_db()
    collectors._collect(tools, source)
    source.refresh_from_db()
    return source


def test_what_a_feed_says_is_stored_once_and_its_links_stay(desk: Any) -> None:
    """An outlet's entry is an item with its public link; the next visit is conditional and stores nothing."""
    paper = Newspaper()
    with printed(paper) as address, listening(desk) as tools:
        source = ask(tools, added(desk, address))
        assert (source.trouble, source.items, source.fails) == ("", 1, 0)
        assert None not in (source.last_answer_at, source.last_item_at, source.next_try_at)
        ask(tools, source)
    assert [bool(mark) for mark in paper.asked] == [False, True]
    assert list(ItemRow.objects.values_list("title", "link")) == [
        ("Brown water in Fenmoor", "https://post.example/a")
    ]


def test_an_edited_entry_is_the_same_item_with_new_words(desk: Any) -> None:
    """A newspaper corrects its headline: one item, its newest words, found by them alone."""
    paper = Newspaper()
    with printed(paper) as address, listening(desk) as tools:
        source = ask(tools, added(desk, address))
        paper.entries["a"] = "Clear water in Fenmoor again"
        ask(tools, source)
    assert ItemRow.objects.get().revision == 2
    assert (search.find("brown"), len(search.find("clear"))) == ([], 1)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, None, "http_404"),
        (500, None, "http_status"),
        (200, b"<html><body>Welcome</body></html>", "web_page"),
        (200, b"", "empty_document"),
    ],
)
def test_what_is_wrong_stands_on_the_source(desk: Any, status: int, body: bytes | None, code: str) -> None:
    """The source says what is wrong and when we try again, later after each failure; it is well again at once."""
    paper = Newspaper()
    with printed(paper) as address, listening(desk) as tools:
        source = ask(tools, added(desk, address))
        paper.status, paper.body = status, body
        source = ask(tools, source)
        assert (source.trouble, source.fails, source.items) == (code, 1, 1)
        first = source.next_try_at - source.last_try_at
        source = ask(tools, source)
        assert source.next_try_at - source.last_try_at > first > timedelta(0)
        paper.status, paper.body = 200, None
        source = ask(tools, source)
        assert (source.trouble, source.fails) == ("", 0)


def test_an_address_that_must_not_be_asked_is_not(desk: Any) -> None:
    """A source that points into our own network is refused before any connection, and says so."""
    with listening(desk) as tools:
        source = added(desk, "http://localhost:9/feed")
        Source.objects.filter(pk=source.pk).update(address="http://169.254.169.254/latest/meta-data")
        assert ask(tools, source).trouble == "refused_address"


def test_a_source_is_not_blamed_for_our_engine(desk: Any) -> None:
    """While the engine is away nothing is lost and the source stays well: it is asked again in seconds."""
    paper = Newspaper()
    with printed(paper) as address, ParsePool(1) as pool:
        tools = Tools(django(), Keyring.open(desk.home), Fetcher(("127.0.0.1/32",)), pool, threading.local())
        source = ask(tools, added(desk, address))
    assert (source.trouble, source.fails, source.cursor) == ("", 0, {})
    assert source.next_try_at - datetime.now(UTC) < timedelta(seconds=10)
