"""Opens a file of rows, whatever kind it is: JSON Lines, CSV, a workbook, Parquet.

Text is parsed in this process: the standard library's JSON and CSV readers need linear time and memory on a
line whose length is bounded. Workbooks and Parquet are read in a process that can be killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from answerable.collect.files import source, table
from answerable.collect.files.encoding import as_utf8, encoding_of
from answerable.collect.files.rows import Found, csv_rows, decoded, heading, json_rows
from answerable.collect.files.source import Line
from answerable.collect.files.trouble import FileTrouble

Kind = Literal["jsonl", "csv", "xlsx", "parquet"]
_HEAD = 20  # lines that decide what kind of text it is
_HEAD_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read row by row, once."""

    kind: Kind
    columns: list[str]  # of a JSON file those of its first rows
    rows: Iterator[Found]
    encoding: str = "utf-8"

    @property
    def word(self) -> str:
        """How a row is called when it is reported."""
        return "row" if self.kind in ("xlsx", "parquet") else "line"


@contextmanager
def opened(path: Path, after: int = 0) -> Iterator[Opened]:
    """The rows behind number `after`. Raises BadInput in one sentence, also while rows are read."""
    try:
        kind = _table_kind(path)
    except OSError as error:
        raise FileTrouble("file_unreadable", name=path.name, why=error.strerror or str(error)) from error
    if kind is not None:
        with table.opened(path, kind) as (columns, rows):
            yield Opened(kind, columns, (found for found in rows if found[0] > after))
        return
    with source.opened(path) as lines:
        yield _text(path, lines, after)


def _table_kind(path: Path) -> Literal["xlsx", "parquet"] | None:
    with path.open("rb") as file:
        begin = file.read(8)
    if begin.startswith(b"PK"):
        return "xlsx"
    if begin.startswith(b"PAR1"):
        return "parquet"
    if begin == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise FileTrouble("file_old_kind", name=path.name)
    return None


def _text(path: Path, lines: Iterator[Line], after: int) -> Opened:
    head = _head(lines)
    texts = [text for text in (decoded(*line) for line in head) if isinstance(text, str) and text.strip()]
    objects = sum(text.lstrip().startswith("{") for text in texts)
    if texts and (texts[0].lstrip().startswith("{") or objects * 2 > len(texts)):
        return _json(head, lines, after)
    if texts and texts[0].lstrip().startswith("["):
        raise FileTrouble("file_array", name=path.name)
    return _csv(path, head, lines, after)


def _json(head: list[Line], lines: Iterator[Line], after: int) -> Opened:
    columns = dict.fromkeys(
        column for _, row in json_rows(iter(head)) if isinstance(row, dict) for column in row
    )
    rest = (line for line in chain(head, lines) if line[0] > after)
    return Opened("jsonl", [*columns], json_rows(rest))


def _csv(path: Path, head: list[Line], lines: Iterator[Line], after: int) -> Opened:
    encoding = encoding_of(head)
    if encoding != "utf-8":
        head, lines = list(as_utf8(iter(head), encoding)), as_utf8(lines, encoding)
    first = next(
        (
            (n, text)
            for n, text in ((line[0], decoded(*line)) for line in head)
            if isinstance(text, str) and text.strip()
        ),
        None,
    )
    if first is None:
        raise FileTrouble("file_no_rows", name=path.name)
    columns, delimiter = heading(first[1])
    behind = (line for line in chain(head, lines) if line[0] > max(after, first[0]))
    return Opened("csv", columns, csv_rows(behind, columns, delimiter), encoding)


def _head(lines: Iterator[Line]) -> list[Line]:
    """The first lines that are not blank, with the blank ones between."""
    head: list[Line] = []
    size = filled = 0
    for line in islice(lines, 1_000):
        head.append(line)
        size += len(line[1] or b"")
        filled += bool(line[1] and line[1].strip())
        if filled >= _HEAD or size >= _HEAD_BYTES:
            break
    return head
