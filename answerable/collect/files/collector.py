"""Reads one file of rows, in the order of their time. The cursor says how far, and which file that was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, tzinfo
from hashlib import sha256
from pathlib import Path

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.collect.files.mapping import Mapping, Row, message
from answerable.collect.files.opening import Opened, opened
from answerable.collect.files.order import in_order
from answerable.collect.files.replies import Reply, reply_of
from answerable.collect.files.survey import Survey, survey
from answerable.collect.files.times import Reading
from answerable.collect.files.trouble import FileTrouble
from answerable.records import Incoming, Rejected, SourceFacts

Numbered = tuple[int, Incoming | Rejected]


class FileCollector:
    """One file: JSON Lines or CSV, also packed with gzip, a workbook (XLSX) or Parquet."""

    name = "files"

    def __init__(
        self,
        source: SourceFacts,
        path: Path,
        mapping: Mapping | None = None,
        *,
        zone: tzinfo = UTC,
        keep_empty: bool = False,
    ) -> None:
        """`zone` is that of times which name none; `keep_empty` hands on rows with nothing to say."""
        self._source = source
        self._path = path
        self._mapping = mapping or Mapping()
        self._zone = zone
        self._keep_empty = keep_empty

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Yield batches of rows. Raises BadInput when the file cannot be read or no row of it is usable.

        A cursor from the middle of this very file, read in the same way, reads on there; one from its end
        reads it again, so that a second import can say that everything is known.
        """
        identity = self._identity()
        done = cursor.get("line")
        start = done if cursor.get("file") == identity and isinstance(done, int) else 0
        found_so = self._survey()
        usable, last = start > 0, start
        batch: Batch = []
        read = self._as_it_stands if found_so.in_order else self._by_time
        for number, found in read(found_so.reading, start):
            if len(batch) >= BATCH:
                yield batch, {"file": identity, "line": last}
                batch = []
            batch.append(found)
            usable = usable or isinstance(found, Incoming)
            last = number
        if not usable:
            raise _nothing(self._path, batch)
        yield batch, {"file": identity}

    def with_replies(self) -> Iterator[tuple[Incoming, Reply]]:
        """Each good row once more, as it stands in the file, with the reply beside the message."""
        reading = self._survey().reading
        with opened(self._path) as file:
            naming = _Naming(self._path, self._mapping, file)
            for number, row in file.rows:
                found = self._message(file, naming, number, row, reading)
                if isinstance(found, Incoming) and not isinstance(row, Rejected):
                    yield found, reply_of(row, reading)

    def _survey(self) -> Survey:
        with opened(self._path) as file:
            naming = _Naming(self._path, self._mapping, file)
            times = (row.get(naming.of(row).time) for _, row in file.rows if not isinstance(row, Rejected))
            return survey(times, self._zone)

    def _as_it_stands(self, reading: Reading, start: int) -> Iterator[Numbered]:
        with opened(self._path, start) as file:
            naming = _Naming(self._path, self._mapping, file)
            for number, row in file.rows:
                yield number, self._message(file, naming, number, row, reading)

    def _by_time(self, reading: Reading, start: int) -> Iterator[Numbered]:
        """Bad rows first, then all messages in order; the number is a place in this order."""
        refused: list[Rejected] = []
        count = 0
        for message_ in in_order(self._good(reading, refused)):
            for bad in refused:
                count += 1
                if count > start:
                    yield count, bad
            refused.clear()
            count += 1
            if count > start:
                yield count, message_
        yield from enumerate(refused, count + 1)  # of a file without any good row

    def _good(self, reading: Reading, refused: list[Rejected]) -> Iterator[tuple[int, Incoming]]:
        for number, found in self._as_it_stands(reading, 0):
            if isinstance(found, Rejected):
                refused.append(found)
            else:
                yield number, found

    def _message(
        self, file: Opened, naming: _Naming, number: int, row: Row | Rejected, reading: Reading
    ) -> Incoming | Rejected:
        if isinstance(row, Rejected):
            return row
        where = f"{file.word} {number}"
        return message(row, naming.of(row), where, reading, keep_empty=self._keep_empty)

    def _identity(self) -> str:
        """Tells whether a cursor belongs to this very file, read in this very way."""
        way = json.dumps([asdict(self._mapping), str(self._zone)])
        try:
            with self._path.open("rb") as file:
                head = file.read(65_536)
            size = self._path.stat().st_size
        except OSError as error:
            why = error.strerror or str(error)
            raise FileTrouble("file_unreadable", name=self._path.name, why=why) from error
        return f"{size}-{sha256(head).hexdigest()[:16]}-{sha256(way.encode()).hexdigest()[:8]}"


class _Naming:
    """Which column of a row means what. Rows of JSON may differ; those of a table are all alike."""

    def __init__(self, path: Path, mapping: Mapping, file: Opened) -> None:
        """Raises BadInput when a column that was named is nowhere, or no column of a table says anything."""
        self._mapping = mapping
        self._each = file.kind == "jsonl"
        self._columns: list[str] = []
        self._names = mapping.among(file.columns)
        if not self._each and not self._names.usable:
            there = ", ".join(file.columns[:8])[:200]
            raise FileTrouble("file_no_column", name=path.name, columns=there)

    def of(self, row: Row) -> Mapping:
        """The columns of this row."""
        if self._each and (columns := list(row)) != self._columns:
            self._columns, self._names = columns, self._mapping.among(columns, all_named=False)
        return self._names


def _nothing(path: Path, batch: Batch) -> FileTrouble:
    first = next((row for row in batch if isinstance(row, Rejected)), None)
    if first is None:
        return FileTrouble("file_nothing", name=path.name)
    return FileTrouble("file_nothing_good", name=path.name, where=first.where, reason=first.code)
