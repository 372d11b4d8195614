"""Reads the rows of a Parquet file in small batches; columns that hold lists or records are left out."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from answerable.collect.files import footer
from answerable.errors import SourceTrouble

ROWS = 500  # at once
_MOST_COLUMNS = 256
_MOST_TOLD = 2_000  # columns of a file, those of lists and records among them; messages have a hundred
_LONGEST = 256 << 10  # bytes of one text
_RATIO = 100  # unpacked bytes per packed byte
_RATIO_FROM = 16 << 20  # bytes from which the ratio counts
_ROWS_OF_ANY = 100_000  # rows that a file may hold whatever its size; beyond, at most one for each byte


def columns_and_rows(file: BinaryIO) -> tuple[list[str], Iterator[list[Any]]]:
    """The plain columns, and their values row by row. Raises SourceTrouble `no_parquet`, `bomb`,
    `too_much_memory`."""
    # Arrow's own pools reserve memory in advance, which the limit of this process would count.
    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    size = file.seek(0, os.SEEK_END)
    _refuse_bombs(footer.read(file), size)
    try:
        told = pq.ParquetFile(file, memory_map=False, pre_buffer=False, buffer_size=1 << 16)
        fields = [field for field in told.schema_arrow if _plain(field.type)][:_MOST_COLUMNS]
        columns = [field.name for field in fields]
        # A text that many rows share is held once.
        shared = [field.name for field in fields if _is_text(field.type)]
        file.seek(0)
        table = pq.ParquetFile(
            file,
            metadata=told.metadata,
            memory_map=False,
            pre_buffer=False,
            buffer_size=1 << 16,
            read_dictionary=shared,
        )
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceTrouble("no_parquet") from error
    return columns, _rows(table, columns)


def _refuse_bombs(told: footer.Footer, size: int) -> None:
    """Raises SourceTrouble `bomb` where the file itself says that it holds more than its bytes can tell."""
    if told.columns > _MOST_TOLD:
        raise SourceTrouble("too_much_memory")
    if told.rows > size + _ROWS_OF_ANY:
        raise SourceTrouble("bomb")
    if any(unpacked > max(_RATIO_FROM, packed * _RATIO) for unpacked, packed in told.chunks):
        raise SourceTrouble("bomb")


def _rows(table: pq.ParquetFile, columns: list[str]) -> Iterator[list[Any]]:
    try:
        for batch in table.iter_batches(batch_size=ROWS, columns=columns, use_threads=False):
            values = [_listed(batch.column(name)) for name in columns]
            for row in zip(*values, strict=True):
                yield [_value(value) for value in row]
    except (pa.ArrowException, OSError, ValueError, IndexError) as error:
        raise SourceTrouble("no_parquet") from error


def _listed(column: pa.Array) -> Iterable[Any]:
    if pa.types.is_dictionary(column.type) and _is_text(column.type.value_type):
        return (None if at is None else _cut(column.dictionary[at]) for at in column.indices.to_pylist())
    if _is_text(column.type):
        return map(_cut, column)
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        # Python knows no nanoseconds; a message's time needs none.
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    found: list[Any] = column.to_pylist()
    return found


def _cut(text: Any) -> str | None:
    """A text as far as it is read; only that far is it taken out of the table."""
    held = text.as_buffer()
    return None if held is None else bytes(memoryview(held)[:_LONGEST]).decode("utf-8", "replace")


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
    )


def _plain(kind: pa.DataType) -> bool:
    types = pa.types
    if types.is_dictionary(kind):
        return _plain(kind.value_type)
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_string_view(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_boolean(kind)
        or types.is_timestamp(kind)
        or types.is_date(kind)
        or types.is_decimal(kind)
    )


def _value(value: Any) -> str | int | float | bool | None:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value != value:
        return None
    return value if isinstance(value, str | int | float | bool) else None
