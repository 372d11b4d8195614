"""A file as numbered lines: unpacked while it is read, each line bounded, bombs stopped."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from answerable.collect.files.trouble import FileTrouble
from answerable.collect.unpack import Unpacked
from answerable.errors import SourceTrouble

Line = tuple[int, bytes | None]  # number from 1, and the bytes with their line end; None when it is too long

MAX_LINE = 1 << 20  # bytes
_RATIO = 300  # unpacked bytes per packed byte; posts reach 10, very regular logs 100
_RATIO_FROM = 1 << 19  # bytes from which the ratio counts
# Lines that hold nothing, beyond as many for each line that says something, and the signs they consist of.
_MOST_SILENT, _SILENT_FOR_EACH, _SILENT = 150_000, 256, b' \t\r\n,;|"{}[]'
_BOMS = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def opened(path: Path) -> Iterator[Iterator[Line]]:
    """The lines of a file, also of one packed with gzip. Raises BadInput in one sentence."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            stream = Unpacked(raw, ratio=_RATIO, ratio_from=_RATIO_FROM) if packed else None
            yield _lines(io.BufferedReader(stream, 1 << 18) if stream else raw, path)
    except OSError as error:
        raise FileTrouble("file_unreadable", name=path.name, why=error.strerror or str(error)) from error


def _lines(file: BinaryIO | io.BufferedReader, path: Path) -> Iterator[Line]:
    number = silent = 0
    try:
        while raw := file.readline(MAX_LINE):
            number += 1
            if raw.strip(_SILENT):
                silent = max(0, silent - _SILENT_FOR_EACH)
            elif (silent := silent + 1) > _MOST_SILENT:
                raise SourceTrouble("empty_rows")
            if number == 1:
                if raw.startswith(_BOMS):
                    raise FileTrouble("file_utf16", name=path.name)
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            if len(raw) < MAX_LINE - 3 or raw.endswith(b"\n"):
                yield number, raw
                continue
            while (part := file.readline(MAX_LINE)) and not part.endswith(b"\n"):
                pass
            yield number, None
    except SourceTrouble as trouble:
        if trouble.code in ("bomb", "empty_rows"):
            raise FileTrouble(f"file_{trouble.code}", name=path.name) from trouble
        if number == 0:
            raise FileTrouble("file_gzip", name=path.name) from trouble
        # What was unpacked before the damage has been handed on; the line in the middle of it is lost.
        yield number + 1, b"\xff"
