"""The example package: what a third party writes is found, tried and listened to like our own."""

from __future__ import annotations

import importlib
import json
import os
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from answerable.collect.conformance import check_collector
from answerable.collect.fetch import Fetcher
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.records import SourceClass, SourceFacts
from answerable.run import plugins
from tests.collect.servers import HOST, Server, serving
from tests.run import desks

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "townwire"
NOTICES = [
    {"id": "n2", "title": "Water is back", "body": "In Mill Lane", "at": "2026-03-14T10:00:00Z", "link": "https://b.example/2", "by": "Ann"},
    {"id": "n1", "title": "Water is off", "body": "In Mill Lane", "at": "2026-03-14T09:00:00Z"},
    {"id": "n0", "title": "When?", "at": "soon"},
]  # fmt: skip


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package as an installer lays it down: its file, and its entry points beside it."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    site = tmp_path / "site"
    info = site / f"answerable_townwire-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (site / "townwire.py").write_text((EXAMPLE / "townwire.py").read_text("utf-8"), "utf-8")
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    lines = [
        f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in points.items())
        for group, points in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("".join(lines))
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]))
    importlib.invalidate_caches()
    yield site
    sys.modules.pop("townwire", None)


@pytest.fixture
def board() -> Iterator[Server]:
    """A board with three notices, one of them with a time that nobody can read."""
    with serving() as server:
        server.says("/board.json", json.dumps({"notices": NOTICES}).encode(), ETag='"7"')
        yield server


def test_the_example_keeps_what_every_collector_keeps(installed: Path, board: Server) -> None:
    """Found by its entry point, made like our own, and through all checks; oldest first, bad rows named."""
    assert "townwire" in plugins.brought()
    facts = SourceFacts(1, "townwire", board.url("/board.json"), SourceClass.INSTITUTION)
    with ParsePool(1) as pool:

        def make() -> object:
            return plugins.collector(facts, fetcher=Fetcher(board.allowed), pool=pool)

        check_collector(make, at_least=2)  # type: ignore[arg-type]
        [(batch, cursor)] = plugins.collector(facts, fetcher=Fetcher(board.allowed), pool=pool).collect({})
        assert [getattr(entry, "external_id", getattr(entry, "code", "")) for entry in batch] == [
            "bad_time",
            "n1",
            "n2",
        ]
        assert cursor == {"etag": '"7"', "interval_s": 900}
        board.says("/board.json", b'{"notices": "none"')
        with pytest.raises(SourceTrouble, match="not_a_feed"):
            list(plugins.collector(facts, fetcher=Fetcher(board.allowed), pool=pool).collect({}))


def test_the_command_adds_it_and_the_desk_asks_it(installed: Path, board: Server, tmp_path: Path) -> None:
    """`add --as` looks once through the plug-in and adds the place."""
    home, allowed = tmp_path / "home", {"ANSWERABLE_ALLOW_PRIVATE": HOST}
    words = ("add", "--as", "townwire", board.url("/board.json"), "--class", "institution", "--json")
    done = desks.run(home, *words, **allowed)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["items"], said["added"][0]["class"]) == (2, "institution")


@pytest.mark.store
def test_an_unknown_kind_is_refused_with_those_there_are(installed: Path, desk: object) -> None:
    """One sentence that says what can be added."""
    from argparse import Namespace

    from answerable.run.commands import add_kind

    with pytest.raises(BadInput, match="there are pages, townwire"):
        add_kind.main(Namespace(as_kind="pigeon", url="https://b.example/", source_class="public"))


@pytest.mark.store
def test_sources_of_a_plugin_are_due_like_feeds(installed: Path, desk: object) -> None:
    """Nobody has to register a kind anywhere else."""
    from answerable.store import sources
    from answerable.store.models import Source

    now = datetime(2026, 3, 14, tzinfo=UTC)
    made = Source.objects.create(
        name="Board",
        kind="townwire",
        address="https://b.example/",
        source_class="institution",
        purpose="x",
        added_at=now,
    )
    assert [source.pk for source in sources.due(now, kinds=plugins.brought())] == [made.pk]
