"""A statement as a notice on paper: a PDF that a screen reader reads too, with a code that leads to its page.

Without Pango, the system's library for text, there is no PDF.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from ctypes.util import find_library
from functools import cache
from html import escape

import segno

from answerable.publish.forms.drawn import FAMILY, TONES
from answerable.publish.forms.sheet import LABELS, FactSheet, label
from answerable.publish.forms.written import full
from answerable.publish.wording import plain

_CODE = "notice:code"  # the only address that the page asks for
_STYLE = f"""
@page {{ size: A4; margin: 22mm 20mm 24mm; @bottom-right {{ content: counter(page) " / " counter(pages);
  font: 9pt {FAMILY}; color: {TONES["quiet"]} }} }}
html {{ font: 12pt/1.45 {FAMILY}; color: {TONES["ink"]}; hyphens: none; overflow-wrap: anywhere }}
header {{ border-top: 4mm solid {TONES["accent"]}; padding-top: 4mm; font-size: 11pt;
  color: {TONES["quiet"]} }}
header.soon {{ border-color: {TONES["soon"]} }} header.over {{ border-color: {TONES["over"]} }}
header p {{ margin: 0 }}
h1 {{ font-size: 24pt; line-height: 1.2; margin: 4mm 0 5mm }}
h2 {{ font-size: 13pt; margin: 6mm 0 1.5mm; break-after: avoid }}
p {{ margin: 0 0 2mm; orphans: 2; widows: 2 }}
.marks {{ font-weight: 700 }}
footer {{ margin-top: 8mm; border-top: .4mm solid {TONES["quiet"]}; padding-top: 4mm; break-inside: avoid }}
footer img {{ float: right; width: 28mm; height: 28mm; margin-left: 6mm }}
"""


def pdf(sheet: FactSheet, said: str, labels: Mapping[str, str] = LABELS) -> bytes | None:
    """The notice. `said` stands above the title: which version, of when. None where nothing can draw it."""
    try:
        from answerable.publish.forms.printed import printed
    except OSError:  # the package is there, the system's library for text is not
        return None
    return printed(_page(sheet, said, labels), _CODE, _code(sheet.address))


@cache
def can_print() -> bool:
    """Whether this machine draws notices: what draws them is not loaded only to know."""
    return find_library("pango-1.0") is not None


def _page(sheet: FactSheet, said: str, labels: Mapping[str, str]) -> str:
    first, *rest = full(sheet, labels)
    marks = first if not first.heading and _is_marked(sheet) else None
    band = "soon" if sheet.kind == "warning" else "over" if sheet.change == "cancel" else ""
    parts = [
        f'<!doctype html><html lang="{_safe(sheet.language)}"><head><meta charset="utf-8">',
        f'<title>{_safe(sheet.title)}</title><meta name="author" content="{_safe(sheet.body)}">',
        f"<style>{_STYLE}</style></head><body>",
        f'<header class="{band}"><p><b>{_safe(sheet.body)}</b></p><p>{_safe(said)}</p></header>',
        f"<main><h1>{_safe(sheet.title)}</h1>",
    ]
    if marks:
        parts += [f'<p class="marks">{_safe(line)}</p>' for line in marks.lines]
    for section in rest if marks else [first, *rest]:
        parts += [f"<h2>{_safe(section.heading)}</h2>"] if section.heading else []
        parts += [f'<p dir="auto">{_safe(line)}</p>' for line in section.lines]
    more = _safe(label(labels, "more", address=sheet.address))
    parts.append(f'</main><footer><img src="{_CODE}" alt="{more}"><p>{more}</p></footer></body></html>')
    return "".join(parts)


def _is_marked(sheet: FactSheet) -> bool:
    return bool(sheet.exercise or sheet.one_person or sheet.change or sheet.verdict)


def _code(address: str) -> bytes:
    """The address as a QR code."""
    file = io.BytesIO()
    segno.make(address, error="m").save(file, kind="svg", border=0, xmldecl=False, svgns=True)
    return file.getvalue()


def _safe(text: str) -> str:
    return escape(plain(text))
