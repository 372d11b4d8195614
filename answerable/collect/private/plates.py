"""Number plates of vehicles, which lead to their keepers. A form that other things share needs a word before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.collect.private.context import counts_something, said_before
from answerable.collect.private.span import Span

_B = r"(?<![A-Za-z0-9_\-/@#])"
_E = r"(?![A-Za-z0-9_\-/])"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SURE = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Z][ ·•.-]?(?:[DF][A-HJ-NP-Z0-9]\d{{4}}|\d{{5}}[DF]|[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])"
    rf"|{_B}[A-HJ-PR-Y][A-HJ-PR-Y]\d{{2}} ?[A-HJ-PR-Z]{{3}}{_E}"  # Britain
    rf"|{_B}[A-HJ-NP-TV-Z]{{2}}-\d{{3}}-[A-HJ-NP-TV-Z]{{2}}{_E}"  # France, Italy with dashes
    rf"|{_B}\d{{2}}-[A-Z]{{2}}-\d{{2}}{_E}|{_B}[A-Z]{{2}}-\d{{2}}-(?:[A-Z]{{2}}|\d{{2}}){_E}|{_B}\d{{2}}-\d{{2}}-[A-Z]{{2}}{_E}"  # Portugal
    rf"|{_B}[A-Z]{{3}}\d[A-Z]\d{{2}}{_E}"  # Mercosul
    rf"|{_B}[A-ZÄÖÜ]{{1,3}}-[A-ZÄÖÜ]{{1,2}} (?!(?:19|20)\d\d)\d{{2,4}}[EH]?{_E}"  # Germany
)
_SPANISH = re.compile(rf"{_B}(\d{{4}})[ -]?([BCDFGHJKLMNPRSTVWXYZ]{{3}}){_E}")
_LIKELY = re.compile(
    rf"{_B}(?:[A-Z]{{1,3}}[ -]?\d{{1,4}}[ -]?[A-Z]{{0,3}}|\d{{1,4}}[ -]?[A-Z]{{1,3}}[ -]?\d{{0,4}}"
    rf"|[A-ZÄÖÜ]{{1,3}}[- ][A-Z]{{1,2}}[- ]?\d{{1,4}}|[A-Z]{{3}}-\d{{2}}-\d{{2}}|[A-Z]{{2}}[ -]?\d{{3}}[ -]?[A-Z]{{2}})[EH]?{_E}"
)
_UNITS = {
    "KWH",
    "MWH",
    "GWH",
    "KMH",
    "MPH",
    "RPM",
    "PPM",
    "HDR",
    "DVD",
    "PCR",
    "PVC",
    "PDF",
    "GMT",
    "MST",
    "MDT",
    "EST",
    "EDT",
    "PDT",
    "CDT",
    "CET",
    "WST",
    "CST",
    "PST",
    "BST",
    "SMS",
    "RTX",
    "GTX",
    "FPS",
}
_REACH = 14


def plates(text: str) -> Iterator[Span]:
    """Every number plate of `text`."""
    for found in _SURE.finditer(text):
        yield Span(found.start(), found.end(), "plate")
    for found in _SPANISH.finditer(text):
        year = "1900" <= found[1] <= "2099"
        named = said_before("plate", text, found.start()) >= 0
        if named or not (year or found[2] in _UNITS or counts_something(text, found.start(), found.end())):
            yield Span(found.start(), found.end(), "plate")
    for found in _LIKELY.finditer(text):
        signs = sum(char.isalnum() for char in found[0])
        if (
            signs >= 5
            and any(map(str.isdigit, found[0]))
            and 0 <= said_before("plate", text, found.start()) <= _REACH
        ):
            yield Span(found.start(), found.end(), "plate")
