"""Pictures written out: SVG for pages, PNG for networks that take nothing else.

The PNG needs a font that has every character; where the machine has none there is no PNG, never empty boxes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, ImageDraw, ImageFont

from answerable.publish.forms.card import HIGH, WIDE, Line, Picture
from answerable.publish.wording import plain

TONES: Mapping[str, str] = {
    "ink": "#1a2430",
    "quiet": "#4a5663",
    "paper": "#ffffff",
    "accent": "#0b5563",
    "over": "#8f1d1d",
    "soon": "#7a4a00",
    "ground": "#fbfaf7",
}
BAND_HIGH = 96
FAMILY = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'DejaVu Sans', sans-serif"
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
# In this order; the first that has every character of a line is taken.
_FONTS: Mapping[bool, tuple[str, ...]] = {
    False: ("NotoSans-Regular.ttf", "DejaVuSans.ttf", "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc"),
    True: ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Bold.ttc"),
}
_Font = ImageFont.FreeTypeFont


def svg(picture: Picture) -> str:
    """The picture as SVG without style, script or anything from outside; its words are its description."""
    tone = TONES[picture.band]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" '
        f'role="img" xml:lang={quoteattr(plain(picture.language))}>',
        f"<title>{escape(plain(picture.alt))}</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="{TONES["ground"]}"/>',
        f'<rect width="{WIDE}" height="{BAND_HIGH}" fill="{tone}"/>',
        *(_text(line) for line in picture.lines),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _text(line: Line) -> str:
    weight = ' font-weight="700"' if line.bold else ""
    return (
        f'<text x="{line.x}" y="{line.y}" font-family="{FAMILY}" font-size="{line.size}"{weight} '
        f'fill="{TONES[line.tone]}">{escape(plain(line.words))}</text>'
    )


def png(picture: Picture) -> bytes | None:
    """The picture as PNG; None where no font of this machine has all its characters."""
    image = Image.new("RGB", (WIDE, HIGH), TONES["ground"])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDE, BAND_HIGH), fill=TONES[picture.band])
    for line in picture.lines:
        font = _font_for(plain(line.words), line.bold, line.size)
        if font is None:
            return None
        draw.text((line.x, line.y), plain(line.words), font=font, fill=TONES[line.tone], anchor="ls")
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _font_for(words: str, bold: bool, size: int) -> _Font | None:
    for path in _files(bold):
        font = _opened(path, size)
        if all(_has(path, one) for one in words if not one.isspace()):
            return font
    return None


@cache
def _files(bold: bool) -> tuple[str, ...]:
    there = {
        path.name: str(path)
        for folder in _FOLDERS
        if Path(folder).is_dir()
        for path in Path(folder).rglob("*.tt[fc]")
    }
    return tuple(there[name] for name in _FONTS[bold] if name in there)


@cache
def _opened(path: str, size: int) -> _Font:
    return ImageFont.truetype(path, size)


@cache
def _missing(path: str) -> bytes:
    """How this font draws what it does not have."""
    return bytes(_opened(path, 24).getmask("\U000f0000"))


@cache
def _has(path: str, one: str) -> bool:
    return bytes(_opened(path, 24).getmask(one)) != _missing(path)
