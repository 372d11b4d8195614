"""What is kept of a picture that came with a message: 128 bits by which it is known again, never the picture.

Runs in a parse worker: whatever a file says it is, it is opened as one of four kinds or not at all.
"""

from __future__ import annotations

import warnings
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

KINDS = ("JPEG", "PNG", "WEBP", "GIF")
CELLS = 8
LEAST_SIDE = 96  # pixels: what is smaller is a logo or a smiley, and says nothing of what is claimed
MOST_SIDE = 30_000
MOST_PIXELS = 25_000_000
MOST_OF_JPEG = 150_000_000  # which is never opened at its full size
ENOUGH = 512  # pixels of each side that are looked at
FLAT = 8.0  # standard deviation of the grey values under which a picture says nothing


def read(body: bytes) -> list[str]:
    """The hash of one file in hex; nothing where it is no picture, says nothing, or is too big to open."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            found = _opened(body)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a damaged picture raises whatever its decoder comes upon
        return []
    hashed = picture_hash(found) if found is not None else None
    return [] if hashed is None else [hashed.hex()]


def _opened(body: bytes) -> NDArray[np.uint8] | None:
    """Grey values of the first frame."""
    with Image.open(BytesIO(body), formats=KINDS) as picture:
        across, high = picture.size
        most = MOST_OF_JPEG if picture.format == "JPEG" else MOST_PIXELS
        if not (min(across, high) >= LEAST_SIDE and max(across, high) <= MOST_SIDE and across * high <= most):
            return None
        picture.draft("L", (ENOUGH, ENOUGH))
        if picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info:
            shown = picture.convert("RGBA")
            # What is transparent lies on white, as on most pages.
            lying = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
            return np.asarray(lying.convert("L"))
        return np.asarray(picture.convert("L"))


def picture_hash(grey: NDArray[np.uint8] | NDArray[np.float64]) -> bytes | None:
    """The hash of rows of grey values, 0..255; None when the picture is one plain area or too small.

    Each bit: is a cell brighter than its neighbour, to the right in the first half, below in the second
    (Krawetz 2013, dHash)?
    """
    if grey.ndim != 2 or min(grey.shape) <= CELLS or float(grey.std()) < FLAT:
        return None
    lying = _shrunk(grey, CELLS, CELLS + 1)
    standing = _shrunk(grey, CELLS + 1, CELLS)
    bits = np.concatenate([(lying[:, :-1] > lying[:, 1:]).ravel(), (standing[:-1] > standing[1:]).ravel()])
    return np.packbits(bits).tobytes()


def _shrunk(grey: NDArray[np.uint8] | NDArray[np.float64], down: int, across: int) -> NDArray[np.float64]:
    """The mean of each of so many cells."""
    rows = np.linspace(0, grey.shape[0], down + 1).astype(int)
    columns = np.linspace(0, grey.shape[1], across + 1).astype(int)
    sums = np.add.reduceat(np.add.reduceat(grey, rows[:-1], axis=0, dtype=np.float64), columns[:-1], axis=1)
    means: NDArray[np.float64] = sums / np.outer(np.diff(rows), np.diff(columns))
    return means
