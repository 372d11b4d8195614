"""A stand-in for a Jetstream, written from its lexicon and its README: both versions, cursors, filters, notices.

https://github.com/bluesky-social/jetstream: network.bsky.jetstream.subscribeEvents and /subscribe. The network
itself is played by a real server in `pds_server`.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

HOST = "127.0.0.2"
POSTS = "app.bsky.feed.post"
EVENTS = "/xrpc/network.bsky.jetstream.subscribeEvents"
_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def tid(us: int) -> str:
    """A revision as https://atproto.com/specs/tid says."""
    number, out = us << 10, ""
    for _ in range(13):
        number, digit = divmod(number, 32)
        out = _ALPHABET[digit] + out
    return out


class Jetstream:
    """All that happened, in order, and who listens."""

    def __init__(self) -> None:
        self.port = 0
        self.events: list[dict[str, Any]] = []
        self.first = 1  # the lowest number that is still kept
        self.asked: list[dict[str, list[str]]] = []
        self.listeners: list[tuple[bool, dict[str, list[str]], ServerConnection]] = []
        self._us = int(time.time() * 1_000_000)
        self._lock = threading.RLock()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def happens(self, did: str, rkey: str, operation: str, text: str = "", **fields: Any) -> None:
        """A post is made, changed or deleted."""
        with self._lock:
            self._us += 1_000
            event = {
                "seq": self.first + len(self.events), "us": self._us, "did": did, "rkey": rkey, "operation": operation,
                "collection": fields.pop("collection", POSTS),
            }  # fmt: skip
            if operation != "delete":
                created = datetime.fromtimestamp(self._us / 1_000_000, UTC).isoformat()
                event["record"] = {
                    "$type": POSTS,
                    "text": text,
                    "createdAt": created,
                    "langs": ["en"],
                    **fields,
                }
            self.events.append(event)
            for second, query, connection in list(self.listeners):
                self._send(event, second, query, connection)

    def say(self, message: str | bytes) -> None:
        """Raw words to everybody."""
        for _, _, connection in list(self.listeners):
            with contextlib.suppress(ConnectionClosed):
                connection.send(message)

    def hang_up(self) -> None:
        for _, _, connection in list(self.listeners):
            with contextlib.suppress(OSError):
                connection.socket.shutdown(socket.SHUT_RDWR)

    def heard(self, count: int = 1) -> None:
        """Wait until so many listen."""
        ends = time.monotonic() + 20
        while len(self.listeners) < count and time.monotonic() < ends:
            time.sleep(0.02)
        assert len(self.listeners) >= count, "nobody listens"

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Refuse what the lexicon says is refused before the stream begins."""
        parts = urlsplit(request.path)
        query = parse_qs(parts.query)
        self.asked.append(query)
        if parts.path not in (EVENTS, "/subscribe"):
            return Response(404, "Not Found", Headers({"Content-Length": "0"}), b"")
        cursor = int(query.get("cursor", ["0"])[0])
        if parts.path == EVENTS and 0 < cursor < 10**15 and cursor < self.first:
            body = json.dumps({"error": "CursorTooOld", "message": f"the floor is {self.first}"}).encode()
            return Response(400, "Bad Request", Headers({"Content-Length": str(len(body))}), body)
        return None

    def stream(self, connection: ServerConnection) -> None:
        assert connection.request is not None
        parts = urlsplit(connection.request.path)
        query, second = parse_qs(parts.query), parts.path == EVENTS
        cursor = int(query.get("cursor", ["0"])[0])
        timed = cursor >= 10**15 or not second
        with self._lock:
            if second and not timed and cursor > self.first + len(self.events):
                connection.send(_second({"$type": f"{EVENTS[6:]}#info", "name": "FutureCursor"}))
                cursor = 0
            for event in self.events if cursor else []:
                if (event["us"] if timed else event["seq"]) >= cursor:
                    self._send(event, second, query, connection)
            entry = (second, query, connection)
            self.listeners.append(entry)
        try:
            for _ in connection:
                pass
        except ConnectionClosed:
            return
        finally:
            self.listeners.remove(entry)

    def _send(
        self, event: dict[str, Any], second: bool, query: dict[str, list[str]], connection: ServerConnection
    ) -> None:
        dids = query.get("dids" if second else "wantedDids")
        collections = query.get("collections" if second else "wantedCollections")
        if (dids and event["did"] not in dids) or (collections and event["collection"] not in collections):
            return
        with contextlib.suppress(ConnectionClosed):
            connection.send(_second_event(event) if second else _first_event(event))


def _second(payload: dict[str, Any]) -> str:
    return json.dumps({"$type": "message", "payload": payload})


def _second_event(event: dict[str, Any]) -> str:
    at = datetime.fromtimestamp(event["us"] / 1_000_000, UTC).isoformat()
    kept = {
        name: event[name]
        for name in ("seq", "did", "operation", "collection", "rkey", "record")
        if name in event
    }
    return _second(
        {"$type": f"{EVENTS[6:]}#commit", "time": at, "witnessedAt": at, "rev": tid(event["us"]), **kept}
    )


def _first_event(event: dict[str, Any]) -> str:
    commit = {name: event[name] for name in ("operation", "collection", "rkey", "record") if name in event}
    return json.dumps(
        {
            "did": event["did"],
            "time_us": event["us"],
            "kind": "commit",
            "commit": {"rev": tid(event["us"]), **commit},
        }
    )


@contextlib.contextmanager
def jetstream() -> Iterator[Jetstream]:
    """Run the stand-in while a test needs it."""
    network = Jetstream()
    with serve(
        network.stream, HOST, 0, process_request=network.answer, compression=None, subprotocols=["xrpc.v1.json"],  # type: ignore[list-item]
        select_subprotocol=lambda _, offered: "xrpc.v1.json" if "xrpc.v1.json" in offered else None,  # type: ignore[arg-type,return-value]
    ) as server:  # fmt: skip
        network.port = server.socket.getsockname()[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield network
        finally:
            network.hang_up()
            server.shutdown()
            thread.join(5)
