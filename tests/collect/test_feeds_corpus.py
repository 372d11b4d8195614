"""The research corpus: 1,076 documents, many broken or hostile on purpose, read as feedparser reads them."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import feedparser
import pytest

from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from answerable.run.commands import read as command


def documents(shared_data: Path) -> list[tuple[str, bytes]]:
    """Every document of the corpus with its name."""
    with zipfile.ZipFile(shared_data / "feeds" / "feed-cases-dev.zip") as corpus:
        return [(name, corpus.read(name)) for name in sorted(corpus.namelist()) if not name.endswith("/")]


def plain(markup: str | None) -> str:
    """A title as a checker would compare it: without tags, entities and extra spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup or "")).split())


def moment(entry: Any) -> str | None:
    """The time that feedparser gives an entry."""
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime(*when[:6], tzinfo=UTC).isoformat() if when else None


def printed(pool: ParsePool, body: bytes, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What `answerable read` prints for a document, here with one pool for all documents."""
    command._show(command._entries(pool, body))
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_result_equals_feedparsers_on_what_it_finds(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the documents with entries, 98% give the same count and 95% the same links, titles and dates."""
    tally: Counter[str] = Counter()
    different: list[str] = []
    slowest = 0.0
    with ParsePool(1) as pool:
        pool.run("feed", b"<rss/>")
        for name, body in documents(shared_data):
            expected = feedparser.parse(io.BytesIO(body)).entries
            started = time.monotonic()
            try:
                lines = printed(pool, body, capsys)
            except SourceTrouble:
                lines = []
            slowest = max(slowest, time.monotonic() - started)
            if not expected:
                continue
            tally["documents"] += 1
            tally["counts"] += len(lines) == len(expected)
            faces = [(line["link"], plain(line["title"]), line["published"]) for line in lines]
            same = faces == [
                (entry.get("link") or "", plain(entry.get("title")), moment(entry)) for entry in expected
            ]
            tally["faces"] += same
            if not same:
                different.append(name)
    print(dict(tally), f"slowest {slowest:.2f} s", different)
    assert tally["documents"] == 608
    assert tally["counts"] >= 0.98 * 608
    assert tally["faces"] >= 0.95 * 608
    assert slowest < 2


def run(path: Path) -> tuple[subprocess.CompletedProcess[str], float]:
    """`answerable read PATH` as people call it."""
    started = time.monotonic()
    code = [sys.executable, "-m", "answerable.run.cli", "read", str(path)]
    done = subprocess.run(code, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    return done, time.monotonic() - started


def check_command(done: subprocess.CompletedProcess[str], name: str) -> None:
    """No traceback; 0 and 3 come with lines, 2 with exactly one message."""
    assert "Traceback" not in done.stderr, name
    assert done.returncode in (0, 2, 3), (name, done.stderr)
    if done.returncode == 2:
        assert done.stdout == "", name
        assert len(done.stderr.strip().splitlines()) == 1, (name, done.stderr)
    else:
        assert [json.loads(line) for line in done.stdout.splitlines()], name


@pytest.mark.shared
def test_command_reads_a_sample_of_the_corpus(shared_data: Path, tmp_path: Path, seed: int) -> None:
    """The command itself, on 25 documents of the corpus: no traceback, one line per entry or one message."""
    for name, body in Random(seed).sample(documents(shared_data), 25):
        path = tmp_path / name.replace("/", "_")
        path.write_bytes(body)
        check_command(run(path)[0], name)


@pytest.mark.shared
@pytest.mark.deep
def test_command_reads_the_whole_corpus(shared_data: Path, tmp_path: Path) -> None:
    """The command on all 1,076 documents: no traceback, none takes over two seconds."""
    slow = {}
    for name, body in documents(shared_data):
        path = tmp_path / name.replace("/", "_")
        path.write_bytes(body)
        done, seconds = run(path)
        check_command(done, name)
        if seconds > 2:
            slow[name] = seconds
    assert slow == {}
