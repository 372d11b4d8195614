"""What stands in DAG-CBOR and in a CAR, before and without making values of all of it.

An empty list is one byte there and eighty in memory. CBOR: RFC 8949; CAR: https://ipld.io/specs/transport/car/carv1/.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

import libipld

MOST_VALUES = 50_000  # of one frame, and of the records in it; a commit of 200 posts has some 12,000
_BYTES_OR_TEXT = (2, 3)
_MOST_PARTS = 20_000  # of a CAR; each is a record or a node of the tree above them
_LONGEST_NUMBER = 10  # bytes of a number that says how long a part of a CAR is


def values(data: bytes, most: int = MOST_VALUES) -> int:
    """How many values stand there, those within others among them; no more than `most` + 1 are counted."""
    at = found = 0
    while at < len(data) and found <= most:
        found += 1
        kind, size = data[at] >> 5, data[at] & 31
        at += 1
        if size > 23:
            told = 1 << (size - 24)  # bytes; of sizes that the format has not, it is anything
            size = int.from_bytes(data[at : at + told], "big")
            at += told
        if kind in _BYTES_OR_TEXT:
            at += size
    return found


def records(car: bytes, wanted: AbstractSet[bytes]) -> dict[bytes, Any]:
    """Those of the wanted CIDs whose records are there and can be read."""
    found: dict[bytes, Any] = {}
    lengths = {len(cid) for cid in wanted}
    left, at = MOST_VALUES, 0
    for _ in range(_MOST_PARTS):
        size, at = _number(car, at)
        cid = next((car[at : at + one] for one in lengths if car[at : at + one] in wanted), b"")
        if not size:
            break
        if cid and cid not in found and size > len(cid):
            record = car[at + len(cid) : at + size]
            left -= values(record, max(0, left))
            if left < 0:
                break
            try:
                found[cid] = libipld.decode_dag_cbor(record)
            except (ValueError, RecursionError):
                found[cid] = None
        at += size
    return found


def _number(car: bytes, at: int) -> tuple[int, int]:
    """A number of unsigned LEB128 and where it ends; 0 for what is none."""
    number = shift = 0
    for byte in car[at : at + _LONGEST_NUMBER]:
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
    return 0, at
