"""B4: small documents that want to become big ones, for every door that takes their kind.

Each builder gives the bytes of one; none of them takes more than a moment to build.
"""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable

import libipld
from PIL import Image

from answerable.collect.bluesky.place import POSTS
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


def unfolding(kind: tuple[str, str], subset: str, said: str, encoding: str = "utf-8") -> bytes:
    root, body = kind
    head = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE {root} [{subset}]>"
    return (head + f"<{root}>" + body.replace("%s", said) + f"</{root}>").encode(encoding)


def laughs(levels: int = 10) -> str:
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
        "billion laughs": lambda: unfolding(kind, laughs(), "&l9;"),
        "billion laughs, UTF-16": lambda: unfolding(kind, laughs(), "&l9;", "utf-16"),
        "billion laughs, UTF-7": lambda: _in_seven_bits(unfolding(kind, laughs(), "&l9;")),
        "billion laughs, EBCDIC": lambda: unfolding(kind, laughs(), "&l9;", "cp037"),
        "quadratic": lambda: unfolding(kind, f"<!ENTITY q '{'q' * 60_000}'>", "&q;" * 50_000),
        "quadratic, short": lambda: unfolding(kind, f"<!ENTITY q '{'q' * 60}'>", "&q;" * 1_500_000),
        "parameters": lambda: unfolding(kind, "<!ENTITY % a 'x'><!ENTITY % b '%a;%a;'>%b;", "x"),
        "from a file": lambda: unfolding(kind, "<!ENTITY f SYSTEM 'file:///dev/zero'>", "&f;"),
        "from afar": lambda: unfolding(kind, "<!ENTITY f SYSTEM 'http://127.0.0.1:9/'>", "&f;"),
        "from afar, a subset": lambda: (
            f"<!DOCTYPE {root} SYSTEM 'http://127.0.0.1:9/'><{root}>&f;</{root}>".encode()
        ),
        "attributes by default": lambda: unfolding(kind, defaults, "x").replace(
            f"</{root}>".encode(), b"<y/>" * 500_000 + f"</{root}>".encode()
        ),
        "attributes": lambda: (
            b"<%s %s/>" % (root.encode(), b" ".join(b"a%d='b'" % n for n in range(500_000)))
        ),
        **{
            f"attributes {how}": lambda quoted=quoted, encoding=encoding: _attributes(root, quoted, encoding)
            for how, (quoted, encoding) in {
                "that hold >": ("'>'", "utf-8"),
                "that hold <b>": ("'<b>'", "utf-8"),
                "behind a <c '": ("''", "utf-8"),
                "in UTF-16": ("''", "utf-16"),
                "in ISO-2022": ("'\u273e\u2022'", "iso2022_jp"),
            }.items()
        },
        "elements side by side": lambda: f"<{root}>".encode() + b"<a/>" * 2_300_000,
        "depth": lambda: f"<{root}>".encode() + b"<a>" * 3_000_000,
        "one tag": lambda: f"<{root} a='".encode() + b"x" * (9 * MB),
        "a comment": lambda: b"<!--" + b"-" * (9 * MB),
    }


def _attributes(root: str, value: str, encoding: str) -> bytes:
    """An element of 100,000 attributes with this value."""
    named = " ".join(f"a{n}={value}" for n in range(100_000))
    return f"<?xml version='1.0' encoding='{encoding}'?><{root} {named}/>".encode(encoding, "replace")


# --- JSON -----------------------------------------------------------------------------------------------


