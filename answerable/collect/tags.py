"""Looks at the tags of a document before a parser does: how many attributes one has, how many there are.

A parser compares each attribute of a tag with all others: their cost grows with the square of their number.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 500  # of one tag; what people and their programs write has a few dozen
_MOST_OF_ALL = 90_000  # of all tags: each takes some hundred and fifty bytes
# Bytes that its tags may have together, as they may stand in one another: so many times its length, and some.
_MOST_LOOKS, _FEW = 4, 1 << 16

_OPENS = re.compile(rb"<(?=[A-Za-z_:\x80-\xff])")
# As HTML reads it, which takes more for an attribute than XML does: only behind "=" quotes are quotes, and a
# ">" or "<" within them ends nothing.
_VALUE = rb"""(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?"""
_ATTRIBUTE = rb"[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+%b)?" % _VALUE
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rb"<[^\s/>]++(?:%b){0,%d}(%b)?" % (_ATTRIBUTE, MOST_ATTRIBUTES, _ATTRIBUTE))
_WIDE = {
    b"\xff\xfe\x00\x00": "utf-32-le", b"\x00\x00\xfe\xff": "utf-32-be", b"<\x00\x00\x00": "utf-32-le",
    b"\x00\x00\x00<": "utf-32-be", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}  # fmt: skip
_OTHER_ALPHABET = re.compile(rb"\x1b\$[^\x1b\n]*")


def full_tag(body: bytes) -> bool:
    """Whether a tag has more attributes than any that somebody writes, wherever a parser begins to see it.

    Also whether all tags have together. `body` is in an encoding whose signs of markup are those of ASCII,
    see `signs`.
    """
    looked, attributes, most = 0, 0, _MOST_LOOKS * len(body) + _FEW
    for start in _OPENS.finditer(body):
        tag = _TAG.match(body, start.start())
        if tag is None:
            continue
        looked += tag.end() - tag.start()
        attributes += len(_ATTRIBUTES.findall(tag[0])) - 1  # its name looks like one
        if tag.lastindex or looked > most or attributes > _MOST_OF_ALL:
            return True
    return False


def signs(body: bytes) -> bytes:
    """The document in an encoding in which no letter looks like a sign of markup."""
    for begins, encoding in _WIDE.items():
        if body.startswith(begins):
            return body.decode(encoding, "replace").encode("utf-8", "replace")
    # In ISO-2022 the letters of another alphabet look like quotes and brackets.
    return _OTHER_ALPHABET.sub(b"x", body) if b"\x1b$" in body else body
