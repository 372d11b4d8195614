"""The process that reads a file ahead of the engine: what it says, what it raises, how it ends."""

from __future__ import annotations

import os
import signal
from datetime import UTC
from pathlib import Path

import psutil
import pytest

from answerable.collect.files import Mapping
from answerable.collect.files.trouble import FileTrouble
from answerable.collect.keys import SourceKeys
from answerable.errors import BadInput, NotReady
from answerable.records import SourceClass, SourceFacts
from answerable.run.admitting import Job, Reader

ROWS = 5_000


def _job(path: Path, columns: Mapping | None = None) -> Job:
    source = SourceFacts(7, "files", str(path), SourceClass.PUBLIC)
    return Job(source, SourceKeys.throwaway(), path, columns or Mapping(), UTC, {})


def _rows(path: Path, count: int = ROWS) -> Path:
    lines = [f'{{"id": "{n}", "text": "The pump of Mill Lane is dry, says row {n}"}}' for n in range(count)]
    path.write_text("\n".join([*lines, "no json"]), "utf-8")
    return path


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "admitting" in " ".join(child.cmdline())]


def test_every_row_comes_once_in_order(tmp_path: Path) -> None:
    """What the door lets in is here as it was written, what it refuses is named, and the process is gone.

    Sabotage: leave out a batch, or let the child go on.
    """
    batches = list(Reader().admitted(_job(_rows(tmp_path / "rows.jsonl"))))
    said = [item.text for batch in batches for item in batch.items]
    assert said == [f"The pump of Mill Lane is dry, says row {n}" for n in range(ROWS)]
    assert [one.where for batch in batches for one in batch.rejected] == [f"line {ROWS + 1}"]
    assert not _children()


@pytest.mark.parametrize(
    ("content", "columns", "kind"),
    [
        (b"id,text\n1,x\n", Mapping(text="words"), BadInput),
        (b"PK\x03\x04 no archive", Mapping(), FileTrouble),
    ],
)
def test_trouble_arrives_as_it_was_raised(
    tmp_path: Path, content: bytes, columns: Mapping, kind: type[BadInput]
) -> None:
    """The sentence and its parts are those of the error there: a page translates them."""
    path = tmp_path / ("rows.csv" if content.startswith(b"id") else "rows.xlsx")
    path.write_bytes(content)
    with pytest.raises(kind) as raised:
        list(Reader().admitted(_job(path, columns)))
    assert str(raised.value).strip()
    assert not _children()


def test_a_killed_reader_is_said_and_not_taken_for_the_end(tmp_path: Path) -> None:
    """A file whose reader was killed in the middle is not taken for a short file."""
    reading = Reader().admitted(_job(_rows(tmp_path / "rows.jsonl")))
    next(reading)
    (child,) = _children()
    os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(NotReady, match="goes on where it stopped"):
        list(reading)


def test_who_stops_reading_leaves_no_process(tmp_path: Path) -> None:
    """An import that ends early takes its reader with it."""
    reading = Reader().admitted(_job(_rows(tmp_path / "rows.jsonl")))
    next(reading)
    assert _children()
    reading.close()
    assert not _children()
