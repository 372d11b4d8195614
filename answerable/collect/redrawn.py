"""A picture that somebody sent, drawn anew: its pixels and nothing else of its file.

Runs in a parse worker. What stood behind it, its metadata and all frames but the first are left out.
"""

from __future__ import annotations

import warnings
from base64 import b64encode
from io import BytesIO
from typing import TypedDict

from PIL import Image, ImageOps

from answerable.collect.picture import KINDS, fits

MOST_ACROSS = 1_600  # pixels of the longer side
_QUALITY = 85


class Drawn(TypedDict):
    """What leaves the worker: plain JSON."""

    jpeg: str  # base64
    across: int
    high: int


def read(body: bytes) -> list[Drawn]:
    """The first frame as a JPEG on white; nothing where the file is no picture or is too big to open."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return [_drawn(body)]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a damaged picture raises whatever its decoder comes upon
        return []


def _drawn(body: bytes) -> Drawn:
    """Raises whatever a decoder does."""
    with Image.open(BytesIO(body), formats=KINDS) as picture:
        if not fits(picture):
            raise ValueError
        picture.draft("RGB", (MOST_ACROSS, MOST_ACROSS))
        clear = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
        orientation = picture.getexif().get(0x0112, 1)
        # Made smaller before it is converted, so that nothing big is held twice.
        if picture.mode in ("L", "RGB", "RGBA"):
            picture.thumbnail((MOST_ACROSS, MOST_ACROSS))
        else:
            picture.thumbnail((2 * MOST_ACROSS, 2 * MOST_ACROSS), Image.Resampling.NEAREST)
        shown = picture.convert("RGBA" if clear else "RGB")
        shown.thumbnail((MOST_ACROSS, MOST_ACROSS))
    if clear:
        shown = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
    # A file of its own: nothing that the other said of itself goes along.
    bare = Image.frombytes("RGB", shown.size, shown.tobytes())
    bare.getexif()[0x0112] = orientation if orientation in range(1, 9) else 1
    upright = ImageOps.exif_transpose(bare)
    out = BytesIO()
    Image.frombytes("RGB", upright.size, upright.tobytes()).save(out, "JPEG", quality=_QUALITY)
    return Drawn(jpeg=b64encode(out.getvalue()).decode("ascii"), across=upright.width, high=upright.height)
