"""Workbooks and Parquet files as rows: read in a process of their own that can be killed, streamed from it.

Decides which row of a sheet is the heading: the first that names at least half of its columns in words.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal

from answerable.collect.files.rows import Found
from answerable.collect.files.trouble import FileTrouble
from answerable.errors import SourceTrouble

Kind = Literal["xlsx", "parquet"]

SECONDS = 30.0  # without a row
MEMORY = 256 << 20  # bytes the reader may take beyond its libraries
_MAX_LINE = 16 << 20  # bytes of one row; a longer one was never written by an honest reader
_HEADING_WITHIN = 20  # rows: titles, dates of export and blank lines may stand above


@contextmanager
def opened(
    path: Path, kind: Kind, *, seconds: float = SECONDS, memory: int = MEMORY
) -> Iterator[tuple[list[str], Iterator[Found]]]:
    """The columns and the rows of a table. Raises FileTrouble, also while rows are read."""
    with path.open("rb") as file:
        process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-P", "-m", "answerable.collect.files.table_worker", kind, str(memory)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
        )
    try:
        lines = _lines(process, seconds)
        yield _told(path, lines)
    except SourceTrouble as trouble:
        raise FileTrouble(f"file_{trouble.code}", name=path.name) from trouble
    finally:
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        if process.stdout is not None:
            process.stdout.close()


def _lines(process: subprocess.Popen[bytes], seconds: float) -> Iterator[Any]:
    """What the reader writes. Raises SourceTrouble when it stops, is silent, or says so."""
    pipe = process.stdout
    if pipe is None:
        return
    waiting = bytearray()
    while True:
        ends = time.monotonic() + seconds
        while b"\n" not in waiting:
            left = ends - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise SourceTrouble("too_slow")
            part = pipe.read1(1 << 18)  # type: ignore[attr-defined]  # a buffered pipe has it
            if not part or len(waiting) > _MAX_LINE:
                # Where memory ends, a library may stop the process before anybody can say why.
                raise SourceTrouble("too_much_memory" if process.poll() != 0 else "parser_died")
            waiting += part
        *whole, rest = waiting.split(b"\n")
        waiting = bytearray(rest)
        for raw in whole:
            line = json.loads(raw)
            if isinstance(line, dict):
                if "trouble" in line:
                    raise SourceTrouble(str(line["trouble"]))
                return
            yield line


def _told(path: Path, lines: Iterator[Any]) -> tuple[list[str], Iterator[Found]]:
    columns = next(lines, None)
    if isinstance(columns, list):
        return columns, ((number, dict(zip(columns, cells, strict=False))) for number, cells in lines)
    head = list(islice(lines, _HEADING_WITHIN))
    if not head:
        raise FileTrouble("file_empty_sheet", name=path.name)
    width = max(sum(cell not in (None, "") for cell in cells) for _, cells in head)
    at = next((n for n, (_, cells) in enumerate(head) if _is_heading(cells, width)), 0)
    columns = _named(head[at][1])
    rest = chain(head[at + 1 :], lines)
    return columns, ((number, dict(zip(columns, cells, strict=False))) for number, cells in rest)


def _is_heading(cells: list[Any], width: int) -> bool:
    filled = [cell for cell in cells if cell not in (None, "")]
    return len(filled) * 2 > width and all(isinstance(cell, str) for cell in filled)


def _named(cells: list[Any]) -> list[str]:
    """Names of columns; one without a name gets its letter, as a spreadsheet shows it."""
    return [
        " ".join(str(cell).split()) if cell not in (None, "") else _letter(n) for n, cell in enumerate(cells)
    ]


def _letter(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
