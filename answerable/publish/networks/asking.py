"""What channels over HTTP share: a guarded GET beside the POST, and how an address in an answer is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol

from answerable.errors import BadInput, ChannelTrouble, SourceTrouble
from answerable.publish.notify.message import Post
from answerable.publish.wording import web_link
from answerable.records import Json

JSON = "application/json"


class Got(Protocol):
    """What a server answered to a GET."""

    @property
    def body(self) -> bytes: ...


class Get(Protocol):
    """The guarded way to ask, passed in: `collect.fetch.Fetcher.get`. Raises SourceTrouble."""

    def __call__(self, url: str, *, accept: str, token: str) -> Got: ...


@dataclass(frozen=True, slots=True)
class Line:
    """The guarded way out, in both directions."""

    post: Post
    get: Get


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a channel says of one of our posts. None: it does not say."""

    audience: int | None = None  # people it was put before
    passed_on: int | None = None  # times it was passed on


def asked(get: Get, url: str, token: str = "") -> Json:
    """The JSON at an address. Raises ChannelTrouble."""
    try:
        body = get(url, accept=JSON, token=token).body
    except SourceTrouble as trouble:
        code = trouble.params.get("status")
        raise ChannelTrouble(f"HTTP {code}" if code else trouble.code, permanent=trouble.permanent) from None
    return read(body)


def read(body: bytes) -> Json:
    """JSON as it came. ChannelTrouble for anything else: what says nothing is no receipt."""
    try:
        found: Json = json.loads(body)
    except (ValueError, RecursionError):
        raise ChannelTrouble("no_receipt") from None
    return found


def text_of(found: Json, *names: str) -> str:
    """The text at this path of a JSON answer. ChannelTrouble when it is not there."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, str) or not found:
        raise ChannelTrouble("no_receipt")
    return found


def number_of(found: Json, name: str) -> int | None:
    """A count in a JSON answer, None when it is none."""
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def link_of(found: Json, *names: str) -> str:
    """As `text_of`, an absolute web address."""
    try:
        return web_link(text_of(found, *names))
    except BadInput:
        raise ChannelTrouble("no_receipt") from None
