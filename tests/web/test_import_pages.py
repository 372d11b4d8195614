"""A file is shown, mapped by a person, and read in the background; nothing of it is stored before, or left after."""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from answerable.collect.collector import BATCH
from answerable.run import file_imports as runner
from answerable.run.engine import LocalEngine
from answerable.store import sources
from answerable.store.keyring import Keyring
from answerable.store.models import FileImport, ItemRow, LedgerRow, Source
from tests.cast import Desk
from tests.collect import workbooks
from tests.web import stage

pytestmark = pytest.mark.store

AT = "/desk/imports/new"
ROWS = [["用户昵称", "微博正文", "发布时间", "属地", "赞", "电话"]] + [
    [
        f"路人{n}",
        f"老码头第{n}街又停水了，请打13800138000",
        f"2026-03-14 0{n % 8}:{n:02}",
        "芦苇渡",
        str(n),
        "13800138000",
    ]
    for n in range(12)
]
SAID = {
    "name": "Microblogs of March", "source_class": "public", "purpose": "To hear of faults", "method": "Search for 停水",
    "gaps": "No comments", "licence": "", "keep_days": "90", "zone": "+08:00",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Uploads of this test lie in a folder of their own."""
    from dataclasses import replace
    from unittest.mock import patch

    with patch.object(settings, "ANSWERABLE", replace(settings.ANSWERABLE, home=tmp_path)):
        yield tmp_path


def shown(desk: Desk, content: bytes, name: str = "export.xlsx") -> HttpResponse:
    """Carol's browser after she chose a file."""
    with stage.clock():
        answer: HttpResponse = stage.client(desk.carol).post(AT, {"file": SimpleUploadedFile(name, content)})
    return answer


def posted(desk: Desk, page: HttpResponse, do: str = "import", **change: str) -> HttpResponse:
    """The form as the page filled it in, with what Carol changed."""
    text = page.content.decode()
    found = re.search(r'name="upload" value="([^"]+)"', text)
    assert found, text
    form = {**SAID, "unit": str(desk.top.pk), "upload": html.unescape(found[1]), "do": do}
    for field, options in re.findall(r'<select id="(field-\w+)".*?>(.*?)</select>', text, re.DOTALL):
        picked = re.search(r'value="(\d*)" selected', options)
        form[field] = picked[1] if picked else ""
    with stage.clock():
        answer: HttpResponse = stage.client(desk.carol).post(AT, form | change)
    return answer


@contextmanager
def engine(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalEngine]:
    """The engine without its socket; the reader of files is handed it as if it had connected."""
    made = LocalEngine(home, Keyring.open(home))
    monkeypatch.setattr(runner.EngineClient, "connect", classmethod(lambda *_, **__: made))
    end = made.close
    # Each reading closes its connection; the engine itself goes on.
    monkeypatch.setattr(made, "close", lambda: None)
    yield made
    end()


def work_off(home: Path) -> None:
    """Let the reader of files do what is ordered."""
    stop = threading.Event()
    files = runner.FileImports(home, Keyring.open(home))
    work = runner.file_imports.next_open()
    assert work is not None
    files._read(work, stop)


def test_a_file_is_shown_mapped_and_read(
    desk: Desk, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guesses are filled in, messages shown masked and in the unit's zone; then rows are items, and the file is gone."""
    page = shown(desk, workbooks.written(tmp_path / "x.xlsx", ROWS).read_bytes())
    text = html.unescape(page.content.decode())
    assert page.status_code == 200
    assert "How would we hear it?" in text
    heard = text[text.index("How would we hear it?") :]
    assert "老码头第0街又停水了" in heard
    assert "13800138000" not in heard
    assert not Source.objects.exists()
    assert not ItemRow.objects.exists()
    assert posted(desk, page, "look").status_code == 200
    assert not Source.objects.exists()
    before = LedgerRow.objects.count()
    answer = posted(desk, page)
    work = FileImport.objects.get()
    assert answer.headers["Location"].startswith(f"/desk/imports/{work.pk}")
    assert [row.action for row in LedgerRow.objects.order_by("id")[before:]] == ["source.add", "import.begin"]
    assert (home / "uploads" / work.folder / work.name).stat().st_mode & 0o777 == 0o600
    with engine(home, monkeypatch):
        work_off(home)
    work.refresh_from_db()
    source = work.source
    assert (work.state, work.new, work.rejected, work.folder) == ("done", 12, 0, "")
    assert (source.method, source.gaps, source.items) == ("Search for 停水", "No comments", 12)
    assert list((home / "uploads").iterdir()) == []
    rows = list(ItemRow.objects.order_by("id"))
    assert {row.place for row in rows} == {"芦苇渡"}
    assert all(row.thread_id and "13800138000" not in row.text for row in rows)
    assert [row.published for row in rows] == sorted(row.published for row in rows)
    assert rows[0].published == 1773417600000  # midnight at +08:00
    with stage.clock():
        done = stage.client(desk.carol).get(f"/desk/imports/{work.pk}").content.decode()
    assert "Every row stands in a story" in done
    assert "every 2s" not in done


def test_the_same_file_is_brought_in_once(
    desk: Desk, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second time is a conflict, unless it goes into the source that is there, where every row is known."""
    content = workbooks.written(
        tmp_path / "x.xlsx", [["id", *ROWS[0]], *[[n, *row] for n, row in enumerate(ROWS[1:])]]
    ).read_bytes()
    posted(desk, shown(desk, content))
    with engine(home, monkeypatch):
        work_off(home)
        again = posted(desk, shown(desk, content))
        assert again.status_code == 400
        assert "listen to this address already" in again.content.decode()
        into = str(Source.objects.get().pk)
        assert posted(desk, shown(desk, content), into=into).status_code == 302
        work_off(home)
    assert list(FileImport.objects.order_by("id").values_list("new", "known")) == [(12, 0), (0, 12)]
    assert ItemRow.objects.count() == 12


def test_a_broken_off_import_goes_on(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill in the middle: the next start reads on from the cursor, and counts hold."""
    lines = (
        "".join(f'{{"id":"{n}","text":"Light {n} is broken","time":{1773450000 + n}}}\n' for n in range(700))
        + "nonsense\n"
    )
    posted(desk, shown(desk, lines.encode(), "x.jsonl"))
    work = FileImport.objects.get()
    with engine(home, monkeypatch) as made:
        hand, handed = made.hand, []

        def failing(*args: Any, **more: Any) -> Any:
            if len(handed) == 1:
                raise KeyboardInterrupt
            handed.append(args)
            return hand(*args, **more)

        monkeypatch.setattr(made, "hand", failing)
        monkeypatch.setattr(runner, "COUNT_S", 0.0)
        with pytest.raises(KeyboardInterrupt):
            work_off(home)
        work.refresh_from_db()
        assert (work.state, work.new) == ("running", BATCH)
        monkeypatch.setattr(made, "hand", hand)
        work_off(home)
    work.refresh_from_db()
    assert (work.state, work.new, work.known, work.rejected) == ("done", 700, 0, 1)
    assert work.examples == [["line 701", "not_json"]]
    assert ItemRow.objects.count() == 700


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "x.csv", "empty"), (b"PK\x03\x04rubbish", "x.xlsx", "damaged workbook"), (b"a,b\n", "x.csv", "columns"),
        (b"\xff\xfei\x00", "x.csv", "UTF-16"), (b"PAR1rubbish", "x.parquet", "damaged Parquet"), (b"[1]", "x.json", "one JSON array"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_once(
    desk: Desk, home: Path, content: bytes, name: str, sentence: str
) -> None:
    """One sentence in the reader's language, and no file stays behind."""
    page = shown(desk, content, name)
    assert sentence in html.unescape(page.content.decode())
    if page.status_code == 400:
        assert not [*(home / "uploads").glob("*")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"field-text": ""}, "which column holds the text"), ({"zone": "Mars"}, "time zone like"), ({"purpose": ""}, "Everybody can read"),
        ({"unit": "9999"}, "Choose the unit"), ({"source_class": "friends"}, "Choose who speaks"), ({"keep_days": "x"}, "number of days"),
        ({"into": "9999"}, "source that is there"), ({"upload": "forged"}, "choose it again"),
    ],
)  # fmt: skip
def test_a_mistake_brings_in_nothing_and_keeps_the_form(
    desk: Desk, home: Path, tmp_path: Path, change: dict[str, str], sentence: str
) -> None:
    """The file is still there, and what was typed too."""
    page = shown(desk, workbooks.written(tmp_path / "x.xlsx", ROWS).read_bytes())
    answer = posted(desk, page, **change)
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert sentence in text
    assert "upload" in change or "Search for 停水" in text
    assert not Source.objects.exists()
    assert not FileImport.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.csv",
        "..",
        "a/b\\..\\c.csv",
        "\x00.csv",
        ".hidden",
        "x" * 500 + ".csv",
        "𠀀" * 90 + ".csv",
        '"><script>.csv',
    ],
)
def test_names_of_files_lead_nowhere(home: Path, name: str) -> None:
    """Whatever a file is called, it lies in its own folder and nowhere else."""
    from answerable.web import uploads

    upload = uploads.keep(name, [b"text\nhello\n"])
    path = uploads.path_of(upload)
    assert path.resolve().is_relative_to((home / "uploads" / upload.folder).resolve())
    assert path.parent.name == upload.folder
    assert re.fullmatch(r"[\w.()+,&= -]{1,120}", path.name)


