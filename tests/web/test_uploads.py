"""B11 at every form: whatever is chosen as a file is read in a worker or refused; what is kept leaves as a download alone."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import answerable
from answerable.collect.workers import ParsePool
from answerable.store import duty
from answerable.store.models import AnswerDocument, Submission
from answerable.web import calendar_upload, evidence_upload
from answerable.web.download import SHUT
from answerable.web.public import told_picture
from answerable.web.staff import source_upload
from tests.cast import Desk
from tests.collect.uploads import HIDDEN, NAMES, UPLOADS, Upload
from tests.promises.planted import files, rows
from tests.store.answering import drafted, opened, out
from tests.web import stage
from tests.web.forms import Writer, fresh_counts

ODD = [name for name in NAMES if name.strip(".") and not {"\ud800", "\r", '"'} & {*name}] + ["y" * 700]


@pytest.fixture(scope="module")
def worker() -> Iterator[ParsePool]:
    """One for all tests here: whether it goes on through each of them is what they look at."""
    with ParsePool(1, seconds=20) as pool:
        yield pool


@pytest.fixture(autouse=True)
def doors(worker: ParsePool, monkeypatch: pytest.MonkeyPatch) -> Iterator[ParsePool]:
    """The same worker at all doors, as each has one of its own; nobody counts how many pictures came."""
    pool = worker
    with fresh_counts():

        @contextmanager
        def shared(_size: int) -> Iterator[ParsePool]:
            yield pool

        for module in (told_picture, calendar_upload, source_upload, evidence_upload):
            monkeypatch.setattr(module, "ParsePool", shared)
        monkeypatch.setattr(told_picture, "PER_HOUR", 10_000)
        yield pool


class Chosen(BytesIO):
    """A file as a browser sends it, under whatever name."""

    def __init__(self, name: str, one: Upload) -> None:
        super().__init__(one.content)
        self.name, self.content_type = name, one.declared


def chosen(at: int, what: str) -> Chosen:
    """A file of the table under a name of the other one."""
    return Chosen(ODD[at % len(ODD)], UPLOADS[what])


def test_no_upload_of_the_public_form_is_kept(desk: Desk, doors: ParsePool) -> None:
    """Each file of the table, under names that point elsewhere: taken for its bits or refused in a sentence, the words
    stay, the worker goes on, and nothing of the file or its name is in the database or the folder.

    Sabotage: keep the file beside `pool.run` in `told_picture.sent`.
    """
    worker = doors.pids()
    writer = Writer()
    writer.get()
    writer.post(kind="question")
    for at, what in enumerate(UPLOADS):
        answer = writer.post(text="Is it true?", file=chosen(at, what))
        said = answer.content.decode()
        assert answer.status_code in (200, 400), what
        assert "This picture cannot be used" in said or answer.status_code == 200, what
        assert "Is it true?" in said, what
        if answer.status_code == 200:  # it went on: back to the page with the field
            writer.post(go="text")
    assert doors.pids() == worker
    form = writer.seen
    assert writer.post(text="Is it true?", file=Chosen("y" * 5_000, UPLOADS["metadata"])).status_code == 400
    writer.seen = form
    writer.post(text="Is it true?")
    writer.post(place="")
    writer.post(contact="")
    writer.now += timedelta(seconds=40)
    writer.post()
    assert Submission.objects.count() == 1
    kept = rows() + files(desk.home)
    assert [word for word in (HIDDEN, b"passwd", b"yyyyyyyy", b"cannot be run in DOS") if word in kept] == []


@dataclass(frozen=True)
class Door:
    """A place at the desk where somebody gives a file: its address, and what goes along with the file."""

    at: Callable[[Desk], str]
    beside: dict[str, str]
    says: str  # of a file that is none for it; a pattern
    some: tuple[str, ...] = tuple(UPLOADS)


# Where each starts a process of its own, or is tried with all of them below.
SOME = ("gif and script", "svg as png", "html as text", "zip bomb", "no type")


def _roster(desk: Desk) -> str:
    return (
        f"/desk/duty/{duty.create_roster(desk.alice, desk.top, 'spokespersons', 1, now=desk.now).pk}/holidays"
    )


DOORS = {
    "answerable/web/staff/source_upload.py": Door(lambda _: "/desk/sources/list", {}, "This is no list of feeds|longer than 2 MB"),
    "answerable/web/staff/import_start.py": Door(lambda _: "/desk/imports/new", {}, "", SOME),
    "answerable/web/calendar_upload.py": Door(_roster, {}, "This is no calendar file|longer than 1 MB"),
    "answerable/web/evidence_upload.py": Door(
        lambda desk: f"/desk/claims/{opened(desk).pk}/document", {"title": "Chlorine at the taps"}, "", SOME
    ),
}  # fmt: skip
ELSEWHERE = {
    "answerable/web/public/told_picture.py": "test_no_upload_of_the_public_form_is_kept",
    "answerable/web/templates/staff/sealed_one.html": "a key that a script reads and nobody sends",
}
FORMS = 7  # templates that ask for a file


def test_every_door_for_files_is_known_here() -> None:
    """What reads a file out of a request has a row below, or says where else it is tried; mails have a mailbox of
    their own (`tests/run/test_mail_files.py`, with the same table).

    Sabotage: read `request.FILES` in one more module.
    """
    folder = Path(answerable.__file__).parent
    reading = {
        file.relative_to(folder.parent).as_posix()
        for file in folder.rglob("*.py")
        if re.search(r"FILES(?:\.|\[)", file.read_text("utf-8"))
    }
    assert reading == {*DOORS, *(one for one in ELSEWHERE if one.endswith(".py"))}
    asking = [file for file in folder.rglob("*.html") if 'type="file"' in file.read_text("utf-8")]
    assert len(asking) == FORMS, asking


@pytest.mark.parametrize("door", sorted(DOORS))
def test_no_upload_of_the_desk_is_shown_or_kept_as_what_it_is(
    desk: Desk, door: str, doors: ParsePool
) -> None:
    """An answer in a sentence, never the file, and no worker ends; only evidence keeps bytes, and none of a path.

    Sabotage: say the file's name where a calendar cannot be read.
    """
    it = DOORS[door]
    worker, browser, path = doors.pids(), stage.client(desk.alice), it.at(desk)
    for at, what in enumerate(it.some):
        with stage.clock():
            answer = browser.post(path, {"file": chosen(at, what), **it.beside})
        assert answer.status_code in (200, 302, 400, 409), what
        assert b"<script>alert(" not in answer.content
        assert answer["Content-Type"].startswith("text/html")
        assert re.search(it.says, html.unescape(answer.content.decode())), what
    assert doors.pids() == worker
    kept = rows()
    gone = [b"passwd", b"Windows", b"cron.d", b"07412", b"canary_of", b"yyyyyyyy", b"cannot be run in DOS"]
    assert [word for word in gone if word in kept] == []
    if "evidence" not in door:
        assert HIDDEN not in kept


def test_evidence_is_drawn_anew_or_refused_and_leaves_as_a_download_alone(
    desk: Desk, doors: ParsePool
) -> None:
    """Each file of the table: of a picture pixels alone, what runs is refused, the rest byte by byte; in public each has
    the digest in its address, the type of its bytes, a name of ours, and opens nowhere.

    Sabotage: store `body` where it is drawn, give `row.name` as the name of the download, or take `_TYPES` by the name.
    """
    of, browser = opened(desk), stage.client(desk.carol)
    kept: dict[str, AnswerDocument] = {}
    worker = doors.pids()
    for at, (what, one) in enumerate(UPLOADS.items()):
        before = set(AnswerDocument.objects.values_list("pk", flat=True))
        browser.post(f"/desk/claims/{of.pk}/document", {"title": what, "file": chosen(at, what)})
        for row in AnswerDocument.objects.exclude(pk__in=before):
            kept[what] = row
        assert (what in kept) == may_be_kept(one) or what in TWICE, what
        if what in kept:
            before_it_is_out = browser.get(f"/desk/claims/{of.pk}/documents/{kept[what].pk}")
            assert_harmless(before_it_is_out, one)
    assert doors.pids() == worker
    assert {row.name.partition(".")[0] for row in kept.values()} == {"document"}
    links = [f"https://answers.example/documents/{row.pk}" for row in kept.values()]
    assert Client().get(links[0].removeprefix("https://answers.example")).status_code == 404
    for n in range(0, len(links), 8):
        some = [(None, f"Document {n}", link) for link in links[n : n + 8]]
        out(desk, drafted(desk, opened(desk, f"Claim {n}"), evidence=some))
    for what, row in kept.items():
        given = Client().get(f"/documents/{row.pk}")
        assert given.status_code == 200, what
        assert sha256(given.content).hexdigest() == row.pk
        assert_harmless(given, UPLOADS[what])
        if UPLOADS[what].state == "drawn":
            assert HIDDEN not in given.content
            assert row.given_sha256 == sha256(UPLOADS[what].content).hexdigest()
        else:
            assert given.content == UPLOADS[what].content


TWICE = ("jpeg as program", "jpeg as text")  # the same bytes as one before


def may_be_kept(one: Upload) -> bool:
    return one.state == "drawn" or one.kind not in ("program", "page", "picture", "empty")


def assert_harmless(given: Any, one: Upload) -> None:
    """Whoever gets it saves it; no browser runs, shows or frames it."""
    said = re.fullmatch(
        r'attachment; filename="document-[0-9a-f]{16}\.([a-z0-9]+)"', given["Content-Disposition"]
    )
    assert said
    fitting = {"picture": ("jpg", "image/jpeg"), "pdf": ("pdf", "application/pdf")}
    ending, kind = fitting.get(one.kind, (said[1], "application/octet-stream"))
    assert (said[1], given["Content-Type"]) == (ending, kind)
    assert said[1] in ("jpg", "pdf", "bin", "txt", "zip", "docx"), said[1]
    assert (given["X-Content-Type-Options"], given["Content-Security-Policy"]) == ("nosniff", SHUT)
    assert given["Cross-Origin-Resource-Policy"] == "same-origin"