def of_json(around: str = "%s") -> dict[str, Bytes]:
    """JSON (with something around it) that is deep, or made of numbers without end."""

    def with_(inside: bytes) -> bytes:
        return around.encode().replace(b"%s", inside)

    return {
        "deep lists": lambda: with_(b"[" * (9 * MB)),
        "deep objects": lambda: with_(b'{"a":' * (2 * MB)),
        "empty lists": lambda: with_(b"[" + b"[]," * (3 * MB)),
        "short numbers": lambda: with_(b"[" + b"999," * (2 * MB)),
        "short names": lambda: with_(b"{" + b",".join(b'"%x":1' % n for n in range(700_000))),
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
    "flat HTML": lambda: _html_mail(b"<br>" * 1_900_000),
    "HTML of attributes": lambda: _html_mail(b"<p " + b" ".join(b"a%d='>'" % n for n in range(400_000))),
    "HTML of tables": lambda: _html_mail(b"<table><tr><td>" * 500_000),
    "laughs in XHTML": lambda: _html_mail(
        b"<!DOCTYPE html [" + laughs().encode() + b"]><html><body>&l9;</body></html>"
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
    "parameters of a time": lambda: _calendar("EXDATE" + ";B=c" * 200_000 + ":20260302T090000Z\r\n"),
    "days left out": lambda: _calendar("EXDATE:" + "20260302T090000Z," * 55_000 + "20260302T090000Z\r\n"),
    "days left out, in lines": lambda: _calendar("EXDATE:20260302T090000Z\r\n" * 26_900),
    "days left out, of zones": lambda: _calendar("EXDATE;TZID=Europe/Madrid:20260302T090000\r\n" * 23_000),
    "lists of days left out": lambda: _calendar(
        f"EXDATE:{'20260302T090000Z,' * 1_100}20260302T090000Z\r\n" * 50
    ),
    "as many events as are read": lambda: _calendar(
        "END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Madrid:20260302T090000\r\n" * 8_900
    ),
    "as many rules as are read": lambda: _calendar(
        "END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260302T090000Z\r\nRRULE:FREQ=DAILY;BYHOUR=9\r\n" * 6_700
    ),
    "zones": lambda: _calendar(
        "END:VEVENT\r\nBEGIN:VTIMEZONE\r\nTZID:a\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n" * 5_900
    ),
    "calendars": lambda: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" * 29_000,
    "a folded line": lambda: _calendar("X-A:" + "\r\n x" * 200_000 + "\r\n"),
}

# --- what parse workers are given -------------------------------------------------------------------------

PAGES: dict[str, Bytes] = {
    "deep": lambda: b"<html><body>" + b"<div>" * 1_900_000,
    "tables": lambda: b"<html><body>" + b"<table><tr><td>" * 600_000,
    "formatting": lambda: b"<html><body>" + b"<p><b><i><u><a href=x>" * 400_000,
    "attributes": lambda: b"<html><body " + b" ".join(b"a%d=b" % n for n in range(700_000)) + b"><p>x",
    "attributes that hold >": lambda: (
        b"<html><body><p " + b" ".join(b"a%d='>'" % n for n in range(700_000)) + b"><p>x"
    ),
    "attributes behind a script": lambda: (
        b'<html><script>a<b ="</script><p ' + b" ".join(b"a%d" % n for n in range(700_000)) + b"><p>x"
    ),
    "tags of 400 attributes": lambda: (b"<p " + b" ".join(b"a%d" % n for n in range(400)) + b">") * 4_500,
    "tags in tags": lambda: b"<p a='<p b=\"" * 800_000,
    "tags of 100 attributes": lambda: (b"<p " + b" ".join(b"a%d" % n for n in range(100)) + b">") * 880,
    "flat": lambda: b"<html><body>" + b"<br>" * 2_300_000,
    "as many tags as are read": lambda: b"<html><body>" + b"<br>" * 119_000,
    "as many words as are read": lambda: b"<html><body><p>" + b"water is off in 2026-03-02. " * 71_000,
    "flat, of words": lambda: b"<html><body>" + b"<p>water is off in Mill Lane</p>" * 59_000,
    "as many elements as the library is shown": lambda: (
        b"<html><body>" + b"<p>water is off in Mill Lane</p>" * 11_900
    ),
    "as many breaks as the library is shown": lambda: b"<html><body>" + b"<br>" * 11_900,
    "one long text": lambda: b"<html><body><p>" + b"water is off in 2026-03-02. " * 340_000,
    "gzip": lambda: gzip_of(1024),
    "authors": lambda: (
        b"<html><head><script type='application/ld+json'>" + b'"author":' * (MB - MB // 16) + b"</script>"
    ),
    "laughs": lambda: b"<!DOCTYPE html [" + laughs().encode() + b"]><html><body><p>&l9;</p></body></html>",
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


def _commit(record: bytes, *, named: bool, behind: bytes = b"") -> bytes:
    """A commit whose CAR holds this record; named: as that of a post."""

    def number(size: int) -> bytes:
        out = bytearray()
        while size > 127:
            out.append(size & 127 | 128)
            size >>= 7
        return bytes([*out, size])

    cid = b"\x01\x71\x12\x20" + b"c" * 32
    head = libipld.encode_dag_cbor({"version": 1, "roots": []})
    car = number(len(head)) + head + number(len(cid) + len(record)) + cid + record + behind
    op = {"action": "create", "path": f"{POSTS}/3l", "cid": cid if named else cid[:-1] + b"d"}
    body = {"seq": 7, "repo": "did:plc:" + "a" * 24, "rev": "3kabcdefghij2", "ops": [op], "blocks": car}
    return bytes(
        libipld.encode_dag_cbor({"op": 1, "t": "#commit"})
        + libipld.encode_dag_cbor({**body, "time": "2026-03-02T09:00:00Z"})
    )


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
        "empty lists side by side": lambda: b"\x80" * (5 * MB),
        "small numbers": lambda: struct.pack(">BI", 0x9A, 5 * MB - 5) + b"\x37" * (5 * MB - 5),
        "a record of empty lists": lambda: _commit(
            struct.pack(">BI", 0x9A, 4 * MB) + b"\x80" * (4 * MB), named=True
        ),
        "a node of empty lists": lambda: _commit(
            struct.pack(">BI", 0x9A, 4 * MB) + b"\x80" * (4 * MB), named=False
        ),
        "parts of nothing": lambda: _commit(b"", named=False, behind=b"\x00" * (4 * MB)),
        "parts of one byte": lambda: _commit(b"", named=False, behind=b"\x01\x80" * (2 * MB)),
    },
}
