"""A stand-in for another city's endpoint, written from the specification of GeoReport v2: lists by date, in XML or
JSON, cut at a limit without saying so; one request by its id, 404 when it is gone.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

HOST = "127.0.0.2"


@dataclass
class City:
    """Its requests by id, and what it was asked."""

    port: int = 0
    requests: dict[str, dict[str, str]] = field(default_factory=dict)
    limit: int = 1000
    as_json: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/open311/v2?jurisdiction_id=town.example"

    def hears(self, number: str, at: datetime, text: str, **more: str) -> None:
        """One more request, or another version of one."""
        self.requests[number] = {
            "service_request_id": number,
            "status": "open",
            "service_name": "Street lamps",
            "service_code": "012",
            "description": text,
            "requested_datetime": at.isoformat(),
            "updated_datetime": at.isoformat(),
            "address": "Mill Lane",
            **more,
        }

    def answer(self, target: str) -> tuple[int, bytes]:
        """Status and body."""
        self.asked.append(target)
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert query.get("jurisdiction_id") == "town.example"
        name = parts.path.removeprefix("/open311/v2/")
        if name.startswith("requests/"):
            one = self.requests.get(name.removeprefix("requests/").removesuffix(".xml"))
            return (200, self._written([one])) if one else (404, b"<errors/>")
        assert name == "requests.xml"
        since, until = (datetime.fromisoformat(query[part]) for part in ("start_date", "end_date"))
        found = [
            one
            for one in self.requests.values()
            if since <= datetime.fromisoformat(one["requested_datetime"]) <= until
        ]
        found.sort(key=lambda one: one["requested_datetime"], reverse=True)
        return 200, self._written(found[: self.limit])

    def _written(self, rows: list[dict[str, str]]) -> bytes:
        if self.as_json:
            return json.dumps(rows).encode()
        listed = "".join(
            "<request>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in row.items()) + "</request>"
            for row in rows
        )
        return f'<?xml version="1.0" encoding="utf-8"?><service_requests>{listed}</service_requests>'.encode()


@contextmanager
def city() -> Iterator[City]:
    """The endpoint on a loopback address of its own."""
    made = City()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = made.answer(self.path)
            self.send_response(status)
            self.send_header(
                "Content-Type", "application/json" if made.as_json else "text/xml; charset=utf-8"
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    made.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
