"""Unpacks gzip step by step, so that a bomb costs no memory and is noticed early."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from answerable.errors import SourceTrouble

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PART = 1 << 18  # bytes


def gunzipped(
    parts: Iterable[bytes], step: int = _PART, *, ratio: int = 100, ratio_from: int = 1 << 20
) -> Iterator[bytes]:
    """Unpack gzip, also of several members, at most `step` bytes at once.

    Raises SourceTrouble. `bomb`: from `ratio_from` bytes on, more than `ratio` times as much comes out as
    went in (feeds reach 20, logs 100); `encoding`: it is damaged; `connection_lost`: it ends early.
    """
    unpack = zlib.decompressobj(wbits=31)
    taken = given = 0
    for part in parts:
        rest = part
        while rest:
            if unpack.eof:
                unpack = zlib.decompressobj(wbits=31)
            try:
                out = unpack.decompress(rest, step)
            except zlib.error as error:
                if given and rest is not part:
                    return  # zeros or rubbish after the last member, as some servers pad
                raise SourceTrouble("encoding") from error
            given += len(out)
            # What waits in this part has not gone in: a part of 256 KB would allow a hundred times as much.
            taken += len(rest) - len(unpack.unconsumed_tail) - len(unpack.unused_data)
            if given > ratio_from and given > taken * ratio:
                raise SourceTrouble("bomb")
            yield out
            rest = unpack.unconsumed_tail or unpack.unused_data
    if not unpack.eof:
        raise SourceTrouble("connection_lost")


class Unpacked(io.RawIOBase):
    """A packed file as a stream of its unpacked bytes; what came before damage is handed out first."""

    def __init__(self, packed: BinaryIO, *, ratio: int, ratio_from: int) -> None:
        super().__init__()
        parts = iter(lambda: packed.read(_PART), b"")
        self._parts = gunzipped(parts, ratio=ratio, ratio_from=ratio_from)
        self._rest = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer with what one step gives. Raises as `gunzipped`."""
        view = memoryview(buffer)
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        size = min(len(view), len(self._rest))
        view[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