def test_uploads_that_nobody_goes_on_with_are_swept(desk: Desk, home: Path) -> None:
    """A day later the file is gone; one that waits for its import stays."""
    import os

    posted(desk, shown(desk, b"text\nhello\n", "kept.csv"))
    shown(desk, b"text\nbye\n", "left.csv")
    folders = {next(folder.iterdir()).name: folder for folder in (home / "uploads").iterdir()}
    for folder in folders.values():
        os.utime(folder, (time.time() - 90_000,) * 2)
    runner.FileImports(home, Keyring.open(home))._sweep()
    assert {name: folder.exists() for name, folder in folders.items()} == {
        "kept.csv": True,
        "left.csv": False,
    }


def test_a_source_that_is_removed_ends_the_import(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence on the page, and the file is gone."""
    posted(desk, shown(desk, b"text\nhello\n", "x.csv"))
    work = FileImport.objects.get()
    sources.remove(desk.carol, work.source, reason="remove", now=stage.LATER)
    with engine(home, monkeypatch):
        work_off(home)
    work.refresh_from_db()
    assert (work.state, work.trouble) == ("failed", "file_source_gone")
    assert not [*(home / "uploads").iterdir()]
    with stage.clock():
        assert (
            "was removed while" in stage.client(desk.carol).get(f"/desk/imports/{work.pk}").content.decode()
        )
