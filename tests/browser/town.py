"""What a desk hears in a browser test: a newspaper's feed over HTTP, and a file of what residents post.

Both are written anew for each test, up to this very minute, so that they are news.
"""

from __future__ import annotations

import html
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from answerable.collect.drill.day import day
from answerable.collect.drill.plan import DEFAULT_NAME, at
from answerable.records import SourceClass

UNTIL = at("08:40")  # two hours after the main broke, before the rumour
PAPER = (
    ("Main breaks under Mill Lane", "Residents of Fenmoor report brown water since seven this morning."),
    ("Crew closes off the broken main", "The water stays brown in Fenmoor and Saltgate, residents say."),
    ("Lantern festival opens tonight", "The walk begins at Hollin Bridge."),
)


def posts(file: Path, seed: int) -> int:
    """Write what residents post from midnight until now as JSON lines; returns how many."""
    now = datetime.now(UTC)
    said = [one for one in day(DEFAULT_NAME, seed) if one.voice is SourceClass.PUBLIC and one.minute <= UNTIL]
    with file.open("w", encoding="utf-8") as out:
        for one in said:
            published = now - timedelta(minutes=UNTIL - one.minute)
            row = {
                "id": f"p{one.number}",
                "time": published.isoformat(),
                "text": one.text,
                "author": one.author,
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(said)


def rss() -> bytes:
    """The newspaper's feed as of now."""
    now = datetime.now(UTC)
    entries = "".join(
        f"<item><guid>post-{n}</guid><title>{html.escape(title)}</title><description>{html.escape(text)}"
        f"</description><link>https://estuary.example/{n}</link>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=10 * n + 5))}</pubDate></item>"
        for n, (title, text) in enumerate(PAPER)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Estuary Post</title>'
        f"<link>https://estuary.example/</link><description>News</description>{entries}</channel></rss>"
    ).encode()


@contextmanager
def newspaper() -> Iterator[tuple[str, int]]:
    """Serve the feed on this machine; yields its address and its port."""
    body = rss()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Tests say enough."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/rss", server.server_port
    finally:
        server.shutdown()
        server.server_close()
