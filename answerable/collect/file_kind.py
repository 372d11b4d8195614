"""What a file is by its first bytes, whatever it is called, and what we call it where we give it out again.

Nothing is opened here: these bytes are a stranger's.
"""

from __future__ import annotations

import re

KINDS = ("picture", "pdf", "office", "archive", "program", "page", "media", "text", "empty", "other")
HARMFUL = ("program", "page")  # what runs, or can run something, where it is opened
BINARY = "application/octet-stream"
_HEAD = 4_096  # bytes by which a kind is told
_STARTS: tuple[tuple[str, bytes], ...] = (
    ("picture", b"\xff\xd8\xff"), ("picture", b"\x89PNG\r\n\x1a\n"), ("picture", b"GIF8"),
    ("picture", b"II*\x00"), ("picture", b"MM\x00*"), ("picture", b"II+\x00"), ("picture", b"MM\x00+"),
    ("pdf", b"%PDF-"), ("office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("office", b"{\\rtf"),
    ("archive", b"Rar!"), ("archive", b"7z\xbc\xaf\x27\x1c"), ("archive", b"\x1f\x8b"), ("archive", b"BZh"),
    ("archive", b"\xfd7zXZ"), ("program", b"MZ"), ("program", b"\x7fELF"), ("media", b"#!AMR"),
    ("program", b"#!"),
    ("program", b"\xcf\xfa\xed\xfe"), ("program", b"\xca\xfe\xba\xbe"), ("program", b"\x00asm"),
    ("media", b"ID3"), ("media", b"OggS"), ("media", b"\x1aE\xdf\xa3"), ("media", b"fLaC"),
)  # fmt: skip
_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|\?xml|iframe|img|a\s)", re.I)
# Of these the first bytes tell the ending and the type as well.
_TYPES: dict[bytes, tuple[str, str]] = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
    b"GIF8": ("gif", "image/gif"),
}
# Endings that others may keep, by what they are; the rest is given as `.bin`, which nothing opens by itself.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "picture": ("webp", "heic", "avif", "tif", "tiff"),
    "office": ("docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "rtf"),
    "archive": ("zip", "rar", "7z", "gz"),
    "media": ("mp4", "mov", "3gp", "webm", "mp3", "m4a", "ogg", "opus", "wav", "flac", "amr"),
    "text": ("txt",),
}


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


def given_name(stem: str, inside: bytes, called: str) -> str:
    """A name of ours; the giver's word counts only where it is an ending that fits what the file is."""
    if known := _known(inside):
        return f"{stem}.{known[0]}"
    said = called.rpartition(".")[2].lower()
    fitting = _ENDINGS.get(kind_of(inside), ())
    return f"{stem}.{said if said in fitting else 'bin' if len(fitting) != 1 else fitting[0]}"


def type_of(inside: bytes) -> str:
    """The content type that the first bytes tell for sure; every other file is bytes and no more."""
    return known[1] if (known := _known(inside)) else BINARY


def _known(inside: bytes) -> tuple[str, str] | None:
    return next((told for start, told in _TYPES.items() if inside.startswith(start)), None)


def _binary(head: bytes) -> bool:
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 > len(head)
