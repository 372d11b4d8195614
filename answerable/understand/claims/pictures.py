"""Whether two pictures are the same one, smaller, brighter or saved again: difference hashes of 64 bits.

Takes grey values, not files: opening strangers' pictures is for whoever may be killed doing it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

ACROSS, DOWN = 9, 8
RADIUS = 10  # bits that may differ; two pictures by chance differ in 32 ± 4
FLAT = 8.0  # standard deviation of the grey values under which a picture says nothing

Grey = NDArray[np.float64]


def picture_hash(grey: NDArray[np.uint8] | Grey) -> int | None:
    """The hash of rows of grey values, 0..255; None when the picture is one plain area or too small.

    Each bit: is a cell brighter than its right neighbour (Krawetz 2013, dHash)?
    """
    if grey.ndim != 2 or grey.shape[0] < DOWN or grey.shape[1] < ACROSS or float(grey.std()) < FLAT:
        return None
    cells = _shrunk(grey.astype(np.float64))
    bits = (cells[:, :-1] > cells[:, 1:]).ravel()
    return int("".join("1" if bit else "0" for bit in bits), 2)


def apart(one: int, other: int) -> int:
    """In how many of 64 bits two hashes differ."""
    return (one ^ other).bit_count()


def alike(one: int, known: Iterable[tuple[int, int]], radius: int = RADIUS) -> list[tuple[int, int]]:
    """(bits apart, id) of the known (id, hash) within the radius, nearest first, ties by id."""
    found = ((apart(one, hashed), number) for number, hashed in known)
    return sorted(pair for pair in found if pair[0] <= radius)


def _shrunk(grey: Grey) -> Grey:
    """The mean of each of 9 × 8 cells."""
    rows = np.linspace(0, grey.shape[0], DOWN + 1).astype(int)
    columns = np.linspace(0, grey.shape[1], ACROSS + 1).astype(int)
    sums = np.add.reduceat(np.add.reduceat(grey, rows[:-1], axis=0), columns[:-1], axis=1)
    areas = np.outer(np.diff(rows), np.diff(columns))
    means: Grey = sums / areas
    return means
