"""Turns what a Mastodon server says into plain values. Runs in a parse worker: every byte is a stranger's.

Only public posts pass, no boosts, and nobody who asks in their profile not to be read by machines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypedDict

from answerable.collect.feeds.markup import plain_text
from answerable.collect.feeds.prepare import refuse_heavy_json
from answerable.collect.framing import unframed
from answerable.errors import SourceTrouble

_MOST = 400  # statuses of one listing that are read; servers send 40
_NO_BOTS = re.compile(r"#(?:<span>)?(?:nobots?|noindex|noarchive)\b", re.IGNORECASE)
_SNOWFLAKE = re.compile(r"[0-9]{12,19}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Post(TypedDict):
    """One status, or one that was taken back."""

    id: str
    gone: bool
    ours: bool  # public, and by somebody who lets machines read
    at_ms: int  # when it was posted, milliseconds since 1970; 0 when unknown
    version: int  # when it was last edited, in the same way
    text: str
    title: str  # the content warning
    link: str
    author: str
    language: str
    likes: int


def listing(data: bytes) -> Sequence[Post]:
    """The posts of a REST listing, in its order; of those not for us the id alone. Raises SourceTrouble."""
    found = _json(data)
    if not isinstance(found, list):
        raise SourceTrouble("not_mastodon")
    posts = [one for one in found[:_MOST] if isinstance(one, dict) and _text(one, "id", 100)]
    return [_post(one) or {**_EMPTY, "id": _text(one, "id", 100)} for one in posts]


def events(data: bytes) -> Sequence[Post | None]:
    """One entry for each framed message of the stream; None: nothing for us."""
    return [_event(message) for message in unframed(data)]


def instance(data: bytes) -> Sequence[str]:
    """Where the server streams, as its own description says; empty when it does not say."""
    found = _json(data)
    urls = _of(_of(found, "configuration"), "urls")
    told = _of(urls, "streaming") if isinstance(urls, dict) else None
    return [told] if isinstance(told, str) and told.startswith(("wss://", "ws://")) else []


def snowflake_ms(name: str) -> int:
    """The time inside a Mastodon id, 0 for ids of other servers."""
    return int(name) >> 16 if _SNOWFLAKE.fullmatch(name) else 0


def _event(line: bytes) -> Post | None:
    try:
        message = _json(line)
        kind, payload = _of(message, "event"), _of(message, "payload")
        if kind == "delete":
            name = _text({"payload": payload}, "payload", 100)
            return {**_EMPTY, "id": name, "gone": True} if name else None
        if kind not in ("update", "status.update"):
            return None
        status = _json(payload.encode("utf-8", "surrogatepass")) if isinstance(payload, str) else payload
    except SourceTrouble:
        return None
    return _post(status) if isinstance(status, dict) else None


_EMPTY: Post = {
    "id": "", "gone": False, "ours": False, "at_ms": 0, "version": 0, "text": "", "title": "", "link": "",
    "author": "", "language": "", "likes": 0,
}  # fmt: skip


def _post(status: dict[str, Any]) -> Post | None:
    name, account = _text(status, "id", 100), status.get("account")
    if not name or status.get("visibility") != "public" or status.get("reblog"):
        return None
    if not isinstance(account, dict) or _NO_BOTS.search(_text(account, "note", 20_000)):
        return None
    created = _ms(status.get("created_at"))
    likes = status.get("favourites_count")
    return {
        "id": name,
        "gone": False,
        "ours": True,
        "at_ms": created,
        "version": _ms(status.get("edited_at")) or created,
        "text": plain_text(_text(status, "content", 200_000)),
        "title": _text(status, "spoiler_text", 2_000),
        "link": _text(status, "url", 2_000) or _text(status, "uri", 2_000),
        "author": _text(account, "acct", 500) or _text(account, "id", 500),
        "language": _text(status, "language", 35),
        "likes": likes if isinstance(likes, int) and not isinstance(likes, bool) else 0,
    }


def _json(data: bytes) -> Any:
    refuse_heavy_json(data)
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceTrouble("not_mastodon") from error


def _of(found: Any, name: str) -> Any:
    return found.get(name) if isinstance(found, dict) else None


def _text(found: dict[str, Any], name: str, limit: int) -> str:
    value = found.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**30 else ""
    return value[:limit] if isinstance(value, str) else ""


def _ms(value: Any) -> int:
    try:
        at = datetime.fromisoformat(value)
        return max(0, int(((at if at.tzinfo else at.replace(tzinfo=UTC)) - _EPOCH).total_seconds() * 1000))
    except (TypeError, ValueError, OverflowError):
        return 0
