"""Promise 7: complete without a network or a language model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# One line that turns this test red: load the model of meaning from somewhere else.
SABOTAGE = (
    "answerable/understand/embed.py",
    "self._model = USE(threads=self._threads)",
    "self._model = __import__('httpx2').get('https://models.example/')",
)

# Every connection but the one to the engine or a database on this machine is an error that nobody catches.
NO_NETWORK = """
import os, socket, sys
allowed = {"127.0.0.1", "::1", "localhost"}
class Cut(BaseException): pass
def guard(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        where = args[1] if event == "socket.connect" else args[0]
        host = where[0] if isinstance(where, tuple) else where
        if isinstance(where, (str, bytes)) and event == "socket.connect":
            return
        if host not in allowed and host is not None:
            print("NETWORK", event, where, file=sys.stderr)
            os._exit(97)
sys.addaudithook(guard)
from answerable.run.cli import main
sys.exit(main(sys.argv[1:]))
"""


def offline(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command where any way out ends the process with 97."""
    return subprocess.run(
        [sys.executable, "-c", NO_NETWORK, *words],
        env={**os.environ, "ANSWERABLE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_the_guard_itself_notices(tmp_path: Path) -> None:
    """A command that is told to fetch is caught: without this the next test would prove nothing."""
    assert offline(tmp_path / "home", "read", "https://news.example/feed").returncode == 97


@pytest.mark.store
def test_heard_understood_and_reported_without_a_network(desk: object, tmp_path: Path) -> None:
    """From a file to stories in three languages and a report, with every way out cut and no model to ask.

    Sabotage: in `Sentences.embed` the model is fetched from an address instead of read from the machine.
    """
    file = tmp_path / "posts.jsonl"
    said = [
        "Brown water in Fenmoor since seven",
        "Sale agua marrón en Fenmoor desde las siete",
        "芬穆尔的自来水从七点起是黄的",
    ]
    rows = [
        {"id": f"{n}", "text": f"{said[n % 3]} {n}", "time": f"2026-03-01T07:{n:02}:00Z"} for n in range(30)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    home = desk.home  # type: ignore[attr-defined]
    imported = offline(home, "import", str(file))
    assert imported.returncode == 0, imported.stderr
    stories = json.loads(offline(home, "stories", "--json").stdout)
    assert sum(story["items"] for story in stories) == 30
    report = offline(home, "report", "daily")
    assert report.returncode == 0, report.stderr
    assert report.stdout.strip()
