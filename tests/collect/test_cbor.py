"""What stands in DAG-CBOR and in a CAR: counted and found without making values of all of it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import libipld
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.bluesky import cbor
from tests.collect.test_bluesky import values


def _length(data: bytes) -> bytes:
    """A number of unsigned LEB128."""
    size, out = len(data), bytearray()
    while size > 127:
        out.append(size & 127 | 128)
        size >>= 7
    return bytes([*out, size])


def car(*records: Any) -> tuple[bytes, list[bytes]]:
    """A CAR of these records, and their CIDs."""
    parts, cids = [libipld.encode_dag_cbor({"version": 1, "roots": [b"root"]})], []
    for record in records:
        body = libipld.encode_dag_cbor(record)
        cids.append(b"\x01\x71\x12\x20" + sha256(body).digest())
        parts.append(cids[-1] + body)
    return b"".join(_length(part) + part for part in parts), cids


@given(st.lists(values, max_size=6), st.binary(max_size=9), st.integers(0, 300))
def test_records_are_those_that_a_library_finds(written: list[Any], noise: bytes, end: int) -> None:
    """Whatever stands in a CAR; cut or followed by noise, there is no error, and none that was not asked for."""
    whole, cids = car(*written)
    found = cbor.records(whole, frozenset(cids))
    assert found == libipld.decode_car(whole)[1]
    assert cbor.records(whole, frozenset(cids[:1])).keys() == {*cids[:1]}
    assert cbor.records(whole[:end] + noise, frozenset(cids)).keys() <= {*cids}


def test_a_car_of_more_parts_than_a_commit_has_is_left_at_once() -> None:
    """A record behind tens of thousands of parts of nothing is not looked for.

    Sabotage: raise `_MOST_PARTS`.
    """
    told, [cid] = car({"text": "water"})
    assert cbor.records(b"\x01\x80" * 15_000 + told, frozenset([cid])) == {cid: {"text": "water"}}
    assert cbor.records(b"\x01\x80" * 30_000 + told, frozenset([cid])) == {}


@given(values)
def test_values_are_counted_without_making_them(value: Any) -> None:
    """One for each, those inside others too; no more than asked for."""

    def count(one: Any) -> int:
        inside = [*one, *one.values()] if isinstance(one, dict) else one if isinstance(one, list) else []
        return 1 + sum(map(count, inside))

    data = libipld.encode_dag_cbor(value)
    assert cbor.values(data) == count(value)
    assert cbor.values(data * 9, 5) <= 6
