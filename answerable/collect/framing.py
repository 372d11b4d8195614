"""Many messages of a stream as one job for a parse worker; one that no parser survives is set apart."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from answerable.errors import SourceTrouble
from answerable.records import Json, Rejected

if TYPE_CHECKING:
    from answerable.collect.workers import ParsePool

_LENGTH = struct.Struct("!I")
_POISON = ("too_slow", "too_much_memory", "parser_died")


def framed(messages: Sequence[bytes]) -> bytes:
    """The messages with their lengths before them."""
    return b"".join(part for one in messages for part in (_LENGTH.pack(len(one)), one))


def unframed(data: bytes) -> Iterator[bytes]:
    """The reverse of `framed`."""
    at = 0
    while at < len(data):
        (size,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        yield data[at : at + size]
        at += size


def parsed(pool: ParsePool, job: str, messages: Sequence[bytes], **params: str) -> list[Json | Rejected]:
    """One value for each message, by a job that gives so many. What kills the worker is rejected."""
    try:
        return [*pool.run(job, framed(messages), **params)]
    except SourceTrouble as trouble:
        if trouble.code not in _POISON:
            raise
        if len(messages) == 1:
            return [Rejected("a message of the stream", trouble.code)]
    half = len(messages) // 2
    return parsed(pool, job, messages[:half], **params) + parsed(pool, job, messages[half:], **params)
