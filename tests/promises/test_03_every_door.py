"""Promise 3 at every door: a thousand words that name people come in, and none of them is kept in the clear.

Sabotage: at each door the mistake that would be easiest to make; what was planted is found again.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from answerable.run import cli, emptying
from answerable.store import erase, exports
from answerable.store.models import ItemRow, Submission, SubmissionContact, SubmissionFile, Tombstone
from tests.cast import Desk
from tests.promises import doors, planted
from tests.promises.doors import DOORS, Town, open_town
from tests.run.test_collectors import listening
from tests.run.test_streams import until
from tests.store.test_backups import command, elsewhere
from tests.web import stage
from tests.web.forms import fresh_counts

SABOTAGE = (
    (
        "answerable/collect/feeds/collector.py",
        'title=entry["title"]',
        'title=entry["author"] + entry["title"]',
    ),
    ("answerable/collect/pages/collector.py", 'title=article["title"]', "title=answer.body.decode()[:200]"),
    (
        "answerable/collect/mastodon/collector.py",
        'title=post["title"]',
        'title=post["author"] + " " + post["title"]',
    ),
    (
        "answerable/collect/bluesky/collector.py",
        'text=post["text"]',
        'text=post["author"][8:] + post["text"]',
    ),
    ("answerable/collect/mailbox/collector.py", 'title=mail["title"]', 'title=mail["author"].split("@")[0]'),
    ("answerable/collect/cursors.py", "if isinstance(value, int | float)", "if value is not None"),
    ("answerable/store/submissions.py", '"text": item.text,', '"text": told.text,'),
    (
        "answerable/web/api/open311.py",
        "        text=text,",
        "        text=text + ' ' + given.get('first_name', ''),",
    ),
    (
        "answerable/collect/files/mapping.py",
        "        title=title,",
        "        title=_plain(row.get(names.author)),",
    ),
    (
        "answerable/collect/private/names.py",
        "for form in (_PROFILE, _ON_NETWORK)",
        "for form in (_ON_NETWORK,)",
    ),
    (
        "answerable/store/submission_files.py",
        'sealed=sealed_bytes(ring, f"file {number}", row.pk, one.content) if fits',
        "sealed=one.content if fits",
    ),
    (
        "answerable/store/submission_files.py",
        'about=sealed(ring, f"name of file {number}", row.pk, about)',
        "about=about.encode()",
    ),
    ("answerable/store/submissions.py", "SubmissionFile.objects.filter(submission=pk).delete()", "pass"),
    ("answerable/web/public/follow_page.py", "[(row.source_id, bytes(row.item_key))]", "[]"),
    (
        "answerable/run/engine.py",
        "erase.remember(self._home, keys, now)",
        "erase.remember(self._home, [], now)",
    ),
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    doors.quick(monkeypatch)
    with fresh_counts():
        yield


@pytest.mark.parametrize("count", [18, pytest.param(1000, marks=pytest.mark.deep)])
def test_who_comes_by_any_door_is_named_nowhere(
    desk: Desk, tmp_path: Path, pytestconfig: pytest.Config, seed: int, count: int,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Handles, mails, telephone numbers, houses and DIDs by every door: none in the database, its log, the index,
    what the desk and its processes log and print, exports and backups; not after an erasure, and not after a
    restore either. On PostgreSQL none in the files of the server.
    """
    caplog.set_level(logging.DEBUG, "answerable")
    crowd = planted.Crowd(Random(seed))
    kept, out = tmp_path / "kept", tmp_path / "out"
    kept.mkdir()
    out.mkdir()
    with listening(desk) as tools, open_town(desk, tools, crowd, tmp_path, count) as town:
        town.tries = 1 if count < 100 else 2  # a server that keeps a busy machine waiting is asked again
        for door in DOORS:
            before = len(crowd.made)
            door(town)
            told = planted.rows() + planted.files(desk.home) + caplog.text.encode() + _printed(capfd)
            assert crowd.found_in(told) == [], door.__name__
            assert len(crowd.made) > before or door is doors.bluesky_server
        doors.come_round(town)
        assert sum(len(one.words) for one in crowd.made) >= 1000
        assert crowd.missing_in(doors.heard()) == []
        # A page quotes many, and the hub's feed had an entry of its own.
        assert ItemRow.objects.count() == len(crowd.made) - count + doors.pages_of(count) + 1
        town.count = 1
        doors.web_form(town)  # taken back before anybody came round
        assert cli.main(["backup", str(kept / "before.backup")]) == 0
        everything = planted.rows() + planted.files(desk.home, kept) + shown(desk, out) + caplog.text.encode()
        assert everything.count(b"Mill Lane") > len(crowd.made)
        assert crowd.found_in(everything) == []
        seen = 0
        for kept_there in planted.on_server(whole=count >= 100):
            seen += kept_there.count(b"Mill Lane")
            assert crowd.found_in(kept_there) == []
        assert seen > count or connection.vendor != "postgresql"
        before = sealed()
        marked = let_go(town)
        left = [was - now for was, now in zip(before, sealed(), strict=True)]
        assert left == [5, 2, 5], "a contact of each form and mail, and the files of a mail"
        everything = planted.rows() + planted.files(desk.home) + shown(desk, out) + caplog.text.encode()
        everything += _printed(capfd)
        assert crowd.found_in(everything) == []
        assert [word for word in marked if word.encode() in everything] == []
    restored(desk, kept / "before.backup", tmp_path, pytestconfig, crowd, marked)


