"""Opens a zip that strangers made: what it unpacks to is known, and measured, before anything is parsed.

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
_STEP = 1 << 20


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


def measured(file: BinaryIO, part: zipfile.ZipInfo) -> None:
    """Unpack a part into nothing, to see that it is as long as it says. Raises SourceTrouble."""
    try:
        file.seek(part.header_offset)
        header = _LOCAL.unpack(file.read(_LOCAL.size))
    except (struct.error, OSError, ValueError) as error:
        raise SourceTrouble("damaged_zip") from error
    file.seek(part.header_offset + _LOCAL.size + header[-2] + header[-1])
    if part.compress_type == zipfile.ZIP_STORED:
        return
    unpack, left, given = zlib.decompressobj(-15), part.compress_size, 0
    try:
        while left and not unpack.eof:
            packed = file.read(min(left, _STEP >> 4))
            if not packed:
                break
            left -= len(packed)
            while packed and not unpack.eof:
                given += len(unpack.decompress(packed, _STEP))
                packed = unpack.unconsumed_tail
                if given > part.file_size:
                    raise SourceTrouble("bomb")
    except zlib.error as error:
        raise SourceTrouble("damaged_zip") from error
