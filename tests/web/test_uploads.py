"""B11 at the forms: whatever is chosen as a picture or a file, its bits are read in a worker or it is refused; none is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from answerable.collect.workers import ParsePool
from answerable.store.models import Submission
from answerable.web import calendar_upload
from answerable.web.public import told_picture
from answerable.web.staff import source_upload
from tests.cast import Desk
from tests.collect.uploads import HIDDEN, NAMES, UPLOADS, Upload
from tests.promises.planted import files, rows
from tests.web import stage
from tests.web.forms import Writer, fresh_counts

ODD = [name for name in NAMES if name.strip(".") and not {"\ud800", "\r", '"'} & {*name}] + ["y" * 700]


@pytest.fixture(autouse=True)
def doors(monkeypatch: pytest.MonkeyPatch) -> Iterator[ParsePool]:
    """One worker for all doors, as each has one of its own; nobody counts how many pictures came."""
    with fresh_counts(), ParsePool(1, seconds=20) as pool:

        @contextmanager
        def shared(_size: int) -> Iterator[ParsePool]:
            yield pool

        for module in (told_picture, calendar_upload, source_upload):
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


@pytest.mark.parametrize("path", ["/desk/sources/list", "/desk/imports/new"])
def test_no_upload_of_the_desk_is_shown_as_what_it_is(desk: Desk, path: str, doors: ParsePool) -> None:
    """Lists of feeds and files to bring in: an answer in a sentence, never the file, and no worker ends."""
    worker, browser = doors.pids(), stage.client(desk.carol)
    some: Any = (
        list(UPLOADS)
        if path.endswith("list")
        else ("gif and script", "svg as png", "html as text", "zip bomb")
    )
    for at, what in enumerate(some):
        with stage.clock():
            answer = browser.post(path, {"file": chosen(at, what)})
        assert answer.status_code in (200, 400), what
        assert b"<script>alert(" not in answer.content
        assert answer["Content-Type"].startswith("text/html")
    assert doors.pids() == worker
