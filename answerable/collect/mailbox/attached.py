"""The files of one mail: what each is called, what it says it is, what it is, its size and its digest.

Runs in a parse worker. Nothing is opened here: pictures are drawn anew by `redrawn`, all else stays shut.
"""

from __future__ import annotations

import re
from base64 import b64encode
from email.message import Message
from hashlib import sha256
from typing import TypedDict

from answerable.collect.mailbox.charset import decoded
from answerable.collect.mailbox.enclosed import content
from answerable.collect.mailbox.mail import header_text, is_file, leaves, message_of

MOST_OPENED = 10  # files of one mail whose bytes leave the worker; of others name, size and digest
_MOST_NAME = 10_000  # characters of a name that are looked at
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,40}/[a-z0-9][a-z0-9.+-]{0,70}")
_HEAD = 4_096  # bytes by which a kind is told
_STARTS: tuple[tuple[str, bytes], ...] = (
    ("picture", b"\xff\xd8\xff"), ("picture", b"\x89PNG\r\n\x1a\n"), ("picture", b"GIF8"),
    ("pdf", b"%PDF-"), ("office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("office", b"{\\rtf"),
    ("archive", b"Rar!"), ("archive", b"7z\xbc\xaf\x27\x1c"), ("archive", b"\x1f\x8b"), ("archive", b"BZh"),
    ("archive", b"\xfd7zXZ"), ("program", b"MZ"), ("program", b"\x7fELF"), ("media", b"#!AMR"),
    ("program", b"#!"),
    ("program", b"\xcf\xfa\xed\xfe"), ("program", b"\xca\xfe\xba\xbe"), ("program", b"\x00asm"),
    ("media", b"ID3"), ("media", b"OggS"), ("media", b"\x1aE\xdf\xa3"), ("media", b"fLaC"),
)  # fmt: skip
_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|\?xml|iframe|img|a\s)", re.I)
KINDS = ("picture", "pdf", "office", "archive", "program", "page", "media", "text", "empty", "other")


class File(TypedDict):
    """What leaves the worker: plain JSON."""

    name: str  # as it was sent: hostile
    declared: str  # what its mail says it is, "" for what is no type
    kind: str  # one of KINDS, by its first bytes
    size: int
    sha256: str  # in hex
    content: str  # base64; "" of files past MOST_OPENED


def read(body: bytes) -> list[File]:
    """The files of a mail in its order."""
    found: list[File] = []
    for part in leaves(message_of(body)):
        if not is_file(part):
            continue
        inside = _inside(part)
        found.append(
            File(
                name=_name(part)[:_MOST_NAME],
                declared=declared if _TYPE.fullmatch(declared := part.get_content_type().lower()) else "",
                kind=kind_of(inside),
                size=len(inside),
                sha256=sha256(inside).hexdigest(),
                content=b64encode(inside).decode("ascii") if len(found) < MOST_OPENED else "",
            )
        )
    return found


def kind_of(inside: bytes) -> str:
    """What a file is, whatever it is called: one of KINDS."""
    head = inside[:_HEAD]
    if not head:
        return "empty"
    if head[:4] == b"RIFF":
        return "picture" if head[8:12] == b"WEBP" else "media"
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "media"
    if head.startswith(b"PK\x03\x04"):
        return "office" if any(sign in head for sign in _OFFICE) else "archive"
    known = next((kind for kind, start in _STARTS if head.startswith(start)), "")
    if known:
        return known
    if _MARKUP.search(head):
        return "page"
    return "other" if _binary(head) else "text"


def _binary(head: bytes) -> bool:
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 > len(head)


def _inside(part: Message) -> bytes:
    """The bytes of a file; a mail that is enclosed whole is the file that it would be."""
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        try:
            return inner[0].as_bytes()
        except Exception:  # noqa: BLE001 - the library cannot write down everything that it reads
            return str(inner[0].get_payload()).encode("utf-8", "replace")
    return content(part)


def _name(part: Message) -> str:
    """What the mail calls a file, encoded words and RFC 2231 decoded."""
    try:
        said = part.get_filename("")
    except Exception:  # noqa: BLE001 - parameters are a language of their own, and the library trips
        return ""
    if isinstance(said, tuple):
        said = said[-1]
    if not said.isascii():
        said = decoded(said.encode("utf-8", "surrogateescape"))
    return header_text(said)
