"""Bytes to rows: JSON Lines and CSV as they are streamed, bounded in memory whatever the file holds.

A damaged row is reported by its line and costs nothing of its neighbours.
"""

from __future__ import annotations

import csv
import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from answerable.collect.files.source import Line
from answerable.collect.files.trouble import FileTrouble
from answerable.records import Rejected

Found = tuple[int, dict[str, Any] | Rejected]  # number of the last line of the row, and its fields

_MAX_ROW_LINES = 500  # a quoted field may hold paragraphs; one that runs on longer was never closed
_MAX_ROW = 1 << 20  # characters
_DELIMITERS = ",;\t|"


def json_rows(lines: Iterator[Line]) -> Iterator[Found]:
    """One object per line. Rejected codes: `not_json`, `not_an_object`, those of `decoded`."""
    decode = json.JSONDecoder().decode
    for number, raw in lines:
        text = decoded(number, raw)
        if isinstance(text, Rejected):
            yield number, text
            continue
        if not (text := text.strip()):
            continue
        try:
            row = decode(text)
        except (ValueError, RecursionError):
            yield number, Rejected(f"line {number}", "not_json")
            continue
        yield number, row if isinstance(row, dict) else Rejected(f"line {number}", "not_an_object")


def csv_rows(lines: Iterator[Line], columns: list[str], delimiter: str) -> Iterator[Found]:
    """Rows after the heading (RFC 4180). Rejected codes: `bad_quotes`, `bad_columns`, those of `decoded`."""
    waiting: deque[Line] = deque()
    width = len(columns)
    while line := waiting.popleft() if waiting else next(lines, None):
        first = line[0]
        text = decoded(*line)
        if isinstance(text, Rejected):
            yield first, text
            continue
        fields = _fields(text, delimiter)
        last = first
        if fields is None:
            fields, last, taken = _long_row(text, first, waiting, lines, delimiter)
            if fields is None:
                waiting.extendleft(reversed(taken))  # read again as rows of their own
                yield first, Rejected(f"line {first}", "bad_quotes")
                continue
        if not fields or fields == [""]:
            continue
        if len(fields) > width and any(fields[width:]):
            yield last, Rejected(f"line {first}", "bad_columns")
            continue
        yield last, dict(zip(columns, fields, strict=False))


def heading(line: str) -> tuple[list[str], str]:
    """The columns and the delimiter of a CSV file, from its first line. Raises BadInput."""
    delimiter = max(_DELIMITERS, key=lambda char: len(_fields(line, char) or ()))
    columns = [column.strip() for column in _fields(line, delimiter) or ()]
    if not any(columns):
        raise FileTrouble("file_no_heading")
    return columns, delimiter


def decoded(number: int, raw: bytes | None) -> str | Rejected:
    """A line as text. Rejected codes: `too_long`, `bad_encoding`, `nul`."""
    if raw is None:
        return Rejected(f"line {number}", "too_long")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Rejected(f"line {number}", "bad_encoding")
    return Rejected(f"line {number}", "nul") if "\x00" in text else text


def _fields(text: str, delimiter: str) -> list[str] | None:
    """The fields of one whole row, None when a quotation mark is still open or misplaced."""
    try:
        rows = list(
            csv.reader(
                text.splitlines(keepends=True) if "\n" in text else [text], delimiter=delimiter, strict=True
            )
        )
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None if rows else []


def _long_row(
    text: str, first: int, waiting: deque[Line], lines: Iterator[Line], delimiter: str
) -> tuple[list[str] | None, int, list[Line]]:
    """Take lines until the quotation marks are even: the fields, the last line, and the lines taken."""
    taken: list[Line] = []
    quotes, size, parts = text.count('"'), len(text), [text]
    while quotes % 2 and len(taken) < _MAX_ROW_LINES and size < _MAX_ROW:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            break
        taken.append(line)
        more = decoded(*line)
        if isinstance(more, Rejected):
            break
        parts.append(more)
        quotes += more.count('"')
        size += len(more)
    fields = _fields("".join(parts), delimiter) if not quotes % 2 else None
    return fields, taken[-1][0] if taken else first, taken
