"""What a notice says, ready in the person's language, and what every way to send it must do.

Sending the same key twice is one notice: each way passes the key on, so that a repeat can be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One notice to one person. Every text is plain and already translated."""

    key: str  # the same key is the same notice
    sender: str  # the public body
    title: str  # one line
    lines: tuple[str, ...]  # what was measured, one sentence each
    link: str  # absolute address of the page
    link_words: str
    answer: str  # absolute address at which the person says that they have it, "" when nothing is asked
    answer_words: str
    foot: str  # names the body, and that a machine sent this
    language: str
    urgent: bool = False
    exercise: bool = False
    leave: str = ""  # address to which a mail program posts when the person wants no more, or ""

    @property
    def text(self) -> str:
        """The whole as plain text, with its links on lines of their own."""
        links = [f"{self.link_words}: {self.link}"] if self.link else []
        if self.answer:
            links.insert(0, f"{self.answer_words}: {self.answer}")
        return "\n\n".join(part for part in ("\n".join(self.lines), "\n".join(links), self.foot) if part)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a way leads. Both are secrets: they stand in no log and no message."""

    address: str = field(repr=False)  # mail address, webhook or topic URL
    secret: str = field(default="", repr=False)  # signing secret or access token


class Replied(Protocol):
    """What a server answered to a POST."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> bytes: ...


class Post(Protocol):
    """The guarded way out over HTTP, passed in: `collect.fetch.Fetcher.post`. Raises SourceTrouble."""

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Replied: ...


class Sender(Protocol):
    """One kind of way. Raises ChannelTrouble, which says whether a retry is useless."""

    def send(self, message: Message, to: Target, now: datetime) -> str:
        """Send once; the answer is a short receipt that names no secret."""
