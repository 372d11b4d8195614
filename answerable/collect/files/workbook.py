"""Reads the rows of an XLSX workbook (ECMA-376) one by one, in memory that does not grow with the sheet.

Formulas are never worked out: what the program that saved the file had worked out is read. Written here
because the fast reader fills the whole rectangle up to the farthest cell (docs/why/decisions.md).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from answerable.collect.files import zipped
from answerable.errors import SourceTrouble

Cell = str | int | float | bool | None
MOST_COLUMNS = 256  # further cells of a row are left out
MOST_ROWS = 2_000_000
MOST_SHARED = 192 << 20  # bytes of texts that cells share
_MOST_CELLS = 20_000  # of one row; the format itself allows 16,384
# Rows and cells that hold nothing, beyond as many for each row that says something.
_MOST_SILENT, _SILENT_FOR_EACH = 300_000, 256
# Texts that cells share which no cell can ask for: a cell with one takes as many bytes of its sheet.
_MOST_UNASKED, _SHORTEST_CELL = 1_000, 16
# Texts that cells share stand there once each: even those of one form letter pack less than sheets do.
# Unpacked bytes per packed byte, and bytes from which it counts.
_SHARED_RATIO, _SHARED_RATIO_FROM = 30, 32 << 20
_DROPPED = 64  # rows that are forgotten together
_MOST_ABOUT = 32 << 20  # bytes of a part that tells of sheets and styles
_MOST_UNTOLD = 3 << 19  # bytes of a part in which nothing stands that is looked for
_LONGEST = 64 << 10  # characters of one cell; the format itself allows 32,767
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no zones
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_958_466  # 1 January 10000
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NO_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # what in a number's form is no code
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLAIN_NUMBER = re.compile(r"-?\d{1,15}")


def rows(file: BinaryIO) -> Iterator[tuple[int, list[Cell]]]:
    """Number (from 1) and cells of each row that holds something, of the first sheet that is shown.

    Dates come as ISO 8601 without a zone. Raises SourceTrouble: `bomb`, `locked`, `damaged_zip`,
    `no_workbook`, `entities`, `too_much_memory`, `empty_rows`.
    """
    with zipped.opened(file) as book:
        parts = {part.filename.lstrip("/"): part for part in book.infolist()}
        opener = _Opener(file, parts)
        try:
            sheet, is_1904 = _first_sheet(opener)
            dates = _date_styles(opener)
            shared = _Shared(opener)
            yield from _rows(opener, sheet, shared, dates, _EPOCH_1904 if is_1904 else _EPOCH)
        except (KeyError, etree.LxmlError, zipfile.BadZipFile, EOFError) as error:
            raise SourceTrouble("no_workbook") from error


@dataclass(frozen=True, slots=True)
class _Opener:
    """The parts of a workbook."""

    file: BinaryIO
    parts: dict[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def open(self, name: str, most: int = zipped.MOST_BYTES) -> _Watched:
        """Raises KeyError when there is none, SourceTrouble `bomb` when it is longer than `most`."""
        part = self.parts[name]
        if part.file_size > most:
            raise SourceTrouble("bomb")
        return _Watched(zipped.Part(self.file, part))

    @property
    def asked(self) -> int:
        """How many texts the cells of all sheets can ask for at most, and some."""
        sheets = sum(part.file_size for name, part in self.parts.items() if "worksheets" in name)
        return _MOST_UNASKED + sheets // _SHORTEST_CELL


class _Watched:
    """A part as it is read, which may not go on for long without anything that is looked for."""

    def __init__(self, stream: zipped.Part) -> None:
        self._stream = stream
        self.untold = 0  # bytes since something was found

    def read(self, size: int) -> bytes:
        """As of any stream. Raises SourceTrouble `bomb`."""
        if self.untold > _MOST_UNTOLD:
            raise SourceTrouble("bomb")
        part = self._stream.read(size)
        self.untold += len(part)
        return part


class _Shared:
    """The texts that cells share, in runs of bytes: a list of strings would take four times as much.

    Behind the first runs they are kept packed, so that a sheet of a million texts needs little memory.
    """

    _RUN, _PLAIN = 64 << 10, 256  # bytes of a run, and runs that are not packed

    def __init__(self, opener: _Opener) -> None:
        self._runs: list[bytes] = []
        self._last = bytearray()  # the run that is being filled
        self._starts = array(
            "Q"
        )  # of each text: the number of its run in the upper half, the place in it in the lower
        self._unpacked = lru_cache(64)(self._unpacked_run)
        size = 0
        if "xl/sharedStrings.xml" not in opener:
            return
        told = opener.parts["xl/sharedStrings.xml"]
        if told.file_size > max(_SHARED_RATIO_FROM, told.compress_size * _SHARED_RATIO):
            raise SourceTrouble("bomb")
        most = opener.asked
        for element in _ended(opener.open("xl/sharedStrings.xml"), ("{*}si",)):
            text = _said(element).encode("utf-8", "replace")
            size += len(text) + 8
            if size > MOST_SHARED:
                raise SourceTrouble("too_much_memory")
            if len(self._starts) >= most:
                raise SourceTrouble("bomb")
            if len(self._last) + len(text) > self._RUN:
                self._close_run()
            self._starts.append(len(self._runs) << 32 | len(self._last))
            self._last += text
            _drop(element)
        self._close_run()

    def _close_run(self) -> None:
        run = bytes(self._last)
        self._runs.append(run if len(self._runs) < self._PLAIN else zlib.compress(run, 1))
        self._last.clear()

    def _unpacked_run(self, number: int) -> bytes:
        return self._runs[number] if number < self._PLAIN else zlib.decompress(self._runs[number])

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._starts):
            return ""
        run, start = divmod(self._starts[number], 1 << 32)
        following = self._starts[number + 1] if number + 1 < len(self._starts) else -1
        end = following & 0xFFFFFFFF if following >> 32 == run else None  # it is the last of its run
        return self._unpacked(run)[start:end].decode("utf-8")


def _ended(stream: _Watched, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Elements as they end. Raises SourceTrouble `entities` when the part declares any."""
    found = etree.iterparse(
        stream,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for _, element in found:
        if element.getroottree().docinfo.doctype:
            raise SourceTrouble("entities")
        yield element
        break
    for _, element in found:
        stream.untold = 0
        yield element


def _drop(element: etree._Element) -> None:
    """Forget an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _first_sheet(opener: _Opener) -> tuple[str, bool]:
    """The part of the first sheet that is not hidden, and whether its days count from 1904."""
    targets = {}
    for element in _ended(opener.open("xl/_rels/workbook.xml.rels", _MOST_ABOUT), ("{*}Relationship",)):
        target = element.get("Target", "")
        targets[element.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        )
        _drop(element)
    is_1904, shown, hidden = False, "", ""
    for element in _ended(opener.open("xl/workbook.xml", _MOST_ABOUT), ("{*}workbookPr", "{*}sheet")):
        if element.tag.endswith("workbookPr"):
            is_1904 = element.get("date1904", "0") in ("1", "true")
            continue
        place = targets.get(next((v for k, v in element.attrib.items() if str(k).endswith("}id")), ""), "")
        if place not in opener or "worksheets" not in place:
            continue
        if element.get("state", "visible") == "visible":
            shown = shown or place
        hidden = hidden or place
    return shown or hidden, is_1904


def _date_styles(opener: _Opener) -> frozenset[int]:
    """The styles under which a number is a date."""
    if "xl/styles.xml" not in opener:
        return frozenset()
    own: dict[int, bool] = {}
    dates, number = set(), 0
    for element in _ended(opener.open("xl/styles.xml", _MOST_ABOUT), ("{*}numFmt", "{*}xf")):
        if element.tag.endswith("numFmt"):
            code = _NO_DATE.sub("", element.get("formatCode", "")[:200]).casefold()
            own[_whole(element.get("numFmtId"))] = bool(re.search("[ymdhs年月日]", code))
        elif (parent := element.getparent()) is not None and str(parent.tag).endswith("cellXfs"):
            form = _whole(element.get("numFmtId"))
            if own.get(form, form in _BUILT_IN_DATES):
                dates.add(number)
            number += 1
        _drop(element)
    return frozenset(dates)


def _rows(
    opener: _Opener,
    sheet: str,
    shared: _Shared,
    dates: frozenset[int],
    epoch: datetime,
) -> Iterator[tuple[int, list[Cell]]]:
    cells: list[Cell] = []
    number = silent = of_row = dropped = 0
    told = False
    for element in _ended(opener.open(sheet), ("{*}row", "{*}c", "{*}sheetData")):
        kind = element.tag[-1]
        if kind == "a":
            return
        if kind == "c":
            of_row += 1
            column = _column(element.get("r"), len(cells))
            value = _value(element, shared, dates, epoch) if len(element) and column < MOST_COLUMNS else None
            if value is None or value == "":
                silent += 1
            else:
                told = True
            if column < MOST_COLUMNS:
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = value
        else:
            number = _whole(element.get("r")) or number + 1
            if told:
                if number > MOST_ROWS:
                    raise SourceTrouble("too_much_memory")
                yield number, cells
                silent = max(0, silent - _SILENT_FOR_EACH)
            else:
                silent += 1
            cells, of_row, told = [], 0, False
            dropped += 1
        if of_row > _MOST_CELLS:
            raise SourceTrouble("bomb")
        if silent > _MOST_SILENT:
            raise SourceTrouble("empty_rows")
        if kind == "c" or dropped % _DROPPED == 0:
            _drop(element)


def _column(reference: str | None, following: int) -> int:
    """Column from 0 of `BC12`; the following one where the cell does not say."""
    column = 0
    for char in reference or "":
        if not "A" <= char <= "Z" or column > 20_000:
            break
        column = column * 26 + ord(char) - 64
    return column - 1 if column else following


def _value(element: etree._Element, shared: _Shared, dates: frozenset[int], epoch: datetime) -> Cell:
    kind = element.get("t", "n")
    if kind == "inlineStr":
        inside = element.find("{*}is")
        return _said(inside) if inside is not None else None
    written = (element.findtext("{*}v") or "").strip() if kind != "str" else element.findtext("{*}v") or ""
    if not written or kind == "e":
        return None
    if kind == "s":
        return shared[_whole(written)]
    if kind == "b":
        return written == "1"
    if kind != "n":
        return _unescaped(written)[:_LONGEST]
    return _number(written, dated=_whole(element.get("s")) in dates, epoch=epoch)


def _number(written: str, *, dated: bool, epoch: datetime) -> Cell:
    if not dated and _PLAIN_NUMBER.fullmatch(written):
        return int(written)
    try:
        number = float(written)
    except ValueError:
        return None
    if not dated:
        return int(number) if abs(number) < 1e18 and number.is_integer() else number
    if not 0 <= number < _LAST_DAY:
        return None
    if epoch == _EPOCH and number < 60:
        number += 1  # the format knows a 29 February 1900
    seconds = round(number * 86_400)
    return (epoch + timedelta(seconds=seconds)).isoformat()


def _said(element: etree._Element) -> str:
    """The text of a shared or inline string: its runs, without hints of pronunciation."""
    parts: list[str] = []
    for child in element.iter("{*}t"):
        parent: Any = child.getparent()
        if parent is not None and str(parent.tag).endswith("rPh"):
            continue
        parts.append(child.text or "")
    return _unescaped("".join(parts))[:_LONGEST]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
