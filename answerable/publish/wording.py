"""What a text and a link must be before they may go out: plain characters, absolute web addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from answerable.errors import BadInput

# Control characters, lone surrogates and non-characters cannot stand in XML; the others can turn a line
# around, so that a second person would approve another text than the public reads.
_UNFIT = re.compile("[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAIL = re.compile(rf"{_WORD}(?:\.{_WORD})*@(?:{_LABEL}\.)*{_LABEL}")
_NOT_IN_A_LINK = re.compile(r"[\s<>\"\\^`{|}]")


def plain(text: str) -> str:
    """Text without control, turning and impossible characters; line ends are \\n; no blanks around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _TURNING.sub("", _UNFIT.sub("", text)).strip()


def web_link(text: str) -> str:
    """An absolute http or https address as it was given, without blanks around it. BadInput otherwise."""
    link = text.strip()
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    fit = parts.scheme in {"http", "https"} and host and not parts.username and plain(link) == link
    if not fit or _NOT_IN_A_LINK.search(link) or len(link) > 2000:
        raise BadInput(
            "This is not a web address: write it whole, from https:// on, without a password in it."
        )
    return link


def is_mail_address(text: str) -> bool:
    """Whether this is one plain mail address: no name, no comment, no quotes, nothing to turn a header."""
    return len(text) <= 254 and len(text.partition("@")[0]) <= 64 and bool(_MAIL.fullmatch(text))
