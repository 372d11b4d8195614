"""The pictures of one mail, by their hashes. Runs in a parse worker, apart from its words.

A picture that ends the worker costs nobody the words of the mail it came with.
"""

from __future__ import annotations

import binascii
from email import message_from_bytes
from email.message import Message

from answerable.collect import picture
from answerable.collect.mailbox.mail import leaves

MOST = 6  # pictures of one mail that are looked at


def read(body: bytes) -> list[str]:
    """Hashes in hex, each once, in the order of the mail."""
    parts = [part for part in leaves(message_from_bytes(body)) if is_picture(part)]
    found = [one for part in parts[:MOST] for one in picture.read(_content(part))]
    return list(dict.fromkeys(found))


def is_picture(part: Message) -> bool:
    """Whether a part says that it is a picture."""
    return part.get_content_maintype() == "image"


def _content(part: Message) -> bytes:
    try:
        raw = part.get_payload(decode=True)
    except (LookupError, ValueError, binascii.Error, AssertionError):
        return b""
    return raw if isinstance(raw, bytes) else b""
