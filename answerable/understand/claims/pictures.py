"""Which answers have a picture that is the same one, smaller, brighter, cut at its edges or saved again.

A picture alone confirms nothing: it is shown to a person with what it resembles.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

BITS = 128
# Bits that may differ; two pictures by chance differ in about half. Measured: docs/why/claims.md.
RADIUS = 18


def apart(one: bytes, other: bytes) -> int:
    """In how many of their bits two hashes differ."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


class Pictured:
    """Pictures of answers by their hashes; found by comparing with all of them, 2 ms for 100,000."""

    def __init__(self, held: Iterable[tuple[int, bytes]] = ()) -> None:
        """`held`: (id of the answer, hash)."""
        rows = sorted(held)
        self._owners = np.array([owner for owner, _ in rows], dtype=np.int64)
        self._hashes: NDArray[np.uint64] = np.frombuffer(
            b"".join(one for _, one in rows), dtype=np.uint64
        ).reshape(-1, 2)

    def __len__(self) -> int:
        return len(self._owners)

    def near(self, hashed: bytes, radius: int = RADIUS) -> list[tuple[int, int]]:
        """(bits apart, answer) of those within the radius, each answer once, nearest first, ties by id."""
        if not len(self):
            return []
        other = np.frombuffer(hashed, dtype=np.uint64)
        bits = np.bitwise_count(self._hashes ^ other).sum(axis=1)
        best: dict[int, int] = {}
        for row in np.flatnonzero(bits <= radius).tolist():
            owner, distance = int(self._owners[row]), int(bits[row])
            best[owner] = min(distance, best.get(owner, distance))
        return sorted((distance, owner) for owner, distance in best.items())
