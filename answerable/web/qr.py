"""QR codes as SVG, black on white in every theme: cameras want the contrast."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=64)
def qr_svg(address: str) -> Markup:
    """An inline SVG without size, style or script; a quarter of it may be torn off the poster."""
    code = segno.make(address, error="q", micro=False)
    drawn = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, light="#ffffff", border=4)
    return Markup(drawn)  # noqa: S704 (drawn from our own address)


def qr_file(address: str) -> bytes:
    """The same as a file of its own, for whoever designs the poster."""
    drawn = segno.make(address, error="q", micro=False).svg_inline(scale=10, light="#ffffff", border=4)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode()
