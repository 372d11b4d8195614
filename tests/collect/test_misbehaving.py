"""F8: every way of misbehaving at every kind of source: it ends with one sentence within its time, whoever it is.

What a mail server can do at each step of a visit is in `test_mailbox_servers`; what a stream can do once it is
open is in `test_mastodon` and `test_bluesky`.
"""

from __future__ import annotations

import contextlib
import gzip
import itertools
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from answerable.collect.bluesky.place import EVENTS, REPOS
from answerable.collect.fetch import Fetcher
from answerable.collect.troubles import TROUBLES
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from answerable.records import SourceClass, SourceFacts
from answerable.run import plugins
from answerable.store.sources import POLLED, STREAMED

HOST = "127.0.0.2"
LIMIT_S = 0.7
PATIENCE_S = 25.0  # a margin for a busy machine: what hangs hangs for good
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def _hang(sock: socket.socket) -> None:
    time.sleep(PATIENCE_S * 2)


def _drip(sock: socket.socket, said: bytes = b"HTTP/1.1 200 OK\r\nX-Slow: ") -> None:
    for byte in itertools.chain(said, itertools.repeat(97)):
        sock.sendall(bytes([byte]))
        time.sleep(0.05)


def _drip_body(sock: socket.socket) -> None:
    sock.sendall(OK + b"Content-Length: 100000\r\n\r\n")
    _drip(sock, b"<rss>")


def _endless(sock: socket.socket) -> None:
    sock.sendall(OK + b"\r\n")
    while True:
        sock.sendall(b"<item>water</item>" * 4_000)
        time.sleep(0.005)


def _endless_header(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        sock.sendall(b"X-More: water\r\n" * 4_000)
        time.sleep(0.005)


def _endless_line(sock: socket.socket) -> None:
    while True:
        sock.sendall(b"water" * 10_000)
        time.sleep(0.005)


def _circle(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def _chain(sock: socket.socket) -> None:
    place = random.randrange(10**9)
    sock.sendall(
        f"HTTP/1.1 301 Moved\r\nLocation: /{place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
    )


def _cut(sock: socket.socket) -> None:
    sock.sendall(OK + b"Content-Length: 1000\r\n\r\n<rss><channel>")


def _nonsense(sock: socket.socket) -> None:
    sock.sendall(random.randbytes(5_000))


def _closed(sock: socket.socket) -> None:
    sock.close()


def _bomb(sock: socket.socket) -> None:
    packed = gzip.compress(b"\0" * 30_000_000)
    sock.sendall(OK + f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode() + packed)


def _lie(sock: socket.socket) -> None:
    sock.sendall(OK + b"Content-Length: 1000000000000\r\n\r\n<rss>")


def _no(sock: socket.socket) -> None:
    sock.sendall(
        b"HTTP/1.1 503 Busy\r\nRetry-After: 99999999999\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )


WAYS: tuple[Callable[[socket.socket], None], ...] = (
    _hang, _drip, _drip_body, _endless, _endless_header, _endless_line, _circle, _chain, _cut, _nonsense, _closed,
    _bomb, _lie, _no,
)  # fmt: skip
PLACES = {
    "feeds": "http://{}/feed",
    "pages": "http://{}/works",
    "open311": "http://{}/open311/v2",
    "mailbox": "imap://desk%40town.example@{}/INBOX",
    "mastodon": "http://{}/public/local",
    "bluesky": "http://{}" + EVENTS + "?words=water",
    "bluesky server": "http://{}" + REPOS,
}


@contextlib.contextmanager
def misbehaving(way: Callable[[socket.socket], None], *, speaks_first: bool) -> Iterator[str]:
    """A server that does this whoever asks for whatever; yields host and port."""
    listening = socket.create_server((HOST, 0), backlog=50)

    def talk(sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError):
            sock.settimeout(PATIENCE_S)
            if not speaks_first:
                sock.recv(65_536)
            way(sock)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = listening.accept()
                threading.Thread(target=talk, args=(sock,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"{HOST}:{listening.getsockname()[1]}"
    finally:
        listening.close()


def test_every_kind_is_tried() -> None:
    """A new kind of source gets its row here."""
    assert {kind.partition(" ")[0] for kind in PLACES} == {*POLLED, *STREAMED}


@pytest.mark.parametrize(
    "limits", [{"seconds": LIMIT_S, "max_bytes": 500_000}, pytest.param({}, marks=pytest.mark.deep)]
)
def test_whatever_a_source_does_it_is_left_in_time(
    monkeypatch: pytest.MonkeyPatch, limits: dict[str, Any]
) -> None:
    """Fourteen ways, seven kinds: one trouble with a sentence each, none hangs, and none is an error of ours.

    In full with the limits of a desk: each is left after twenty seconds. Sabotage: give the deadline of a fetch anew
    to each of its hops and reads.
    """
    if limits:
        monkeypatch.setattr("answerable.collect.frames._OPEN_S", LIMIT_S)
    pairs = list(itertools.product(PLACES, WAYS))
    ended: dict[tuple[str, Callable[[socket.socket], None]], tuple[str, float]] = {}
    with ParsePool(2) as pool:
        # Whoever hangs in spite of all is left behind when the test ends.
        crowd = [
            threading.Thread(target=_note, args=(ended, pool, limits, *pair), daemon=True) for pair in pairs
        ]
        for one in crowd:
            one.start()
        until = time.monotonic() + PATIENCE_S * 2
        for one in crowd:
            one.join(max(0.0, until - time.monotonic()))
    wrong = [
        f"{kind} {way.__name__}: {ended.get((kind, way), 'hangs')}"
        for kind, way in pairs
        if ended.get((kind, way), ("", 0.0))[0] not in TROUBLES.keys() - {"our_fault"}
        or ended[(kind, way)][1] > PATIENCE_S
    ]
    print(f"{len(pairs)} visits, the longest took {max(took for _, took in ended.values()):.1f} s")
    assert wrong == []


def _note(ended: dict[Any, tuple[str, float]], pool: ParsePool, limits: Any, kind: str, way: Any) -> None:
    ended[(kind, way)] = _visit(pool, limits, kind, way)


def _visit(
    pool: ParsePool, limits: dict[str, Any], kind: str, way: Callable[[socket.socket], None]
) -> tuple[str, float]:
    """The trouble of one visit and how long it took."""
    with misbehaving(way, speaks_first=kind == "mailbox") as place:
        facts = SourceFacts(
            1, kind.partition(" ")[0], PLACES[kind].format(place), SourceClass.PUBLIC, secret="x"
        )
        began = time.monotonic()
        try:
            fetcher = Fetcher([place], **limits)
            for _ in plugins.collector(facts, fetcher=fetcher, pool=pool).collect({}):
                if time.monotonic() - began > PATIENCE_S:
                    return "it goes on", time.monotonic() - began
        except SourceTrouble as trouble:
            return trouble.code, time.monotonic() - began
        return "nothing was said", time.monotonic() - began
