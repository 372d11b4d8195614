"""B4: workbooks, Parquet files and texts that want to become big ones when they are brought in."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.collect import workbooks
from tests.collect.bombs import MB, Bytes, gzip_of, laughs, unfolding, zeros_deflated


def _zip_of(*members: tuple[str, bytes, int, int], places: list[int] | None = None) -> bytes:
    """A zip by hand: each member is (name, packed, unpacked size, CRC); `places` lets members overlap."""
    out, central = bytearray(), bytearray()
    for number, (name, packed, size, crc) in enumerate(members):
        at = places[number] if places else len(out)
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, crc, len(packed), size & 0xFFFFFFFF, len(name), 0)
        if at >= len(out):
            out += b"PK\x03\x04" + fields + name.encode() + packed
        central += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        central += struct.pack("<HHHII", 0, 0, 0, 0, at) + name.encode()
    start = len(out)
    ending = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(central), start, 0)
    return bytes(out + central + b"PK\x05\x06" + ending)


def _members(count: int) -> bytes:
    return _zip_of(*((f"x{n:05}", b"\x03\x00", 0, 0) for n in range(count)))


def _overlapping(count: int, size: int) -> bytes:
    """Many entries of the list lead to the same packed megabytes (Fifield 2019, full overlap)."""
    packed, crc = zeros_deflated(size)
    return _zip_of(*((f"x{n:05}", packed, size * MB, crc) for n in range(count)), places=[0] * count)


def book(**replaced: tuple[bytes, int, int]) -> bytes:
    """A workbook with parts that are packed already: (packed, size, CRC)."""
    written = {
        **workbooks.PARTS,
        "xl/worksheets/sheet1.xml": f'{workbooks.HEAD}<worksheet xmlns="{workbooks.MAIN}"><sheetData>'
        f"{workbooks.GOOD}</sheetData></worksheet>",
    }
    members = {
        name: (zlib.compress(text.encode(), 9, -15), len(text), zlib.crc32(text.encode()))
        for name, text in written.items()
    } | replaced
    return _zip_of(*((name, *part) for name, part in members.items()))


def _packed(part: bytes) -> tuple[bytes, int, int]:
    return zlib.compress(part, 9, -15), len(part), zlib.crc32(part)


def _repeated(head: str, piece: str, tail: str, times: int, noise: int = 0) -> tuple[bytes, int, int]:
    """A part of XML that says the same again and again; `noise` bytes that do not pack keep its ratio low."""
    told = random.Random(4).randbytes(noise).hex()
    text = f"{workbooks.HEAD}{head}{piece * times}{tail}<!--{told}-->".encode()
    return zlib.compress(text, 9, -15), len(text), zlib.crc32(text)


def _shared(times: int, noise: int = 0) -> tuple[bytes, int, int]:
    rng = random.Random(4)
    told = "".join(f"<si><t>{rng.randbytes(500).hex()}</t></si>" for _ in range(noise // 500))
    return _repeated(
        f'<sst xmlns="{workbooks.MAIN}">{told}', f"<si><t>{'x' * 1000}</t></si>", "</sst>", times
    )


def _sheet(piece: str, times: int, noise: int = 0) -> tuple[bytes, int, int]:
    head = f'<worksheet xmlns="{workbooks.MAIN}"><sheetData>'
    return _repeated(head, piece, "</sheetData></worksheet>", times, noise)


def _zeros(size: int) -> tuple[bytes, int, int]:
    packed, crc = zeros_deflated(size, b" ")
    return packed, size * MB, crc


def _asked_for(count: int, thousands: int) -> bytes:
    """So many shared texts of so many thousand signs, below the ratio, and a row for each of them."""
    noise, own = (
        random.Random(4).randbytes(3_300_000).hex(),
        6_600_000 // count,
    )  # signs of each that nothing packs
    cells = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(count))
    told = "".join(
        f"<si><t>{noise[n * own : (n + 1) * own]}{'x' * (1000 * thousands - own)}</t></si>"
        for n in range(count)
    )
    sheet = f'{workbooks.HEAD}<worksheet xmlns="{workbooks.MAIN}"><sheetData>{workbooks.GOOD}{cells}</sheetData></worksheet>'
    return book(
        **{
            SHARED: _packed(f'<sst xmlns="{workbooks.MAIN}">{told}</sst>'.encode()),
            SHEET: _packed(sheet.encode()),
        }
    )


SHEET, SHARED, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
CELL = '<c r="A1" t="inlineStr"><is><t>x</t></is></c>'
BOOKS: dict[str, Bytes] = {
    "10,000 members": lambda: _members(10_000),
    "60,000 members": lambda: _members(60_000),
    "overlapping, 250 × 100 MB": lambda: _overlapping(250, 100),
    "overlapping, 1,900 × 1 MB": lambda: _overlapping(1_900, 1),
    "a zip in a zip": workbooks.nested,
    "sheet of 1 GB": lambda: book(**{SHEET: _zeros(1024)}),
    "sheet that hides its 1 GB": lambda: book(**{SHEET: (_zeros(1024)[0], 9_000, 0)}),
    "texts of 1 GB": lambda: book(**{SHARED: _zeros(1024)}),
    "texts of 250 MB, ratio 90": lambda: book(**{SHARED: _shared(250_000, 2_700_000)}),
    "texts of 100 MB, ratio 29": lambda: book(**{SHARED: _shared(100_000, 3_600_000)}),
    "texts of 100 MB, ratio 30": lambda: book(**{SHARED: _shared(100_000, 3_300_000)}),
    "texts of 100 MB, ratio 25, all asked for": lambda: _asked_for(100_000, 1),
    "texts of 100 MB, ratio 25, long and asked for": lambda: _asked_for(3_200, 32),
    "styles of 150 MB, ratio 90": lambda: book(
        **{
            STYLES: _repeated(
                f'<styleSheet xmlns="{workbooks.MAIN}"><cellXfs>',
                "<xf numFmtId='14'/>",
                "",
                8_000_000,
                1_500_000,
            )
        }
    ),
    "names of 100 MB, ratio 90": lambda: book(
        **{
            "xl/_rels/workbook.xml.rels": _repeated(
                "<Relationships>",
                "<Relationship Id='rId1' Target='x'/>",
                "</Relationships>",
                2_500_000,
                1_100_000,
            )
        }
    ),
    "one row of 2 million cells": lambda: book(**{SHEET: _sheet(CELL, 2_000_000, 1_000_000)}),
    "rows that hold nothing": lambda: book(**{SHEET: _sheet("<row/>", 20_000_000, 1_300_000)}),
    "rows of styled cells that hold nothing": lambda: book(
        **{SHEET: _sheet('<row r="1"><c r="A1" s="1"/><c r="B1" s="1"/></row>', 3_000_000, 1_300_000)}
    ),
    "a text for every 500,000 empty rows": lambda: book(
        **{SHEET: _sheet("<row/>" * 500_000 + f"<row>{CELL}</row>", 40, 1_300_000)}
    ),
    "elements that are no rows": lambda: book(**{SHEET: _sheet("<x/>", 30_000_000, 1_300_000)}),
    "a comment of 150 MB": lambda: book(**{SHEET: _sheet("x", 150_000_000, 1_600_000)}),
    "a huge dimension": lambda: book(
        **{
            SHEET: _sheet(
                '<dimension ref="A1:XFD1048576"/><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 1
            )
        }
    ),
    "laughs": lambda: book(
        **{"xl/workbook.xml": _packed(unfolding(("workbook", "<sheets>%s</sheets>"), laughs(), "&l9;"))}
    ),
    "attributes by default": lambda: book(
        **{
            SHEET: _packed(
                unfolding(
                    ("worksheet", "<sheetData>%s</sheetData>"),
                    f"<!ATTLIST row x CDATA '{'a' * 60_000}'>",
                    "<row/>" * 200_000,
                )
            )
        }
    ),
}


def parquet_of(table: pa.Table, **how: object) -> bytes:
    out = pa.BufferOutputStream()
    pq.write_table(table, out, **how)
    return bytes(out.getvalue().to_pybytes())


def _same(text: str, count: int) -> pa.Table:
    """One text for so many rows, held once."""
    index = pa.array([0], pa.int32()).take(pa.array([0] * 1)).to_numpy(zero_copy_only=False).repeat(count)
    return pa.table({"text": pa.DictionaryArray.from_arrays(pa.array(index, pa.int32()), pa.array([text]))})


PARQUET: dict[str, Bytes] = {
    "20 million rows of one text": lambda: parquet_of(
        _same("water is off", 20_000_000), row_group_size=20_000_000
    ),
    "one text of 8 MB for 100,000 rows": lambda: parquet_of(
        _same("x" * (8 * MB), 100_000), compression="zstd"
    ),
    "a text of 1 GB": lambda: parquet_of(
        pa.table({"text": pa.array(["x" * (1 << 30)], pa.large_string())}),
        compression="zstd",
        use_dictionary=False,
    ),
    "a text of 200 MB": lambda: parquet_of(
        pa.table({"text": pa.array(["x" * (200 * MB)])}), compression="zstd", use_dictionary=False
    ),
    "a text of 24 MB": lambda: parquet_of(
        pa.table({"text": ["x" * (24 * MB)]}), compression="zstd", use_dictionary=False
    ),
    "20,000 columns": lambda: parquet_of(pa.table({f"c{n}": ["x"] for n in range(20_000)})),
    "says 2^60 rows": lambda: _more_rows(parquet_of(pa.table({"text": ["x"] * 77_777}))),
    "says a footer of 2 GB": lambda: b"PAR1" + b"x" * 1000 + struct.pack("<I", 2**31 - 1) + b"PAR1",
}


def _more_rows(raw: bytes) -> bytes:
    """Its row counts (thrift's varints) replaced by as long ones as fit."""

    def varint(number: int) -> bytes:
        out = bytearray()
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        return bytes([*out, number])

    true = varint(77_777 * 2)
    return raw.replace(true, b"\xff" * (len(true) - 1) + b"\x7f")


TEXTS: dict[str, Bytes] = {
    "gzip of 1 GB": lambda: gzip_of(1024, b'{"text":"x"}\n'),
    "gzip of 1 GB of lines": lambda: gzip_of(1024, b'{"text":"x"}\n', b"\n"),
    "gzip of 1 GB of short lines": lambda: gzip_of(1024, b"text\n", b"x\n"),
    "gzip of 200 MB of lines, ratio 200": lambda: gzip_of(
        200, b'{"text":"%s"}\n' % random.Random(4).randbytes(400_000).hex().encode(), b"\n"
    ),
    "commas": lambda: b"id,text\n" + b",\n" * 2_000_000,
    "gzip of 1 GB without a line": lambda: gzip_of(1024),
    "gzip of gzip": lambda: zlib.compress(gzip_of(1024), 9, 31),
    "deep JSON": lambda: b'{"text":"a"}\n' + b'{"a":' * 200_000 + b"\n" + b"[" * 1_000_000,
    "a line of 60 MB": lambda: b'{"text":"a"}\n{"text":"' + b"x" * (60 * MB),
    "a heading of 500,000 columns": lambda: b"text," + b"a," * 500_000 + b"\n" + b"x," * 500_000 + b"\n",
    "numbers": lambda: b'{"text":"a","id":' + b"9" * 1_000_000 + b"}\n",
    "quotes without end": lambda: b"id,text\n" + b'1,"x\n' * 100_000,
}
FILES: dict[str, dict[str, Bytes]] = {"xlsx": BOOKS, "parquet": PARQUET, "text": TEXTS}


def written(folder: Path, make: Bytes) -> Path:
    """The bomb as a file."""
    path = folder / "bomb"
    path.write_bytes(make())
    return path
