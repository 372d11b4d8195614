"""A file as numbered lines: unpacked while it is read, each line bounded, bombs stopped."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from answerable.errors import BadInput

Line = tuple[int, bytes | None]  # number from 1, and the bytes with their line end; None when it is too long

MAX_LINE = 1 << 20  # bytes
_RATIO = 300  # unpacked bytes per packed byte; posts reach 10, very regular logs 100
_RATIO_FROM = 64 << 20  # bytes from which the ratio counts
_BOMS = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def opened(path: Path) -> Iterator[Iterator[Line]]:
    """The lines of a file, also of one packed with gzip. Raises BadInput in one sentence."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if not packed:
                yield _lines(raw, None, path)
                return
            with gzip.GzipFile(fileobj=raw) as file:
                yield _lines(io.BufferedReader(file, 1 << 18), raw, path)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read ({error.strerror or error}).") from error


def _lines(file: BinaryIO | io.BufferedReader, packed: BinaryIO | None, path: Path) -> Iterator[Line]:
    number = given = 0
    try:
        while raw := file.readline(MAX_LINE):
            number += 1
            given += len(raw)
            if number == 1:
                if raw.startswith(_BOMS):
                    raise BadInput(f"{path.name} is UTF-16; save it as UTF-8 and try again.")
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            if len(raw) >= MAX_LINE and not raw.endswith(b"\n"):
                given += _skip(file, packed, given, path)
                yield number, None
            else:
                yield number, raw
            _check(packed, given, path)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        # What was unpacked before the damage has been handed on; the line in the middle of it is lost.
        yield number + 1, None


def _skip(file: BinaryIO | io.BufferedReader, packed: BinaryIO | None, given: int, path: Path) -> int:
    skipped = 0
    while part := file.readline(MAX_LINE):
        skipped += len(part)
        _check(packed, given + skipped, path)
        if part.endswith(b"\n"):
            break
    return skipped


def _check(packed: BinaryIO | None, given: int, path: Path) -> None:
    if packed is not None and given > _RATIO_FROM and given > packed.tell() * _RATIO:
        raise BadInput(f"{path.name} is a compressed bomb: it unpacks to far more than it should.")