def _printed(capfd: pytest.CaptureFixture[str]) -> bytes:
    """What this process and those it started have said since the last time."""
    return "".join(capfd.readouterr()).encode()


def shown(desk: Desk, out: Path) -> bytes:
    """Every export, and pages of the desk and of the public."""
    said = b""
    for form in ("jsonl", "csv"):
        assert cli.main(["export", "items", "--format", form, "--out", str(out / form)]) == 0
    carol, anybody = stage.client(desk.carol), Client()
    with stage.clock():
        for path in (
            "/desk/told?state=all",
            "/desk/told.csv?state=all",
            "/desk/told.jsonl?state=all",
            "/desk/stories",
            "/desk/",
        ):
            said += _body(carol, path)
        for story in exports.stories(limit=5):
            said += _body(carol, f"/desk/stories/{story.id}") + _body(
                carol, f"/desk/stories/{story.id}/items.csv"
            )
        for path in ("/", "/listening/", "/open311/v2/requests.json", "/transparency/ledger.jsonl"):
            said += _body(anybody, path)
    return said + planted.files(out)


def _body(browser: Client, path: str) -> bytes:
    answer = browser.get(path, follow=True)
    assert answer.status_code == 200, path
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]


def let_go(town: Town) -> list[str]:
    """Somebody leaves by each way out: by link, by the source, by the code; returns words only they had said."""
    *others, unheard = town.leaving
    last = {leave.__code__: (person, leave) for person, leave in others}  # of each door
    for _, leave in (*last.values(), unheard):
        leave()
    doors.come_round(town)
    until(lambda: Tombstone.objects.count() == len(last), 60)
    erase.scrub()
    emptying.once(settings.ANSWERABLE)
    return [person.marker for person, _ in (*last.values(), unheard)]


def sealed() -> list[int]:
    """How many contacts, files and messages there are: what is sealed cannot be looked for, so it is counted."""
    standing = Submission.objects.filter(emptied_at=None)
    return [SubmissionContact.objects.count(), SubmissionFile.objects.count(), standing.count()]


SEALED = """
from answerable.run.start import django; django()
from tests.promises.test_03_every_door import sealed; print(sealed())
"""


def restored(
    desk: Desk,
    backup: Path,
    tmp_path: Path,
    pytestconfig: pytest.Config,
    crowd: planted.Crowd,
    marked: list[str],
) -> None:
    """In another place, with the keys and the list of erasures: nobody is named, and who left is not back."""
    environ = elsewhere(tmp_path, pytestconfig, desk.home)
    other = Path(environ["ANSWERABLE_HOME"])
    shutil.copy(desk.home / "erasures.jsonl", other)
    done = command(environ, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    said = command(environ, "export", "items")
    kept = planted.files(other) + said.stdout.encode() + said.stderr.encode() + done.stderr.encode()
    counted = subprocess.run(
        [sys.executable, "-c", SEALED], env=environ, capture_output=True, text=True, check=True
    )
    assert counted.stdout == f"{sealed()}\n", "what is sealed and had left is back"
    kept += planted.rows(environ["DATABASE_URL"]) if connection.vendor == "postgresql" else b""
    assert kept.count(b"Mill Lane") > len(crowd.made) // 2
    assert crowd.found_in(kept) == []
    assert [word for word in marked if word.encode() in kept] == []
