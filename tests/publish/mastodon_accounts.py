"""A stand-in for the part of Mastodon's API by which an account posts, written from its documentation.

https://docs.joinmastodon.org/methods/statuses/, /methods/accounts/ and /methods/search/; no code of Mastodon is in it.
"""

from __future__ import annotations

import contextlib
import html
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.collect.servers import HOST

TOKEN = "an access token of the test"
MOST = 500
_LINK = re.compile(r"https?://[^\s]+")


@dataclass
class Town:
    """What was posted, under which keys, and how the server misbehaves."""

    host: str = HOST
    port: int = 0
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)  # posts of people, by their address
    keys: dict[str, str] = field(default_factory=dict)  # Idempotency-Key -> id
    seen: list[str] = field(default_factory=list)  # keys as they came
    followers: int = 1200
    forgets: bool = False  # an hour has passed: keys are forgotten
    after: Callable[[], None] | None = None  # run once a status is stored, before the answer
    answer: tuple[int, bytes] | None = None  # in place of every answer to a POST, nothing is stored
    spoilt: bytes | None = None  # in place of the answer, after the status is stored

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def allowed(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def texts(self) -> list[str]:
        return [one["text"] for one in self.statuses.values()]

    def post(self, key: str, form: dict[str, Any]) -> tuple[int, Any]:
        """POST /api/v1/statuses"""
        self.seen.append(key)
        if self.answer is not None:
            return self.answer
        if not self.forgets and key in self.keys:
            return 200, self.statuses[self.keys[key]]
        text = str(form.get("status", ""))
        if not text or len(_LINK.sub("x" * 23, text)) > MOST:
            return 422, {"error": f"Validation failed: Text character limit of {MOST} exceeded"}
        reply = form.get("in_reply_to_id")
        known = {*self.statuses, *(one["id"] for one in self.others.values())}
        if reply is not None and reply not in known:
            return 404, {"error": "Record not found"}
        number = str(len(self.statuses) + 1)
        content = _LINK.sub(lambda found: f'<a href="{html.escape(found[0])}">{found[0][:30]}</a>', text)
        self.statuses[number] = {
            "id": number,
            "created_at": datetime.now(UTC).isoformat(),
            "in_reply_to_id": reply,
            "language": form.get("language"),
            "visibility": form.get("visibility", "public"),
            "url": f"https://town.example/@council/{number}",
            "content": f"<p>{content}</p>",
            "text": text,
            "reblogs_count": 7,
        }
        self.keys[key] = number
        if self.after:
            self.after()
        return (200, self.statuses[number]) if self.spoilt is None else (200, self.spoilt)

    def said(self, name: str, number: int, **facts: Any) -> str:
        """Somebody posted; gives the address that names them."""
        link = f"https://{name.partition('@')[2] or 'town.example'}/@{name.partition('@')[0]}/{number}"
        self.others[link] = {
            "id": f"1{number}",
            "url": link,
            "uri": link,
            "visibility": "public",
            "account": {"acct": name},
            **facts,
        }
        return link

    def get(self, path: str) -> tuple[int, Any]:
        """The account, its last posts, or one of them."""
        if path == "/api/v1/accounts/verify_credentials":
            return 200, {"id": "9", "acct": "council", "followers_count": self.followers}
        if path.startswith("/api/v1/accounts/9/statuses"):
            return 200, list(reversed(self.statuses.values()))
        if path.startswith("/api/v2/search?"):
            asked = parse_qs(urlsplit(path).query)
            resolved = self.others.get(asked["q"][0]) if asked.get("resolve") == ["true"] else None
            return 200, {"accounts": [], "hashtags": [], "statuses": [resolved] if resolved else []}
        found = self.statuses.get(path.rsplit("/", 1)[-1])
        return (200, found) if found else (404, {"error": "Record not found"})


@contextlib.contextmanager
def town(
    host: str = HOST, within: Callable[[Callable[[], Any]], Any] = lambda make: make()
) -> Iterator[Town]:
    """Run the stand-in while a test needs it; `within` makes its listening socket, in another network perhaps."""
    state = Town(host)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self._may():
                self._say(*state.post(self.headers.get("Idempotency-Key", ""), json.loads(body)))

        def do_GET(self) -> None:
            if self._may():
                self._say(*state.get(self.path))

        def _may(self) -> bool:
            if self.headers.get("Authorization") == f"Bearer {TOKEN}":
                return True
            self._say(401, {"error": "The access token is invalid"})
            return False

        def _say(self, status: int, value: Any) -> None:
            body = value if isinstance(value, bytes) else json.dumps(value).encode()
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = within(lambda: ThreadingHTTPServer((host, 0), Handler))
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
