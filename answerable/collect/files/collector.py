"""Reads one file of rows. The cursor is the line that was read last, and which file that was."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.collect.files.mapping import Mapping, Row, message
from answerable.collect.files.rows import csv_rows, decoded, heading, json_rows
from answerable.collect.files.source import Line, opened
from answerable.errors import BadInput
from answerable.records import Incoming, Rejected, SourceFacts

# Rows are parsed in this process: the standard library's JSON and CSV readers need linear time and memory
# on a line whose length is bounded, so there is nothing here that a killable worker would have to stop.


_HEAD = 20  # lines that decide what kind of file it is


class FileCollector:
    """One JSON Lines or CSV file, also packed with gzip."""

    name = "files"

    def __init__(
        self, source: SourceFacts, path: Path, mapping: Mapping | None = None, *, keep_empty: bool = False
    ) -> None:
        """`keep_empty` hands on rows with neither text, title nor link, which are rejected otherwise."""
        self._source = source
        self._path = path
        self._mapping = mapping or Mapping()
        self._keep_empty = keep_empty

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Yield batches of rows. Raises BadInput when the file cannot be read or no row of it is usable.

        A cursor from the middle of this very file reads on there; one from its end reads it again, so that
        a second import can say that everything is known.
        """
        identity = _identity(self._path)
        line = cursor.get("line")
        start = line if cursor.get("file") == identity and isinstance(line, int) else 0
        usable, last = start > 0, start
        batch: Batch = []
        with opened(self._path) as lines:
            for number, found in self._messages(lines, start):
                if len(batch) >= BATCH:
                    yield batch, {"file": identity, "line": last}
                    batch = []
                batch.append(found)
                usable = usable or isinstance(found, Incoming)
                last = number
        if not usable:
            raise BadInput(_nothing(self._path, batch))
        yield batch, {"file": identity}

    def _messages(self, lines: Iterator[Line], start: int) -> Iterator[tuple[int, Incoming | Rejected]]:
        head = _head(lines)
        texts = [text for text in (decoded(*line) for line in head) if isinstance(text, str) and text.strip()]
        if not texts:
            raise BadInput(f"Nothing in {self._path.name} can be read as JSON Lines or CSV.")
        objects = sum(text.lstrip().startswith("{") for text in texts)
        if texts[0].lstrip().startswith("{") or objects * 2 > len(texts):
            yield from self._json(head, lines, start)
            return
        if texts[0].lstrip().startswith("["):
            raise BadInput(f"{self._path.name} is one JSON array; write one object per line instead.")
        columns, delimiter = heading(texts[0])
        names = self._mapping.among(columns)
        if not names.usable:
            raise BadInput(
                f"{self._path.name} has no column text, title or link; it has {', '.join(columns[:8])[:200]}."
            )
        after_heading = (
            line for line in chain(head, lines) if line[0] > max(start, _number_of(texts[0], head))
        )
        for number, row in csv_rows(after_heading, columns, delimiter):
            yield number, row if isinstance(row, Rejected) else self._message(row, names, number)

    def _json(
        self, head: list[Line], lines: Iterator[Line], start: int
    ) -> Iterator[tuple[int, Incoming | Rejected]]:
        everywhere = dict.fromkeys(
            column for _, row in json_rows(iter(head)) if isinstance(row, dict) for column in row
        )
        self._mapping.among([*everywhere])  # a column that was named but is nowhere is a slip of the pen
        known: list[str] = []
        names = Mapping()
        rest = (line for line in chain(head, lines) if line[0] > start)
        for number, row in json_rows(rest):
            if isinstance(row, Rejected):
                yield number, row
                continue
            columns = list(row)
            if columns != known:
                known, names = columns, self._mapping.among(columns, all_named=False)
            yield number, self._message(row, names, number)

    def _message(self, row: Row, names: Mapping, number: int) -> Incoming | Rejected:
        return message(row, names, f"line {number}", keep_empty=self._keep_empty)


def _head(lines: Iterator[Line]) -> list[Line]:
    """The first lines that are not blank, with the blank ones between."""
    head: list[Line] = []
    for line in islice(lines, 1_000):
        head.append(line)
        if sum(bool(raw and raw.strip()) for _, raw in head) >= _HEAD:
            break
    return head


def _number_of(text: str, head: list[Line]) -> int:
    return next(line[0] for line in head if decoded(*line) == text)


def _nothing(path: Path, batch: Batch) -> str:
    first = next((row for row in batch if isinstance(row, Rejected)), None)
    reason = f" (first: {first.where}, {first.code})" if first else ""
    return f"Nothing in {path.name} can be used{reason}."


def _identity(path: Path) -> str:
    """Tells whether a cursor belongs to this very file: its size and a hash of its beginning."""
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
        return f"{path.stat().st_size}-{sha256(head).hexdigest()[:16]}"
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read ({error.strerror or error}).") from error
