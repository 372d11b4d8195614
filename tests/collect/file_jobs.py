"""The readers of files as jobs of a parse worker, so that fuzzing starts no process for each file."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from answerable.collect.files import parquet, workbook
from answerable.collect.files.rows import csv_rows, heading, json_rows

MOST = 50_000  # rows that are looked at


def xlsx(body: bytes) -> list[Any]:
    """How many rows."""
    return [sum(1 for _ in zip(range(MOST), workbook.rows(io.BytesIO(body)), strict=False))]


def table(body: bytes) -> list[Any]:
    """How many rows of a Parquet file."""
    return [sum(1 for _ in zip(range(MOST), parquet.columns_and_rows(io.BytesIO(body))[1], strict=False))]


def jsonl(body: bytes) -> list[Any]:
    """How many rows."""
    return [sum(1 for _ in json_rows(enumerate(body.splitlines(keepends=True), 1)))]


def csv(body: bytes) -> list[Any]:
    """How many rows."""
    lines = iter(enumerate(body.splitlines(keepends=True), 1))
    columns, delimiter = heading(next(lines)[1].decode("utf-8", "replace"))
    return [sum(1 for _ in csv_rows(lines, columns, delimiter))]


JOBS: Mapping[str, Callable[..., list[Any]]] = {"xlsx": xlsx, "parquet": table, "jsonl": jsonl, "csv": csv}
