"""Tells what a file is by what stands in it: a document that lists entries, or rows."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path
from typing import Literal

from answerable.collect.feeds.prepare import kind_of
from answerable.errors import BadInput

Form = Literal["feed", "opml", "rows"]

_HEAD = 65_536  # bytes looked at
# Behind rubbish, such as a warning of the server's software, a document still begins a line; a row does not.
_XML_SIGN = re.compile(
    rb"^\s*<(?:\?xml|rss|feed|rdf:rdf|opml|channel|html|!doctype)\b", re.IGNORECASE | re.MULTILINE
)
_EBCDIC_XML = b"\x4c\x6f\xa7\x94"


def form_of(path: Path) -> Form:
    """Feed, OPML or rows. Raises BadInput when the file cannot be read or is empty."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror or error}).") from error
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, _HEAD)
        except zlib.error as error:
            raise BadInput(f"{path.name} is a damaged gzip file.") from error
    if not head.strip(b" \t\r\n\x00"):
        raise BadInput(f"{path.name} is empty.")
    return _form(head)


def _form(head: bytes) -> Form:
    bare = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if bare[:1] in (b"{", b"["):
        return "feed" if _is_json_document(bare) else "rows"
    if bare[:1] == b"<" or bare.startswith(_EBCDIC_XML) or _XML_SIGN.search(bare[:4_000]):
        return "opml" if kind_of(head) == "opml" else "feed"
    return "rows"


def _is_json_document(bare: bytes) -> bool:
    """Whether this is one JSON document, and not one object per line."""
    first, newline, _ = bare.partition(b"\n")
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return not newline or len(first.strip()) < 3 or b"jsonfeed.org/version" in bare[:4_000]
    return isinstance(row, dict) and isinstance(row.get("items"), list)
