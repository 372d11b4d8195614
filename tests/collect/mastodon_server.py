"""A stand-in for a Mastodon server, written from its API documentation: listings, single posts and the stream.

https://docs.joinmastodon.org/methods/streaming/ and /methods/timelines/; no code of Mastodon is in it.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

HOST = "127.0.0.2"


class Mastodon:
    """A small server: what was posted, who listens, and what it allows."""

    def __init__(self) -> None:
        self.port = 0
        self.statuses: dict[str, dict[str, Any]] = {}
        self.listeners: list[tuple[str, str, ServerConnection]] = []  # stream, tag, connection
        self.asked: list[str] = []  # path and query of each request
        self.bearers: list[str] = []
        self.streams = True
        self.many = True  # whether several posts can be asked for at once
        self.suspended: set[str] = set()  # accounts: their posts are there for nobody, and no stream says so
        self.token = ""  # what the stream asks for
        self.headers: dict[str, str] = {}  # of every listing
        self.status = 200  # of every listing
        self.body: bytes | None = None  # in place of a listing
        self._number = 0
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def post(
        self,
        text: str,
        *,
        minutes_ago: float = 0,
        silent: bool = False,
        tags: tuple[str, ...] = (),
        **fields: Any,
    ) -> str:
        """A new public post; `silent` leaves the stream out, as while nobody listens."""
        with self._lock:
            self._number += 1
            at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
            name = str((int(at.timestamp() * 1000) << 16) + self._number)
        author = fields.pop("author", "maren")
        self.statuses[name] = {
            "id": name,
            "created_at": at.isoformat().replace("+00:00", "Z"),
            "edited_at": None,
            "spoiler_text": "",
            "visibility": "public",
            "language": "en",
            "uri": f"https://talk.example/users/{author}/statuses/{name}",
            "url": f"https://talk.example/@{author}/{name}",
            "content": f"<p>{text}</p>",
            "favourites_count": 2,
            "reblog": None,
            "account": {"id": "7", "acct": author, "note": "<p>I like rivers</p>"},
            "tags": [{"name": tag} for tag in tags],
            **fields,
        }
        if not silent:
            self.tell("update", self.statuses[name])
        return name

    def edit(self, name: str, text: str, *, silent: bool = False) -> None:
        self.statuses[name] |= {"content": f"<p>{text}</p>", "edited_at": datetime.now(UTC).isoformat()}
        if not silent:
            self.tell("status.update", self.statuses[name])

    def delete(self, name: str, *, silent: bool = False) -> None:
        status = self.statuses.pop(name)
        if not silent:
            self.tell("delete", name, status)

    def tell(self, event: str, payload: Any, about: dict[str, Any] | None = None) -> None:
        """One message to everybody whose stream it belongs to."""
        status = about or (payload if isinstance(payload, dict) else {})
        told = payload if isinstance(payload, str) else json.dumps(payload)
        for stream, tag, connection in list(self.listeners):
            if stream != "hashtag" or tag in {one["name"] for one in status.get("tags", [])}:
                self.say(json.dumps({"stream": [stream], "event": event, "payload": told}), connection)

    def say(self, message: str | bytes, to: ServerConnection | None = None) -> None:
        """Raw words, for one listener or for all."""
        for connection in [to] if to else [one for _, _, one in list(self.listeners)]:
            with contextlib.suppress(ConnectionClosed):
                connection.send(message)

    def heard(self, count: int = 1) -> None:
        """Wait until so many listen."""
        ends = time.monotonic() + 20
        while len(self.listeners) < count and time.monotonic() < ends:
            time.sleep(0.02)
        assert len(self.listeners) >= count, "nobody listens"

    def hang_up(self) -> None:
        """The stream ends for everybody."""
        for _, _, connection in list(self.listeners):
            with contextlib.suppress(OSError):
                connection.socket.shutdown(socket.SHUT_RDWR)

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """REST requests; None lets a stream begin."""
        self.asked.append(request.path)
        self.bearers.append(request.headers.get("Authorization", ""))
        parts = urlsplit(request.path)
        if parts.path == "/api/v1/streaming":
            if not self.streams:
                return _json({"error": "not found"}, 404)
            wanted = f"Bearer {self.token}" if self.token else ""
            if wanted and request.headers.get("Authorization", "") != wanted:
                return _json({"error": "Missing access token"}, 401)
            return None
        if parts.path == "/api/v2/instance":
            return _json({"configuration": {"urls": {"streaming": f"ws://{HOST}:{self.port}"}}})
        if self.status != 200:
            return _json({"error": "no"}, self.status, self.headers)
        if parts.path == "/api/v1/statuses" and self.many:  # since 4.3
            names = parse_qs(parts.query).get("id[]", [])
            return _json([one for name in names if (one := self._standing(name))], 200, self.headers)
        if parts.path.startswith("/api/v1/statuses"):
            found = self._standing(unquote(parts.path.rpartition("statuses")[2].lstrip("/")))
            return _json(found or {"error": "Record not found"}, 200 if found else 404, self.headers)
        if self.body is not None:
            return Response(200, "OK", Headers(self.headers), self.body)
        return _json(self._listing(parts.path, parse_qs(parts.query)), 200, self.headers)

    def _standing(self, name: str) -> dict[str, Any] | None:
        found = self.statuses.get(name)
        return None if found is None or found["account"]["acct"] in self.suspended else found

    def _listing(self, path: str, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        tag = unquote(path.rsplit("/", 1)[1]) if "/tag/" in path else ""
        found = [
            one
            for one in self.statuses.values()
            if self._standing(one["id"])
            and one["visibility"] == "public"
            and (not tag or tag in {each["name"] for each in one["tags"]})
        ]
        found.sort(key=lambda one: int(one["id"]), reverse=True)
        limit = int(query.get("limit", ["20"])[0])
        if least := query.get("min_id"):
            return [one for one in found if int(one["id"]) > int(least[0])][-limit:]
        return found[:limit]

    def stream(self, connection: ServerConnection) -> None:
        """Hold a listener until it leaves."""
        query = parse_qs(urlsplit(connection.request.path).query) if connection.request else {}
        entry = (query.get("stream", [""])[0], query.get("tag", [""])[0], connection)
        self.listeners.append(entry)
        try:
            for _ in connection:
                pass
        except ConnectionClosed:
            return
        finally:
            self.listeners.remove(entry)


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    body = json.dumps(value).encode()
    kept = Headers(
        {"Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
    )
    kept.update(headers or {})
    return Response(status, "OK", kept, body)


@contextlib.contextmanager
def mastodon() -> Iterator[Mastodon]:
    """Run the stand-in while a test needs it."""
    town = Mastodon()
    with serve(town.stream, HOST, 0, process_request=town.answer, compression=None) as server:
        town.port = server.socket.getsockname()[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield town
        finally:
            town.hang_up()
            server.shutdown()
            thread.join(5)
