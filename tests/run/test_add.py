"""Adding a source: one guarded look first, then one sentence about what was found."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from answerable.run import cli
from answerable.store.models import Drill, LedgerRow, Source

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Eelgate Gazette</title>'
    b"<item><guid>1</guid><title>Water main burst</title><link>http://gazette.example/1</link></item>"
    b"<item><guid>2</guid><title>School bus late</title><link>http://gazette.example/2</link></item>"
    b"</channel></rss>"
)
PAGES = {
    "/feed.xml": (200, "application/rss+xml", FEED),
    "/page": (200, "text/html", b"<!doctype html><html><body><p>Fenmoor market</p></body></html>"),
    "/feeds.opml": (
        200,
        "text/x-opml",
        b'<opml version="2.0"><body><outline text="Gazette" xmlUrl="http://gazette.example/feed"/>'
        b'<outline text="Clinic" xmlUrl="http://clinic.example/feed"/></body></opml>',
    ),
}


class _Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, kind, body = PAGES.get(self.path, (404, "text/plain", b"gone"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A web server of the town, allowed by its network."""
    monkeypatch.setenv("ANSWERABLE_ALLOW_PRIVATE", "127.0.0.0/8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_feed_is_added_as_private_unless_said(
    desk: Any, town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One command adds a feed, says what it found, writes the ledger, and treats authors as private people."""
    rows = LedgerRow.objects.count()
    assert cli.main(["add", town + "/feed.xml", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["items"] == 2
    assert said.out.count("\n") == 1
    source = Source.objects.get()
    assert (source.kind, source.address, source.source_class) == ("feeds", town + "/feed.xml", "public")
    assert source.purpose
    assert "--class outlet" in said.err
    assert LedgerRow.objects.count() == rows + 1


def test_the_words_of_the_command_reach_the_source(desk: Any, town: str) -> None:
    """Name, class, purpose, licence and term are what the command said."""
    words = [
        "--name",
        "The Gazette",
        "--class",
        "outlet",
        "--purpose",
        "Floods",
        "--licence",
        "CC BY",
        "--keep-days",
        "7",
    ]
    assert cli.main(["add", town + "/feed.xml", *words]) == 0
    source = Source.objects.get()
    assert [source.name, source.source_class, source.purpose, source.licence, source.keep_days] == [
        "The Gazette", "outlet", "Floods", "CC BY", 7,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/page", "web page, not to a feed"),
        ("/nothing", "nothing at this address"),
        (":99999/", "no address"),
    ],
)
def test_what_is_no_feed_is_not_added(
    desk: Any, town: str, capsys: pytest.CaptureFixture[str], path: str, sentence: str
) -> None:
    """A page, a 404 or nonsense ends with exit 2 and one sentence; no source is made."""
    assert cli.main(["add", town + path]) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert not Source.objects.exists()


def test_a_private_address_is_refused_without_being_asked(
    desk: Any, town: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the setting, the same server is out of reach."""
    monkeypatch.delenv("ANSWERABLE_ALLOW_PRIVATE")
    assert cli.main(["add", town + "/feed.xml"]) == 2
    assert "private or reserved network" in capsys.readouterr().err


def test_a_list_of_feeds_is_added_whole(desk: Any, town: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An OPML list adds each of its feeds by its own name; what is known already is named, with exit 3 or 2."""
    assert cli.main(["add", town + "/feeds.opml"]) == 0
    assert sorted(Source.objects.values_list("name", flat=True)) == ["Clinic", "Gazette"]
    assert cli.main(["add", town + "/feeds.opml"]) == 2
    assert "already" in capsys.readouterr().err


def test_a_source_is_added_once(desk: Any, town: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same address a second time is bad input, and nothing changes."""
    assert cli.main(["add", town + "/feed.xml"]) == 0
    assert cli.main(["add", town + "/feed.xml"]) == 2
    assert "already" in capsys.readouterr().err
    assert Source.objects.count() == 1


def test_the_first_real_source_offers_to_wipe_the_drill(
    desk: Any, town: str, capsys: pytest.CaptureFixture[str], now: Any
) -> None:
    """Whoever begins in earnest is told how to remove the exercise, once."""
    from answerable.store import drills

    drills.begin(now=now)
    assert Drill.objects.exists()
    assert cli.main(["add", town + "/feed.xml"]) == 0
    assert "answerable drill --wipe" in capsys.readouterr().err
    PAGES["/second.xml"] = PAGES["/feed.xml"]
    assert cli.main(["add", town + "/second.xml"]) == 0
    assert "answerable drill --wipe" not in capsys.readouterr().err
