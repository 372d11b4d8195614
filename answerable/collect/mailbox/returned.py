"""Letters of ours that a mail server sends back (RFC 3464): which one, and why. Runs in a parse worker.

Our own letter stands in the report. Its signed link to leave says whose it was; without it none is believed.
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import HeaderParser
from typing import TypedDict

_MOST_PARTS = 10
_MOST_VALUE = 2_000
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_LEAVE = re.compile(r"<(https?://[!-;=?-~]{1,1500})>")


class Returned(TypedDict):
    """What leaves the worker: plain JSON."""

    leave: str  # the letter's link to leave
    message_id: str
    status: str  # 5.1.1: nobody there (RFC 3463)


def returned(message: Message) -> Returned | None:
    """The letter that came back for good; None for anything else, also for one that is only late."""
    if message.get_content_type() != "multipart/report":
        return None
    told: list[Message] = []
    ours: Message | None = None
    for part in _children(message):
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            told += _children(part)
        elif kind in ("message/rfc822", "message/global"):
            ours = next(iter(_children(part)), None)
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            ours = HeaderParser().parsestr(_words(part))
    if ours is None:
        return None
    status = next((found for one in told if (found := _failed(one))), "")
    leave = _LEAVE.search(_value(ours, "List-Unsubscribe"))
    if not status or leave is None:
        return None
    return Returned(leave=leave[1], message_id=_value(ours, "Message-ID").strip(), status=status)


def _failed(about: Message) -> str:
    """The status of one recipient whose letter failed, "" of any other."""
    found = _STATUS.match(_value(about, "Status"))
    failed = _value(about, "Action").strip().lower() == "failed"
    return found[1] if found and failed else ""


def _children(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)][:_MOST_PARTS] if isinstance(inner, list) else []


def _words(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw[:100_000].decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _value(message: Message, name: str) -> str:
    """A header on one line: servers fold long ones."""
    found = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return re.sub(r"\r?\n[ \t]+", "", found)[:_MOST_VALUE]
