"""What all ways over HTTP share: one POST of JSON, and what an answer means for another try."""

from __future__ import annotations

import json
from collections.abc import Mapping

from answerable.errors import ChannelTrouble, SourceTrouble
from answerable.publish.notify.message import Post
from answerable.publish.wording import plain
from answerable.records import Json

_AGAIN = frozenset({408, 425, 429})  # besides 5xx: the server itself asks for another try
_MOST = 120  # characters of what a server said that a receipt or a trouble repeats


def post_json(post: Post, url: str, payload: Mapping[str, Json], headers: Mapping[str, str]) -> bytes:
    """The answer's body after a 2xx. Raises ChannelTrouble; redirects are never followed."""
    return post_bytes(post, url, encoded(payload), headers)


def encoded(payload: Mapping[str, Json]) -> bytes:
    """JSON in UTF-8, the very bytes that are sent and signed."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def post_bytes(post: Post, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """As `post_json`, for a body that was signed beforehand."""
    sent = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json", **headers}
    try:
        replied = post(url, body, sent)
    except SourceTrouble as trouble:
        raise ChannelTrouble(trouble.code, permanent=trouble.permanent) from None
    if not 200 <= replied.status < 300:
        again = replied.status in _AGAIN or replied.status >= 500
        raise ChannelTrouble(f"HTTP {replied.status}", permanent=not again)
    return replied.body


def said(body: bytes, secret: str = "") -> str:
    """The beginning of what a server said, on one line, without a secret it may have echoed."""
    text = " ".join(plain(body.decode("utf-8", "replace")).split())
    return (text.replace(secret, "…") if secret else text)[:_MOST]


def cut(text: str, most: int) -> str:
    """The beginning of a text in at most so many bytes of UTF-8, never half a character."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


def field_of(body: bytes, *names: str) -> Json:
    """The first of these fields in a JSON object; None when there is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        for name in names:
            if name in found:
                value: Json = found[name]
                return value
    return None
