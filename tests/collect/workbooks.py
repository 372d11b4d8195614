"""Workbooks for tests, written by another library or by hand where they are hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
GOOD = '<row r="1"><c t="inlineStr"><is><t>text</t></is></c></row><row r="2"><c t="inlineStr"><is><t>hello</t></is></c></row>'


def written(path: Path, rows: Sequence[Sequence[Any]], name: str = "Posts") -> Path:
    """A workbook as spreadsheets save it; datetimes become dates, None stays empty."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy/m/d h:mm"}) as book:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(at, column, value)
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)
    return path


def by_hand(path: Path, rows: str = GOOD, **parts: str | bytes) -> Path:
    """A workbook whose sheet holds this XML; `parts` replace others, "" leaves one out."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        sheet = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        for name, content in {**PARTS, "xl/worksheets/sheet1.xml": sheet, **parts}.items():
            if content:
                book.writestr(name, content)
    return path


def lying(path: Path, content: bytes, claimed: int) -> Path:
    """A workbook whose sheet unpacks to `content`, though the zip claims fewer bytes."""
    by_hand(path, **{"xl/worksheets/sheet1.xml": content})
    raw = bytearray(path.read_bytes())
    true = len(content).to_bytes(4, "little")
    at = raw.find(true)
    while at >= 0:
        raw[at : at + 4] = claimed.to_bytes(4, "little")
        at = raw.find(true, at + 4)
    path.write_bytes(raw)
    return path


def locked(path: Path) -> Path:
    """A workbook whose parts say that they need a password."""
    by_hand(path)
    raw = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(sign)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(sign, at + 4)
    path.write_bytes(raw)
    return path


def nested() -> bytes:
    """A zip bomb inside a zip: what is inside is never opened."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", b"\x00" * (64 << 20))
    return inner.getvalue()
