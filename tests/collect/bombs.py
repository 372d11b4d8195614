"""B4: small documents that want to become big ones, for every door that takes their kind.

Each builder gives the bytes of one; none of them takes more than a moment to build.
"""

from __future__ import annotations

import base64
import io
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from tests.collect import workbooks
from tests.collect.mails import mail, parts, with_pictures

Bytes = Callable[[], bytes]
MB = 1 << 20


def zeros_deflated(size: int, fill: bytes = b"\0") -> tuple[bytes, int]:
    """A raw deflate stream of so many megabytes of one byte, and its CRC: made of one megabyte, repeated."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = pack.compress(fill * MB) + pack.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(size if size < 100 else 0):  # a big one is refused long before its CRC is looked at
        crc = zlib.crc32(fill * MB, crc)
    return one * size + b"\x03\x00", crc


def gzip_of(size: int, head: bytes = b"", fill: bytes = b"\0") -> bytes:
    """A gzip of `head` and so many megabytes of one byte."""
    begin = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    lead = (
        begin + zlib.compress(head, 9, -15) + struct.pack("<II", zlib.crc32(head), len(head)) if head else b""
    )
    packed, crc = zeros_deflated(size, fill)
    return lead + begin + packed + struct.pack("<II", crc, (size * MB) & 0xFFFFFFFF)


# --- XML ------------------------------------------------------------------------------------------------

FEED = ("rss", "<channel><item><title>%s</title><link>http://a.example/</link></item></channel>")
OPML = ("opml", "<body><outline text='%s' xmlUrl='http://a.example/f'/></body>")
CITY = ("service_requests", "<request><description>%s</description></request>")


def _xml(kind: tuple[str, str], subset: str, said: str, encoding: str = "utf-8") -> bytes:
    root, body = kind
    head = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE {root} [{subset}]>"
    return (head + f"<{root}>" + body.replace("%s", said) + f"</{root}>").encode(encoding)


def _laughs(levels: int = 10) -> str:
    return "<!ENTITY l0 'lol'>" + "".join(
        f"<!ENTITY l{n} '" + f"&l{n - 1};" * 10 + "'>" for n in range(1, levels)
    )


def _in_seven_bits(document: bytes) -> bytes:
    """All of it but the declaration in UTF-7, so that nobody who looks for `<!ENTITY` finds it."""
    _, _, rest = document.decode().partition("?>")
    hidden = base64.b64encode(rest.encode("utf-16-be")).rstrip(b"=")
    return b"<?xml version='1.0' encoding='UTF-7'?>+" + hidden + b"-"


def of_xml(kind: tuple[str, str]) -> dict[str, Bytes]:
    """Documents of this kind (name of the root, what is in it) that unfold."""
    root = kind[0]
    defaults = f"<!ATTLIST {root} x CDATA '{'a' * 60_000}'><!ATTLIST y x CDATA '{'a' * 60_000}'>"
    return {
        "billion laughs": lambda: _xml(kind, _laughs(), "&l9;"),
        "billion laughs, UTF-16": lambda: _xml(kind, _laughs(), "&l9;", "utf-16"),
        "billion laughs, UTF-7": lambda: _in_seven_bits(_xml(kind, _laughs(), "&l9;")),
        "billion laughs, EBCDIC": lambda: _xml(kind, _laughs(), "&l9;", "cp037"),
        "quadratic": lambda: _xml(kind, f"<!ENTITY q '{'q' * 60_000}'>", "&q;" * 50_000),
        "quadratic, short": lambda: _xml(kind, f"<!ENTITY q '{'q' * 60}'>", "&q;" * 1_500_000),
        "parameters": lambda: _xml(kind, "<!ENTITY % a 'x'><!ENTITY % b '%a;%a;'>%b;", "x"),
        "from a file": lambda: _xml(kind, "<!ENTITY f SYSTEM 'file:///dev/zero'>", "&f;"),
        "from afar": lambda: _xml(kind, "<!ENTITY f SYSTEM 'http://127.0.0.1:9/'>", "&f;"),
        "from afar, a subset": lambda: (
            f"<!DOCTYPE {root} SYSTEM 'http://127.0.0.1:9/'><{root}>&f;</{root}>".encode()
        ),
        "attributes by default": lambda: _xml(kind, defaults, "x").replace(
            f"</{root}>".encode(), b"<y/>" * 500_000 + f"</{root}>".encode()
        ),
        "attributes": lambda: (
            b"<%s %s/>" % (root.encode(), b" ".join(b"a%d='b'" % n for n in range(500_000)))
        ),
        "depth": lambda: f"<{root}>".encode() + b"<a>" * 3_000_000,
        "one tag": lambda: f"<{root} a='".encode() + b"x" * (9 * MB),
        "a comment": lambda: b"<!--" + b"-" * (9 * MB),
    }


# --- JSON -----------------------------------------------------------------------------------------------


def of_json(around: str = "%s") -> dict[str, Bytes]:
    """JSON (with something around it) that is deep, or made of numbers without end."""

    def with_(inside: bytes) -> bytes:
        return around.encode().replace(b"%s", inside)

    return {
        "deep lists": lambda: with_(b"[" * (9 * MB)),
        "deep objects": lambda: with_(b'{"a":' * (2 * MB)),
        "a long number": lambda: with_(b"9" * (9 * MB)),
        "a high power": lambda: with_(b"1e" + b"9" * (9 * MB)),
        "a long string": lambda: with_(b'"' + b"\\u0041" * (MB + MB // 2)),
    }


# --- pictures -------------------------------------------------------------------------------------------


def png(across: int, high: int, colour: int = 0, *, cut: bool = False) -> bytes:
    """A PNG of zeros that is so big; `colour` 0 grey, 2 RGB, 6 RGBA. Cut: it says so and holds nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    bands = {0: 1, 2: 3, 3: 1, 6: 4}[colour]
    size = 0 if cut else (across * bands + 1) * high // MB + 1
    packed, _ = zeros_deflated(size)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", across, high, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"\x78\xda" + packed) + chunk(b"IEND", b"")


