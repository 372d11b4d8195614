"""The files of one mail: what each is called, what it says it is, what it is, its size and its digest.

Runs in a parse worker. Nothing is opened here: pictures are drawn anew by `redrawn`, all else stays shut.
"""

from __future__ import annotations

import re
from base64 import b64encode
from email.message import Message
from hashlib import sha256
from typing import TypedDict

from answerable.collect.file_kind import kind_of
from answerable.collect.mailbox.charset import decoded
from answerable.collect.mailbox.enclosed import content
from answerable.collect.mailbox.mail import header_text, is_file, leaves, message_of

MOST_OPENED = 10  # files of one mail whose bytes leave the worker; of others name, size and digest
_MOST_NAME = 10_000  # characters of a name that are looked at
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,40}/[a-z0-9][a-z0-9.+-]{0,70}")


class File(TypedDict):
    """What leaves the worker: plain JSON."""

    name: str  # as it was sent: hostile
    declared: str  # what its mail says it is, "" for what is no type
    kind: str  # one of `file_kind.KINDS`, by its first bytes
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
