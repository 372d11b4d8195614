"""Opens a zip that strangers made: what it unpacks to is told beforehand, and held to while it is read.

Only stored and deflated parts; no passwords. A part that unpacks to more than it says is a bomb.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from answerable.errors import SourceTrouble

MOST_PARTS = 2_000
MOST_BYTES = 2 << 30  # of all parts, unpacked: a million long rows
_RATIO = 100  # unpacked bytes per packed byte; sheets of regular rows reach 40
_RATIO_FROM = 16 << 20  # bytes from which the ratio counts
_LOCAL = struct.Struct("<4s2B4HL2L2H")  # the header before each part (APPNOTE 4.3.7)
_STEP = 16 << 10  # packed bytes that are unpacked together


def opened(file: BinaryIO) -> zipfile.ZipFile:
    """The zip, after a look at its list of parts. Raises SourceTrouble `bomb`, `locked`, `damaged_zip`."""
    try:
        found = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise SourceTrouble("damaged_zip") from error
    parts = found.infolist()
    whole, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or whole > MOST_BYTES or (whole > _RATIO_FROM and whole > packed * _RATIO):
        raise SourceTrouble("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise SourceTrouble("locked")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise SourceTrouble("damaged_zip")
    return found


class Part:
    """One part as a stream: no more is unpacked than is asked for, and never more than was told."""

    def __init__(self, file: BinaryIO, part: zipfile.ZipInfo) -> None:
        """Raises SourceTrouble `damaged_zip`."""
        try:
            file.seek(part.header_offset)
            header = _LOCAL.unpack(file.read(_LOCAL.size))
        except (struct.error, OSError, ValueError) as error:
            raise SourceTrouble("damaged_zip") from error
        self._file, self._part = file, part
        self._at = part.header_offset + _LOCAL.size + header[-2] + header[-1]
        self._packed = part.compress_size  # bytes that are left of it
        self._unpack = None if part.compress_type == zipfile.ZIP_STORED else zlib.decompressobj(-15)
        self._given = self._crc = 0

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; none at its end. Raises SourceTrouble `bomb`, `damaged_zip`."""
        data = self._stored(size) if self._unpack is None else self._inflated(self._unpack, size)
        self._given += len(data)
        if self._given > self._part.file_size:
            raise SourceTrouble("bomb")
        self._crc = zlib.crc32(data, self._crc)
        if not data and self._crc != self._part.CRC:
            raise SourceTrouble("damaged_zip")
        return data

    def _stored(self, size: int) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(min(size, self._packed))
        self._at += len(data)
        self._packed -= len(data)
        return data

    def _inflated(self, unpack: zlib._Decompress, size: int) -> bytes:
        while not unpack.eof:
            packed = unpack.unconsumed_tail or self._stored(_STEP)
            try:
                data = unpack.decompress(packed, size)
            except zlib.error as error:
                raise SourceTrouble("damaged_zip") from error
            if data or not packed:
                return data
        return b""