def _jpeg(across: int, high: int, *, progressive: bool = False) -> bytes:
    """A small JPEG that says it is so big: its decoder makes room before it misses what is not there."""
    out = io.BytesIO()
    Image.new("RGB", (640, 640), "red").save(out, "JPEG", progressive=progressive)
    raw = bytearray(out.getvalue())
    at = raw.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    raw[at + 5 : at + 9] = struct.pack(">HH", high, across)
    return bytes(raw)


def _saved(size: tuple[int, int], kind: str, mode: str = "RGB", **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


PICTURES: dict[str, Bytes] = {
    "PNG that says 2 billion": lambda: png(2**31 - 1, 2**31 - 1, cut=True),
    "PNG, 625 M pixels": lambda: png(25_000, 25_000),
    "PNG, 25 M pixels, grey": lambda: png(5_000, 5_000),
    "PNG, 25 M pixels, RGB": lambda: png(5_000, 5_000, 2),
    "PNG, 25 M pixels, RGBA": lambda: png(5_000, 5_000, 6),
    "PNG, a ribbon": lambda: png(29_999, 800, 6),
    "JPEG that says 4 billion": lambda: _jpeg(65_500, 65_500),
    "JPEG, 88 M pixels": lambda: _jpeg(9_400, 9_400),
    "JPEG, 88 M pixels, progressive": lambda: _jpeg(9_400, 9_400, progressive=True),
    "JPEG, 12 M pixels, progressive": lambda: _jpeg(4_000, 3_000, progressive=True),
    "PNG, 12 M pixels, RGBA": lambda: png(4_000, 3_000, 6),
    "WebP, 3 M pixels": lambda: _saved((2_000, 1_700), "WEBP", lossless=True),
    "WebP, 12 M pixels": lambda: _saved((4_000, 3_000), "WEBP", lossless=True),
    "WebP, 24 M pixels": lambda: _saved((6_000, 4_000), "WEBP", lossless=True),
    "WebP, 24 M pixels, clear": lambda: _saved((6_000, 4_000), "WEBP", "RGBA", lossless=True),
    "GIF, 24 M pixels": lambda: _saved((6_000, 4_000), "GIF", "P"),
}


# --- mail and calendars -----------------------------------------------------------------------------------


def _nested(depth: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return head.encode() + b"\r\nx"


def _letters(depth: int) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" * depth + b"\r\nx"


def _html_mail(markup: bytes) -> bytes:
    kind, body = parts(("Content-Type: text/html", markup))
    return mail(body, kind=kind)


MAILS: dict[str, Bytes] = {
    "bundles in bundles": lambda: _nested(20_000),
    "mails in mails": lambda: _letters(100_000),
    "many parts": lambda: mail("--b\r\n\r\nx\r\n" * 500_000, kind="multipart/mixed; boundary=b"),
    "headers": lambda: b"X-A: b\r\n" * 1_000_000 + b"\r\nx",
    "a header": lambda: b"Subject: " + b"=?utf-8?B?eA==?= " * 400_000 + b"\r\n\r\nx",
    "parameters": lambda: b"Content-Type: text/plain" + b"; a*0=b" * 1_000_000 + b"\r\n\r\nx",
    "gzip attached": lambda: mail(
        base64.encodebytes(gzip_of(1024)).decode(),
        kind="application/gzip\r\nContent-Transfer-Encoding: base64",
    ),
    "deep HTML": lambda: _html_mail(b"<div>" * 1_500_000),
    "HTML of tables": lambda: _html_mail(b"<table><tr><td>" * 500_000),
    "laughs in XHTML": lambda: _html_mail(
        b"<!DOCTYPE html [" + _laughs().encode() + b"]><html><body>&l9;</body></html>"
    ),
}


def _calendar(inside: str) -> bytes:
    start = "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:20260302T090000Z\r\n"
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + start + inside + "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()[:MB]


CALENDARS: dict[str, Bytes] = {
    "every second": lambda: _calendar("RRULE:FREQ=SECONDLY\r\n"),
    "never again": lambda: _calendar("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"),
    "every second of none": lambda: _calendar("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n"),
    "of the year 1": lambda: _calendar("RRULE:FREQ=SECONDLY\r\n").replace(b"DTSTART:2026", b"DTSTART:0001"),
    "many lists": lambda: _calendar(
        f"RRULE:FREQ=YEARLY;BYSECOND={','.join(map(str, range(60)))};BYMINUTE={','.join(map(str, range(60)))};"
        f"BYHOUR={','.join(map(str, range(24)))};BYYEARDAY={','.join(map(str, range(1, 367)))}\r\n"
    ),
    "many events": lambda: _calendar("END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260302T090000Z\r\n" * 17_000),
    "many rules": lambda: _calendar("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n" * 20_000),
    "events that never are": lambda: _calendar(
        "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260302T090000Z\r\n"
        * 9_000
    ),
    "deep": lambda: b"BEGIN:VCALENDAR\r\n" * 60_000,
    "parameters": lambda: _calendar("X-A" + ";B=c" * 200_000 + ":d\r\n"),
    "a folded line": lambda: _calendar("X-A:" + "\r\n x" * 200_000 + "\r\n"),
}

# --- what parse workers are given -------------------------------------------------------------------------

PAGES: dict[str, Bytes] = {
    "deep": lambda: b"<html><body>" + b"<div>" * 1_900_000,
    "tables": lambda: b"<html><body>" + b"<table><tr><td>" * 600_000,
    "formatting": lambda: b"<html><body>" + b"<p><b><i><u><a href=x>" * 400_000,
    "attributes": lambda: b"<html><body " + b" ".join(b"a%d=b" % n for n in range(700_000)) + b"><p>x",
    "laughs": lambda: b"<!DOCTYPE html [" + _laughs().encode() + b"]><html><body><p>&l9;</p></body></html>",
    "comments": lambda: b"<html><body>" + b"<!--x-->" * 1_100_000,
    "a meta": lambda: b"<html><head><script type='application/ld+json'>" + b"[" * (9 * MB) + b"</script>",
}
JOBS: dict[str, dict[str, Bytes]] = {
    "feed": {
        **of_xml(FEED),
        **of_json('{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": %s'),
        "gzip": lambda: gzip_of(1024),
        "gzip of gzip": lambda: zlib.compress(gzip_of(1024), 9, 31),
        "a web page of depth": PAGES["deep"],
    },
    "feed_hubs": {**of_json('{"hubs": %s'), "links": lambda: b"<link " * 1_500_000},
    "opml": of_xml(OPML),
    "open311": {**of_xml(CITY), **of_json('[{"service_request_id": %s')},
    "mastodon_listing": of_json('[{"id": %s'),
    "mastodon_instance": of_json('{"configuration": %s'),
    "page": PAGES,
    "mail": MAILS,
    "mail_pictures": {
        name: lambda make=make: with_pictures("Look", *[make()] * 6)  # type: ignore[misc]
        for name, make in PICTURES.items()
    },
    "picture": PICTURES,
    "calendar": CALENDARS,
}


def _tagged(number: int) -> bytes:
    return struct.pack(">BI", 0x9A, number)  # CBOR: a list of so many


# One message of a stream is at most 1 MB (5 MB from a relay); its frame is ours.
MESSAGES: dict[str, dict[str, Bytes]] = {
    "mastodon_events": {
        name: lambda make=make: make()[:MB]  # type: ignore[misc]
        for name, make in of_json('{"event": "update", "payload": %s').items()
    },
    "bluesky_jetstream": {
        name: lambda make=make: make()[:MB]  # type: ignore[misc]
        for name, make in of_json('{"kind": "commit", "commit": %s').items()
    },
    "bluesky_repos": {
        "deep lists": lambda: b"\x81" * (5 * MB),
        "a list of 4 billion": lambda: _tagged(2**32 - 1),
        "lists of 4 billion": lambda: _tagged(2**32 - 1) * 100_000,
        "a text of 4 billion": lambda: struct.pack(">BI", 0x7A, 2**32 - 1),
        "bytes of 2^63": lambda: struct.pack(">BQ", 0x5B, 2**63),
        "deep tags": lambda: b"\xd8\x2a" * (2 * MB),
        "empty lists": lambda: struct.pack(">BI", 0x9A, 5 * MB - 5) + b"\x80" * (5 * MB - 5),
    },
}


# --- files ------------------------------------------------------------------------------------------------


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
    "texts of 100 MB, ratio 30": lambda: book(**{SHARED: _shared(100_000, 3_300_000)}),
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
        **{"xl/workbook.xml": _packed(_xml(("workbook", "<sheets>%s</sheets>"), _laughs(), "&l9;"))}
    ),
    "attributes by default": lambda: book(
        **{
            SHEET: _packed(
                _xml(
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
