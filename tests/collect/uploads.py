"""B11: files that lie about what they are, are two things at once, or grow when they are opened; and names that point elsewhere."""

from __future__ import annotations

import struct
import zipfile
import zlib
from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from tests.collect.mails import mail, parts
from tests.understand.drawn import file, picture

HIDDEN = b"zyzzyvahidden"  # stands behind or beside the pixels of pictures: it may not come out again
SCRIPT = b"<html><script>alert('zyzzyvahidden')</script></html>"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file, what it is sent as, and what has to become of it."""

    name: str
    declared: str
    content: bytes
    state: str  # drawn or held
    kind: str


def _zip(name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(across: int, high: int, rows: bytes) -> bytes:
    """A PNG that says it is so big."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", across, high, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _gif_and_script() -> bytes:
    """A GIF whose comment is a program: GIF89a/*…*/=1;alert(1)."""
    made = BytesIO()
    Image.new("P", (0x2F2A, 3)).save(made, "GIF")  # the width reads as /*
    return made.getvalue() + b"*/=1;alert('" + HIDDEN + b"');"


def _many_frames(count: int) -> bytes:
    whole = file(picture(2).resize((60, 45)), "GIF")
    at = whole.index(b",\x00\x00\x00\x00")
    return whole[:at] + whole[at:-1] * count + b";"


def _moving_png(count: int) -> bytes:
    frames = [Image.effect_noise((16, 16), 90) for _ in range(count)]
    return file(frames[0], "PNG", save_all=True, append_images=frames[1:])


def _owned() -> bytes:
    """As a telephone saves it, with owner and place in its metadata."""
    exif = Image.Exif()
    exif[0x013B] = HIDDEN.decode()
    exif[0x0112] = 6  # it lies on its side
    return file(picture(1), "JPEG", exif=exif.tobytes(), comment=HIDDEN)


JPEG, PNG, PDF = (
    file(picture(3), "JPEG"),
    file(picture(4), "PNG"),
    b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
)
EXE = b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode." + bytes(200)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
UPLOADS: dict[str, Upload] = {
    "gif and script": Upload("a.gif", "image/gif", _gif_and_script(), "drawn", "picture"),
    "jpeg and html": Upload("a.jpg", "image/jpeg", JPEG + SCRIPT, "drawn", "picture"),
    "png and zip": Upload("a.png", "image/png", PNG + _zip("x.txt", HIDDEN), "drawn", "picture"),
    "pdf and html": Upload("a.pdf", "application/pdf", PDF + SCRIPT, "held", "pdf"),
    "html before a jpeg": Upload("a.jpg", "image/jpeg", SCRIPT + JPEG, "held", "page"),
    "zip and program": Upload("a.zip", "application/zip", EXE + _zip("x", b"y"), "held", "program"),
    "program as jpeg": Upload("holiday.jpg", "image/jpeg", EXE, "held", "program"),
    "svg as png": Upload("map.png", "image/png", SVG, "held", "page"),
    "svg as itself": Upload("map.svg", "image/svg+xml", SVG, "held", "page"),
    "html as text": Upload("note.txt", "text/plain", SCRIPT, "held", "page"),
    "html as itself": Upload("note.html", "text/html", SCRIPT, "held", "page"),
    "script": Upload("a.js", "application/javascript", b"alert(1);" * 9, "held", "text"),
    "pdf as jpeg": Upload("a.jpg", "image/jpeg", PDF, "held", "pdf"),
    "jpeg as program": Upload("a.exe", "application/x-msdownload", JPEG, "drawn", "picture"),
    "jpeg as text": Upload("a.txt", "text/plain", JPEG, "drawn", "picture"),
    "word with a program": Upload(
        "a.docm", "application/msword", _zip("[Content_Types].xml", b"<x/>"), "held", "office"
    ),
    "metadata": Upload("IMG_1.jpg", "image/jpeg", _owned(), "drawn", "picture"),
    "damaged": Upload("a.jpg", "image/jpeg", JPEG[: len(JPEG) // 3], "held", "picture"),
    "a tiff": Upload("a.tif", "image/tiff", file(picture(0), "TIFF"), "held", "picture"),
    "huge dimensions": Upload("a.png", "image/png", png(2**31 - 1, 2**31 - 1, b""), "held", "picture"),
    "a bomb": Upload("a.png", "image/png", png(25_000, 25_000, bytes(3_000_000)), "held", "picture"),
    "a bomb within the pixels": Upload("a.png", "image/png", png(4_900, 4_900, bytes(4_901 * 4_900)), "drawn", "picture"),
    "a wide webp": Upload(
        "a.webp", "image/webp",
        b"RIFF\x1e\x00\x00\x00WEBPVP8L\x11\x00\x00\x00\x2f\xff\xff\xff\x0f" + bytes(13), "held", "picture",
    ),
    "thousands of frames": Upload("a.gif", "image/gif", _many_frames(2_000), "drawn", "picture"),
    "frames of a png": Upload("a.png", "image/png", _moving_png(300), "drawn", "picture"),
    "zip bomb": Upload("a.zip", "application/zip", _zip("0", bytes(10_000_000)), "held", "archive"),
    "nothing": Upload("a.pdf", "application/pdf", b"", "held", "empty"),
    "a mail": Upload("m.eml", "message/rfc822", mail("Hear this"), "held", "text"),
    "no type": Upload("a", "x", b"\x00\x01" * 50, "held", "other"),
}  # fmt: skip
# What a file is called, and what is left of it on our pages.
NAMES: dict[str, str] = {
    "../../etc/passwd": "passwd",
    "/etc/cron.d/x": "x",
    "C:\\Windows\\x.exe": "x.exe",
    "C:x.pdf": "x.pdf",
    "..": "",
    ".": "",
    "....//....//x.pdf": "x.pdf",
    "a\x00b.pdf": "ab.pdf",
    "bill\u202egpj.exe": "billgpj.exe",
    "\u2066\u200bx\ufeff.pdf": "x.pdf",
    "a\r\nSet-Cookie: x=1.pdf": "x=1.pdf",
    'x"; filename="y.exe': 'x"; filename="y.exe',
    "<img src=x onerror=alert(1)>.png": "<img src=x onerror=alert(1)>.png",
    "=cmd|' /C calc'!A0.csv": "C calc'!A0.csv",
    "ann.reader@post.example.pdf": "✉….pdf",
    "07412_123456.jpg": "☎….jpg",
    "CV 07412123456.docx": "CV ☎….docx",
    "@canary_of_the_mill.png": "@….png",
    "": "",
    "水.pdf": "水.pdf",
    "\ud800x.pdf": "x.pdf",
}


def part_of(one: Upload, name: str | None = None) -> tuple[str, bytes]:
    """A file as a part of a mail: its headers and its content in base64."""
    called = (one.name if name is None else name).encode("utf-8", "surrogatepass")
    quoted = "".join(f"%{byte:02X}" for byte in called)
    head = f"Content-Type: {one.declared}\nContent-Disposition: attachment; filename*=utf-8''{quoted}"
    return f"{head}\nContent-Transfer-Encoding: base64", _lines(b64encode(one.content))


def _lines(code: bytes) -> bytes:
    return b"\n".join(code[at : at + 76] for at in range(0, len(code), 76))


def with_files(text: str, *files: tuple[str, bytes], **rest: str) -> bytes:
    """A mail with these parts below its words."""
    kind, body = parts(("Content-Type: text/plain; charset=utf-8", text), *files)
    return mail(body, kind=kind, **rest)
