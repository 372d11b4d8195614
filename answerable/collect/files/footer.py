"""What the end of a Parquet file says of its rows and columns, read before the library sees any of it.

The library ends the process where what is told of a column contradicts itself. The format: Thrift's compact
protocol (github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md) and parquet.thrift.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from answerable.errors import SourceTrouble

_MOST_BYTES = 16 << 20
_MOST_VALUES = 500_000  # a hundred columns in two hundred groups of rows have as many
_DEEPEST = 30
_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _TEXT, _LIST, _SET, _MAP, _STRUCT = range(13)
_VARINTS = (_I16, _I32, _I64)


@dataclass(slots=True)
class Footer:
    """What a file says of itself: it may lie."""

    rows: int = 0
    columns: int = 0  # of the group of rows that has most
    chunks: list[tuple[int, int]] = field(default_factory=list)  # unpacked and packed bytes of each


def read(file: BinaryIO) -> Footer:
    """The footer of a file. Raises SourceTrouble `no_parquet`, `too_much_memory`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 8))
    end = file.read(8)
    length = int.from_bytes(end[:4], "little")
    if len(end) < 8 or end[4:] != b"PAR1" or length + 8 > size:
        raise SourceTrouble("no_parquet")
    if length > _MOST_BYTES:
        raise SourceTrouble("too_much_memory")
    file.seek(size - 8 - length)
    found = Footer()
    try:
        _Reader(file.read(length), found).file()
    except (LookupError, ValueError) as error:
        raise SourceTrouble("no_parquet") from error
    finally:
        file.seek(0)
    return found


class _Reader:
    """Goes over the values once; IndexError or ValueError for what is no footer."""

    def __init__(self, data: bytes, found: Footer) -> None:
        self._data, self._found = data, found
        self._at = self._values = 0
        self._sizes = [0, 0]

    def file(self) -> None:
        self._struct({3: self._rows, 4: lambda: self._each(self._group)})

    def _rows(self) -> None:
        self._found.rows = self._number()

    def _group(self) -> None:
        before = len(self._found.chunks)
        self._struct({1: lambda: self._each(self._chunk)})
        self._found.columns = max(self._found.columns, len(self._found.chunks) - before)

    def _chunk(self) -> None:
        self._sizes = [0, 0]
        self._struct({3: lambda: self._struct({6: lambda: self._size(0), 7: lambda: self._size(1)})})
        self._found.chunks.append((self._sizes[0], self._sizes[1]))

    def _size(self, which: int) -> None:
        self._sizes[which] = self._number()

    def _each(self, one: Callable[[], None]) -> None:
        count, _ = self._list()
        for _ in range(count):
            one()

    def _struct(self, wanted: Mapping[int, Callable[[], None]], depth: int = 0) -> None:
        """The fields of a struct: the wanted ones are read, the others passed over."""
        number = 0
        while kind := self._byte():
            number = number + (kind >> 4) if kind >> 4 else self._number()
            if number in wanted:
                wanted[number]()
            else:
                self._skip(kind & 15, depth)

    def _skip(self, kind: int, depth: int, *, inside: bool = False) -> None:
        if depth > _DEEPEST:
            raise ValueError
        if kind in _VARINTS:
            self._varint()
        elif kind == _TEXT:
            self._pass(self._varint())
        elif kind == _STRUCT:
            self._struct({}, depth + 1)
        elif kind in (_LIST, _SET):
            count, of = self._list()
            for _ in range(count):
                self._skip(of, depth + 1, inside=True)
        elif kind == _MAP:
            count = self._varint()
            kinds = self._byte() if count else 0
            for _ in range(count):
                self._skip(kinds >> 4, depth + 1, inside=True)
                self._skip(kinds & 15, depth + 1, inside=True)
        elif inside or kind not in (_TRUE, _FALSE):
            # The kind of a field says whether it is true; inside of others each has a byte.
            self._pass({_TRUE: 1, _FALSE: 1, _BYTE: 1, _DOUBLE: 8}[kind])

    def _list(self) -> tuple[int, int]:
        head = self._byte()
        return (self._varint() if head >> 4 == 15 else head >> 4), head & 15

    def _number(self) -> int:
        """A signed number."""
        number = self._varint()
        return (number >> 1) ^ -(number & 1)

    def _varint(self) -> int:
        number = shift = 0
        while (byte := self._byte()) > 127:
            number |= (byte & 127) << shift
            shift += 7
            if shift > 63:
                raise ValueError
        return number | byte << shift

    def _byte(self) -> int:
        byte = self._data[self._at]
        self._pass(1)
        return byte

    def _pass(self, count: int) -> None:
        self._at += count
        self._values += 1
        if self._at > len(self._data):
            raise ValueError
        if self._values > _MOST_VALUES * 4:
            raise SourceTrouble("too_much_memory")
