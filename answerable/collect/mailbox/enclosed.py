"""The pictures of one mail, by their hashes. Runs in a parse worker, apart from its words.

A picture that ends the worker costs nobody the words of the mail it came with. Those that would make the
pixels of a mail too many are not looked at; photographs of telephones are far from it.
"""

from __future__ import annotations

import binascii
from email.message import Message

from answerable.collect import picture
from answerable.collect.door import MOST_PICTURES
from answerable.collect.mailbox.mail import is_picture, leaves, message_of

MOST_PIXELS = 36_000_000  # that are decoded of one mail; of a plain JPEG an eighth count


def read(body: bytes) -> list[str]:
    """Hashes in hex, each once, in the order of the mail."""
    parts = [part for part in leaves(message_of(body)) if is_picture(part)]
    found: list[str] = []
    left = MOST_PIXELS
    for part in parts[:MOST_PICTURES]:
        inside = content(part)
        size = picture.pixels(inside)
        if size <= left:
            left -= size
            found += picture.read(inside)
    return list(dict.fromkeys(found))


def content(part: Message) -> bytes:
    """The bytes of a part, b"" where it cannot be decoded."""
    try:
        raw = part.get_payload(decode=True)
    except (LookupError, ValueError, binascii.Error, AssertionError):
        return b""
    return raw if isinstance(raw, bytes) else b""
