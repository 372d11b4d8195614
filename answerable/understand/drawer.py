"""Bytes by number, out of memory: in a file without a name that goes with its process.

What is taken out is overwritten, by something else or by nothing, so the file holds no more than is held.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

CELL = 64  # bytes; each blob begins with a cell of its own
PIECE = 1 << 20  # bytes at the end of the file that are written at once
_BITS = 24  # of a place that tell how long the blob is
_LONGEST = (1 << _BITS) - 1
_PAGE = 64  # ids whose places stand together
_NOTHING = array("Q", [0] * _PAGE)


class Drawer:
    """Blobs of up to 16 MB, by numbers of which neighbours are mostly there together.

    A full disk loses nothing: what it does not take stays in memory.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: where the file is, else where this system puts temporary ones."""
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._places = _Places()  # first cell and length, in one number
        self._gaps: dict[int, list[int]] = {}  # first cells of what is free, by how many cells
        self._unclean: dict[int, int] = {}  # gaps that still hold what was taken: how many cells, by first
        self._written = 0  # cells in the file
        self._piece = bytearray()  # the cells after those

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, one: object) -> bool:
        return one in self._places

    def __iter__(self) -> Iterator[int]:
        """The numbers, in no order."""
        return iter(self._places)

    def put(self, one: int, blob: bytes) -> None:
        """Lay a blob under a number that is free. Raises ValueError when it is too long."""
        size = len(blob)
        if size > _LONGEST:
            raise ValueError("too long for a drawer")
        cells = -(-size // CELL) or 1
        whole = blob + bytes(cells * CELL - size)
        first = self._filled(cells, whole)
        if first is None:
            first = self._written + len(self._piece) // CELL
            self._piece += whole
            if len(self._piece) >= PIECE:
                self._flush()
        self._places[one] = first << _BITS | size

    def __getitem__(self, one: int) -> bytes:
        place = self._places[one]
        return self._read(place >> _BITS, place & _LONGEST)

    def get(self, one: int) -> bytes | None:
        """The blob under a number; None when there is none."""
        return self[one] if one in self._places else None

    def take(self, one: int) -> bytes:
        """The same; it lies here no more, once `clean` was called. Raises KeyError when there is none."""
        place = self._places.pop(one)
        first, size = place >> _BITS, place & _LONGEST
        cells = -(-size // CELL) or 1
        self._unclean[first] = cells
        self._gaps.setdefault(cells, []).append(first)
        return self._read(first, size)

    def clean(self) -> None:
        """Overwrite what was taken and nothing lies over yet."""
        with suppress(OSError):  # the next time, then
            for first, cells in self._unclean.items():
                self._write(first, bytes(cells * CELL))
            self._unclean.clear()

    def _filled(self, cells: int, whole: bytes) -> int | None:
        """The first cell of a gap that took a blob; None when there is none."""
        gaps = self._gaps.get(cells)
        if not gaps:
            return None
        try:
            self._write(gaps[-1], whole)
        except OSError:
            return None
        self._unclean.pop(gaps[-1], None)
        return gaps.pop()

    def _read(self, first: int, size: int) -> bytes:
        at = (first - self._written) * CELL
        if at >= 0:
            return bytes(self._piece[at : at + size])
        return os.pread(self._descriptor(), size, first * CELL)

    def _write(self, first: int, blob: bytes) -> None:
        """Write over cells that were there before."""
        at = (first - self._written) * CELL
        if at >= 0:
            self._piece[at : at + len(blob)] = blob
        else:
            _write_whole(self._descriptor(), blob, first * CELL)

    def _flush(self) -> None:
        with suppress(OSError):
            _write_whole(self._descriptor(), self._piece, self._written * CELL)
            self._written += len(self._piece) // CELL
            self._piece = bytearray()

    def _descriptor(self) -> int:
        if self._file is None:
            self._file = TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115 -- ours until we end
        return self._file.fileno()


def _write_whole(descriptor: int, blob: bytes | bytearray, at: int) -> None:
    done = 0
    while done < len(blob):
        done += os.pwrite(descriptor, memoryview(blob)[done:], at + done)


class _Places:
    """Numbers by id, eight bytes each: a dict would take more memory than there is in most blobs."""

    def __init__(self) -> None:
        self._pages: dict[int, array[int]] = {}  # 0 where nothing is, else one more than the number
        self._held: dict[int, int] = {}  # how many are on a page
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __contains__(self, one: object) -> bool:
        return isinstance(one, int) and bool(self._page(one)[one % _PAGE])

    def __iter__(self) -> Iterator[int]:
        for number, page in self._pages.items():
            yield from [number * _PAGE + at for at, place in enumerate(page) if place]

    def __getitem__(self, one: int) -> int:
        place = self._page(one)[one % _PAGE]
        if not place:
            raise KeyError(one)
        return place - 1

    def __setitem__(self, one: int, place: int) -> None:
        number = one // _PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = array("Q", _NOTHING)
        if not page[one % _PAGE]:
            self._size += 1
            self._held[number] = self._held.get(number, 0) + 1
        page[one % _PAGE] = place + 1

    def pop(self, one: int) -> int:
        """Take a number out. Raises KeyError when it is not here."""
        place, number = self[one], one // _PAGE
        self._pages[number][one % _PAGE] = 0
        self._size -= 1
        self._held[number] -= 1
        if not self._held[number]:
            del self._pages[number], self._held[number]
        return place

    def _page(self, one: int) -> array[int]:
        return self._pages.get(one // _PAGE, _NOTHING)
