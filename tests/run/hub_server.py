"""A publisher with a hub, written from the W3C's WebSub specification: what a subscriber meets, step by step.

Its requests to the subscriber are made when a test says so, by the browser it is given.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.test import Client


@dataclass
class Hub:
    """A feed at /feed and its hub at /hub."""

    address: str = ""
    entries: dict[str, str] = field(default_factory=lambda: {"a": "Brown water in Fenmoor"})
    in_header: bool = False  # says in a header what else stands in the document
    status: int = 202  # of the answer to a subscription
    visits: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))

    def document(self, *names: str) -> bytes:
        """The feed, or these entries of it alone."""
        links = f'<link rel="hub" href="{self.address}/hub"/><link rel="self" href="{self.address}/feed"/>'
        entries = "".join(
            f"<entry><id>urn:{name}</id><title>{words}</title><link href='https://post.example/{name}'/>"
            "<updated>2026-03-02T08:00:00Z</updated></entry>"
            for name, words in self.entries.items()
            if not names or name in names
        )
        head = "" if self.in_header else links
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>{head}{entries}</feed>'.encode()

    @property
    def path(self) -> str:
        """Of the subscriber's callback."""
        return urlsplit(self.asked[-1]["hub.callback"]).path

    def verify(self, **changed: str) -> HttpResponse:
        """Section 5.3: ask the subscriber whether it meant it."""
        asked = {
            "hub.mode": "subscribe",
            "hub.topic": self.asked[-1]["hub.topic"],
            "hub.challenge": "a challenge <b>",
            "hub.lease_seconds": "864000",
        }
        return self.client.get(self.path, asked | {f"hub.{name}": said for name, said in changed.items()})

    def publish(self, *names: str, secret: str | None = None, method: str = "sha256") -> HttpResponse:
        """Section 7: deliver entries, signed."""
        body = self.document(*names)
        key = self.asked[-1]["hub.secret"] if secret is None else secret
        signature = f"{method}={hmac.new(key.encode(), body, method).hexdigest()}"
        return self.client.post(
            self.path, body, content_type="application/atom+xml", headers={"X-Hub-Signature": signature}
        )


@contextmanager
def publisher(**facts: Any) -> Iterator[Hub]:
    """A hub that runs."""
    made = Hub(**facts)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.visits += 1
            body = made.document()
            self.send_response(200)
            self.send_header("Content-Type", "application/atom+xml")
            self.send_header("Content-Length", str(len(body)))
            if made.in_header:
                said = f'<{made.address}/hub>; rel="hub", <{made.address}/feed>; rel="self"'
                self.send_header("Link", said)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            made.asked.append({name: said[0] for name, said in parse_qs(sent, strict_parsing=True).items()})
            self.send_response(made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
