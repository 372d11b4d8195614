"""Unpacks gzip step by step, so that a bomb costs no memory and is noticed early."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from answerable.errors import SourceTrouble

_RATIO = 100  # unpacked bytes per packed byte; feeds reach 20
_RATIO_FROM = 1 << 20  # bytes from which the ratio counts: small documents may be very regular


def gunzipped(parts: Iterable[bytes], step: int) -> Iterator[bytes]:
    """Unpack gzip, also of several members, at most `step` bytes at once.

    Raises SourceTrouble `bomb` when far more comes out than went in, `encoding` when it is damaged.
    """
    unpack = zlib.decompressobj(wbits=31)
    taken = given = 0
    for part in parts:
        taken += len(part)
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
            if given > _RATIO_FROM and given > taken * _RATIO:
                raise SourceTrouble("bomb", permanent=False)
            yield out
            rest = unpack.unconsumed_tail or unpack.unused_data
    if not unpack.eof:
        raise SourceTrouble("connection_lost")
