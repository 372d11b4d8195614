"""`answerable read`: what it prints, what it says, how it ends. It touches no data folder."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.collect.servers import serving

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>B</title><language>es</language>
<item><title>Sin agua &amp; luz</title><link>https://n.example/1</link><guid>g1</guid>
<pubDate>Sat, 14 Mar 2026 10:00:00 +0100</pubDate><author>Ana Secreta</author><description>Hola @ana</description></item>
<item></item></channel></rss>"""


def run(*args: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command as people call it, with a home that does not exist."""
    return subprocess.run(
        [sys.executable, "-m", "answerable.run.cli", "read", *args],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd, timeout=60, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(cwd / "home"), "ANSWERABLE_HOME": str(cwd / "desk"), **environ},
    )  # fmt: skip


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """The printed objects."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_feed_is_printed_entry_by_entry(tmp_path: Path) -> None:
    """Id, title, text, link, time and language; an empty entry is marked; no author; no data folder is made."""
    (tmp_path / "feed.xml").write_text(FEED)
    for more in ([], ["--json"]):
        done = run("feed.xml", *more, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        first, second = lines(done)
        assert first == {
            "id": "g1", "title": "Sin agua & luz", "text": "Hola @…", "link": "https://n.example/1",
            "published": "2026-03-14T09:00:00+00:00", "language": "es",
        }  # fmt: skip
        assert second["empty"] is True
        assert second["published"] is None
        assert "Secreta" not in done.stdout
    assert not (tmp_path / "desk").exists()
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("name", "content", "ids"),
    [
        ("a", '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","title":"x"}]}', ["1"]),
        ("b", '{\n "version": "https://jsonfeed.org/version/1",\n "items": [\n {"id":"1","title":"x"}\n ]\n}', ["1"]),
        ("c", '{"id":"1","text":"x"}\n{"id":"2","text":"y"}', ["1", "2"]),
        ("d", "id,text\n1,<rss>\n", ["1"]),
        ("e", '<opml version="2.0"><body><outline xmlUrl="https://n.example/f" text="N"/></body></opml>', ["https://n.example/f"]),
        ("f", "\ufeff<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>x</title></entry></feed>", ["1"]),
        ("g", "Warning: x\n<?xml version='1.0'?><rss><channel><item><guid isPermaLink='false'>1</guid></item></channel></rss>", ["1"]),
    ],
)  # fmt: skip
def test_kind_of_file_is_told_by_its_content(tmp_path: Path, name: str, content: str, ids: list[str]) -> None:
    """Feeds, JSON Feeds, OPML, JSON Lines and CSV, whatever the file is called, also packed."""
    for path, data in (
        (tmp_path / name, content.encode()),
        (tmp_path / f"{name}.gz", gzip.compress(content.encode())),
    ):
        path.write_bytes(data)
        done = run(str(path), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert [line["id"] for line in lines(done)] == ids


def test_rejected_rows_are_listed_and_the_good_ones_printed(tmp_path: Path) -> None:
    """Exit 3: done in part; each bad row by line and code on stderr."""
    (tmp_path / "posts").write_bytes(
        b'{"id":"1","text":"x"}\nrubbish\n{"id":"2","text":"a\\u0000"}\n{"id":"3","text":"y"}\n{"id":"4"}\n'
    )
    done = run("posts", cwd=tmp_path)
    assert done.returncode == 3
    assert [line["id"] for line in lines(done)] == ["1", "3", "4"]
    assert lines(done)[2]["empty"] is True
    assert done.stderr.splitlines() == ["line 2: not_json", "line 3: nul"]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello\n", b"<!doctype html><html></html>", b"<rss><channel></channel></rss>", b"\x89PNG\r\n\x1a\n\0\0", b"[1]",
     b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;">]><rss/>', b"\x1f\x8b\x08\x00broken", b"id,name\n1,x\n"],
)  # fmt: skip
def test_nothing_usable_is_exit_2_with_one_line(tmp_path: Path, content: bytes) -> None:
    """Whatever cannot be used ends in one line on stderr and nothing on stdout."""
    (tmp_path / "x").write_bytes(content)
    done = run("x", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "source",
    [
        "none.xml",
        ".",
        "http://127.0.0.1/feed",
        "http://localhost:9/",
        "ftp://n.example/",
        "https://",
        "http://[::1",
    ],
)
def test_what_cannot_be_opened_is_exit_2_with_one_line(tmp_path: Path, source: str) -> None:
    """A missing file, a folder, a forbidden or impossible address."""
    done = run(source, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_address_is_read_through_the_guarded_fetcher(tmp_path: Path) -> None:
    """An allowed private address is read, with a redirect; without the setting it is refused unasked."""
    with serving() as server:
        server.says("/feed", status="302 Found", Location="/real")
        server.says("/real", FEED.encode(), Content_Type="application/rss+xml")
        assert run(server.url("/feed"), cwd=tmp_path).returncode == 2
        assert server.asked == []
        done = run(server.url("/feed"), cwd=tmp_path, ANSWERABLE_ALLOW_PRIVATE=server.allowed[0])
        assert [line["title"] for line in lines(done)] == ["Sin agua & luz", ""]
