"""One mail as bytes to what the desk hears of it. Runs in a parse worker; every header may be a lie.

The standard library splits the parts, behind limits on their number and depth; charsets, quotes and
signatures are ours.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import TypedDict

from answerable.collect.mailbox.automatic import BOUNCE, automatic, bulk
from answerable.collect.mailbox.charset import decoded
from answerable.collect.mailbox.html_text import mail_text
from answerable.collect.mailbox.returned import Returned, returned
from answerable.collect.mailbox.trim import own_words
from answerable.errors import SourceTrouble

MOST_PARTS = 200
MOST_DEPTH = 12
_MOST_HEADERS = 300_000  # bytes before the first empty line
_MOST_BOUNDARIES = 60  # each costs the library a look at every line
_MOST_VALUE = 2_000  # characters of one header that are read
_MOST_HEADER = 20_000  # … and that are kept: the library's work grows with the square of its parameters
_ADDRESS = re.compile(r"[^\s<>\"(),:;@]{1,200}@[^\s<>\"(),:;@]{1,250}")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,200}@[!-;=?-~]{1,200}>")
_MOST_REFERS = 20
_LONGEST_LINE = 1 << 18  # bytes of one; mail allows 998, and the library takes four of memory for each
_MOST_LINES = 20_000  # that may be where a part begins: the library makes a part of each
_BOUNDARY = re.compile(rb"boundary\s*\*?\d{0,3}\*?\s*=", re.I)
_REPLY = re.compile(
    r"^(?:\s*(?:re|aw|sv|antw|wg|fw|fwd|rv|tr|rép|res|回复|回覆|答复|转发|轉寄)\s?(?:\[\d{1,3}\])?\s?[:：])+\s*",
    re.I,
)


class Mail(TypedDict):
    """What leaves the worker: plain JSON."""

    left_out: str  # why nobody wrote this to us, "" when somebody did
    id: str
    title: str
    text: str
    author: str
    published: str  # ISO 8601 in UTC, "" when the mail has no usable date
    message_id: str  # as its writer's program made it, "" when it has none that can be answered to
    refers: list[str]  # ids of the mails it answers, the nearest first
    returned: Returned | None  # a letter of ours that this mail sends back
    bulk: bool  # sent to many by a list or a machine: read, and never answered
    pictures: bool  # whether it holds some: they are read apart, see `enclosed`
    files: bool  # whether anything is attached: it is read apart, see `attached`


def read(body: bytes) -> list[Mail]:
    """One mail. Raises SourceTrouble `mail_nested` or `mail_headers` where it is built to exhaust us."""
    gap = b"\r\n\r\n" if b"\r\n\r\n" in body[:_MOST_HEADERS] else b"\n\n"
    ends = body.find(gap)
    ends, begins = (ends, ends + len(gap)) if ends >= 0 else (len(body), len(body))
    if ends > _MOST_HEADERS:
        raise SourceTrouble("mail_headers")
    named = len(_BOUNDARY.findall(body))
    if named > _MOST_BOUNDARIES or (named and body.count(b"\n--") > _MOST_LINES):
        raise SourceTrouble("mail_nested")
    try:
        message = message_of(_shorter_lines(body))
    except (MessageError, RecursionError, LookupError, ValueError) as error:
        raise SourceTrouble("mail_nested") from error
    subject = " ".join(header(message, "Subject").split())
    reason = automatic(message, subject)
    parts = [] if reason else leaves(message)
    return [
        Mail(
            left_out=reason,
            id=_identity(message, memoryview(body)[begins:]),
            title=_REPLY.sub("", subject),
            text="" if reason else own_words(words(parts), _name(message)),
            author=_author(message),
            published=_moment(_raw(message, "Date")[:200]),
            message_id=next(iter(_ids(message, "Message-ID")), ""),
            refers=_refers(message),
            returned=returned(message) if reason == BOUNCE else None,
            bulk=bulk(message),
            pictures=any(is_picture(part) for part in parts),
            files=any(is_file(part) for part in parts),
        )
    ]


def _shorter_lines(body: bytes) -> bytes:
    """The mail with lines that end, behind a tag or a word where there is one: its words stay the same."""
    pieces: list[bytes] = []
    begun = at = 0
    while (until := at + _LONGEST_LINE) < len(body):
        at = body.rfind(b"\n", at, until) + 1
        if not at:
            at = max(body.rfind(sign, until - 4_096, until) for sign in (b">", b" ")) + 1 or until
            pieces += [body[begun:at], b"\n"]
            begun = at
    return b"".join([*pieces, body[begun:]]) if pieces else body


class _Cut(Compat32):
    """How mails are taken apart: as ever, with no header longer than is read."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_MOST_HEADER]


def message_of(body: bytes) -> Message:
    """A mail with its parts. Raises what the library raises on one it can make nothing of."""
    return message_from_bytes(body, policy=_Cut())


def header(message: Message, name: str) -> str:
    """A header as text, encoded words decoded, whatever charset they claim."""
    return header_text(_bytes_as_text(_raw(message, name)[:_MOST_VALUE]))


