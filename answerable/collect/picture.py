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
MOST_HELD = 48 << 20  # bytes of a picture that is opened at its full size
_DECODED = {"WEBP": 14}  # bytes that its decoder takes for a pixel, whatever is in it
MOST_OF_JPEG = 150_000_000  # pixels of one that never is
_JPEG_SMALLER = 8  # times the work of one that is made smaller on the way goes into one that is not
_STRIP = 1 << 20  # pixels that are turned to grey together
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
        if min(picture.size) < LEAST_SIDE or not fits(picture):
            return None
        picture.draft("L", (ENOUGH, ENOUGH))
        clear = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
        across, high = picture.size
        grey = np.empty((high, across), np.uint8)
        rows = max(1, _STRIP // across)  # strip by strip, so that nothing is held twice
        for top in range(0, high, rows):
            strip = picture.crop((0, top, across, min(high, top + rows)))
            if clear:
                shown = strip.convert("RGBA")
                # What is transparent lies on white, as on most pages.
                strip = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
            grey[top : top + rows] = np.asarray(strip.convert("L"))
        return grey


def pixels(body: bytes) -> int:
    """How many pixels are decoded to look at it; 0 for what is none, or is not opened. None is here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(body), formats=KINDS) as picture:
                if not fits(picture):
                    return 0
                whole = picture.width * picture.height
                return whole // _JPEG_SMALLER if _is_plain_jpeg(picture) else whole
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a damaged picture raises whatever its decoder comes upon
        return 0


def _is_plain_jpeg(picture: Image.Image) -> bool:
    """Whether its decoder can make it smaller on the way."""
    return picture.format == "JPEG" and "progressive" not in picture.info


def fits(picture: Image.Image) -> bool:
    """Whether it can be opened in the memory that one picture may take."""
    whole = picture.width * picture.height
    if max(picture.size) > MOST_SIDE:
        return False
    if _is_plain_jpeg(picture):
        return whole <= MOST_OF_JPEG
    held = _DECODED.get(picture.format or "", 1 if picture.mode in ("1", "L", "P") else 4)
    return whole <= MOST_PIXELS and whole * held <= MOST_HELD


def picture_hash(grey: NDArray[np.uint8] | NDArray[np.float64]) -> bytes | None:
    """The hash of rows of grey values, 0..255; None when the picture is one plain area or too small.

    Each bit: is a cell brighter than its neighbour, to the right in the first half, below in the second
    (Krawetz 2013, dHash)?
    """
    if grey.ndim != 2 or min(grey.shape) <= CELLS or _spread(grey) < FLAT:
        return None
    lying = _shrunk(grey, CELLS, CELLS + 1)
    standing = _shrunk(grey, CELLS + 1, CELLS)
    bits = np.concatenate([(lying[:, :-1] > lying[:, 1:]).ravel(), (standing[:-1] > standing[1:]).ravel()])
    return np.packbits(bits).tobytes()


def _spread(grey: NDArray[np.uint8] | NDArray[np.float64]) -> float:
    """The standard deviation, without a copy of the whole in bigger numbers."""
    count = whole = squares = 0.0
    rows = max(1, _STRIP // grey.shape[1])
    for top in range(0, grey.shape[0], rows):
        part = grey[top : top + rows].astype(np.float64)
        count, whole, squares = count + part.size, whole + part.sum(), squares + np.square(part).sum()
    return float(np.sqrt(max(0.0, squares / count - (whole / count) ** 2)))


def _shrunk(grey: NDArray[np.uint8] | NDArray[np.float64], down: int, across: int) -> NDArray[np.float64]:
    """The mean of each of so many cells."""
    rows = np.linspace(0, grey.shape[0], down + 1).astype(int)
    columns = np.linspace(0, grey.shape[1], across + 1).astype(int)
    sums = np.add.reduceat(np.add.reduceat(grey, rows[:-1], axis=0, dtype=np.float64), columns[:-1], axis=1)
    means: NDArray[np.float64] = sums / np.outer(np.diff(rows), np.diff(columns))
    return means
