"""Reads the rows of a Parquet file in small batches; columns that hold lists or records are left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from answerable.errors import SourceTrouble

ROWS = 500  # at once
_MOST_COLUMNS = 256


def columns_and_rows(file: BinaryIO) -> tuple[list[str], Iterator[list[Any]]]:
    """The plain columns, and their values row by row. Raises SourceTrouble `no_parquet`."""
    # Arrow's own pools reserve memory in advance, which the limit of this process would count.
    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    try:
        table = pq.ParquetFile(file, memory_map=False, pre_buffer=False, buffer_size=1 << 16)
        columns = [field.name for field in table.schema_arrow if _plain(field.type)][:_MOST_COLUMNS]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceTrouble("no_parquet") from error
    return columns, _rows(table, columns)


def _rows(table: pq.ParquetFile, columns: list[str]) -> Iterator[list[Any]]:
    try:
        for batch in table.iter_batches(batch_size=ROWS, columns=columns, use_threads=False):
            values = [_listed(batch.column(name)) for name in columns]
            for row in zip(*values, strict=True):
                yield [_value(value) for value in row]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceTrouble("no_parquet") from error


def _listed(column: pa.Array) -> list[Any]:
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        # Python knows no nanoseconds; a message's time needs none.
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    found: list[Any] = column.to_pylist()
    return found


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