def header_text(raw: str) -> str:
    """What a header says, its encoded words decoded."""
    try:
        parts = decode_header(raw)
    except (HeaderParseError, binascii.Error, ValueError, IndexError):
        return raw
    return "".join(decoded(part, label or "") if isinstance(part, bytes) else part for part, label in parts)


def _raw(message: Message, name: str) -> str:
    """A header as it came; naked 8-bit bytes are lone surrogates in it."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def words(parts: Sequence[Message]) -> str:
    """The text of the mail: its plain parts, or its HTML where there is no plain one worth the name.

    What is attached stays apart.
    """
    plain: list[str] = []
    marked: list[str] = []
    for part in parts:
        if part.get_content_maintype() != "text" or _is_attached(part):
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            plain.append(_unflowed(part, _text(part)))
        elif kind == "text/html":
            marked.append(_text(part))
    told = "\n\n".join(text for text in plain if text.strip())
    if not marked:
        return told
    html = "\n\n".join(mail_text(markup) for markup in marked)
    # Some programs send "this mail needs HTML" as the plain part.
    return html if len(told.strip()) < 40 < len(html) or not told.strip() else told


def is_file(part: Message) -> bool:
    """Whether a part is none of the words: what is attached, and what no text is."""
    return _is_attached(part) or part.get_content_type() not in ("text/plain", "text/html")


def is_picture(part: Message) -> bool:
    """Whether a part says that it is a picture."""
    return part.get_content_maintype() == "image"


def leaves(message: Message) -> list[Message]:
    """What is no bundle of others, in order. Raises SourceTrouble past the limits."""
    found: list[Message] = []
    waiting: list[tuple[Message, int]] = [(message, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MOST_PARTS or depth > MOST_DEPTH:
            raise SourceTrouble("mail_nested")
        if part.get_content_maintype() == "multipart":
            inner = part.get_payload()
            children = (
                [child for child in inner if isinstance(child, Message)] if isinstance(inner, list) else []
            )
            waiting.extend((child, depth + 1) for child in reversed(children))
        else:
            found.append(part)
    return found


def _is_attached(part: Message) -> bool:
    says = str(part.get("Content-Disposition") or "").strip().lower()
    return says.startswith("attachment")


def _text(part: Message) -> str:
    try:
        raw = part.get_payload(decode=True)
    except (LookupError, ValueError, binascii.Error, AssertionError):
        raw = None
    if not isinstance(raw, bytes):
        held = part.get_payload()
        raw = held.encode("utf-8", "surrogateescape") if isinstance(held, str) else b""
    return decoded(raw, _label(part))


def _label(part: Message) -> str:
    try:
        return part.get_content_charset("") or ""
    except (LookupError, ValueError, TypeError):
        return ""


def _unflowed(part: Message, text: str) -> str:
    """Lines that a program wrapped (RFC 3676) as the one line they were."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    joint = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
    lines: list[list[str]] = []
    open_line = False
    for line in text.replace("\r\n", "\n").split("\n"):
        soft = line.endswith(" ") and line != "-- "
        said = line[:-1] if soft else line
        if open_line and not line.startswith(">"):
            lines[-1] += [joint, said]
        else:
            lines.append([said])
        open_line = soft and not line.startswith(">")
    return "\n".join("".join(pieces) for pieces in lines)


def _identity(message: Message, rest: memoryview) -> str:
    """The same for the same mail wherever it lies; another one cannot be made to look like it."""
    marks = [_raw(message, name)[:_MOST_VALUE] for name in ("Message-ID", "From", "Date", "Subject")]
    told = sha256("\n".join(marks).encode("utf-8", "surrogateescape"))
    told.update(rest)
    return "mail:" + told.hexdigest()


def _ids(message: Message, name: str) -> list[str]:
    return _MESSAGE_ID.findall(_raw(message, name)[: _MOST_REFERS * 120])


def _refers(message: Message) -> list[str]:
    """The mail it answers first, then those before it, newest first (RFC 5322, 3.6.4)."""
    found = [*_ids(message, "In-Reply-To"), *reversed(_ids(message, "References"))]
    return list(dict.fromkeys(found))[:_MOST_REFERS]


def _author(message: Message) -> str:
    said = header(message, "From")
    found = _ADDRESS.findall(said)
    return found[-1] if found else said.strip()[:200]


def _name(message: Message) -> str:
    """The name that the writer gives to the address."""
    return _ADDRESS.sub(" ", header(message, "From")).strip(" <>\"'")


def _moment(date: str) -> str:
    try:
        when = parsedate_to_datetime(date)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return when.replace(microsecond=0).isoformat() if when > datetime(1990, 1, 1, tzinfo=UTC) else ""


def _bytes_as_text(raw: str) -> str:
    """Headers with naked 8-bit bytes reach us as surrogates: read them as a text of unknown charset."""
    if raw.isascii():
        return raw
    try:
        return decoded(raw.encode("ascii", "surrogateescape"))
    except UnicodeError:
        return raw.encode("utf-8", "replace").decode("utf-8", "replace")
