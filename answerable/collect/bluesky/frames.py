"""Turns frames of the two kinds of stream into changes of posts. Runs in a parse worker.

Jetstream speaks JSON (github.com/bluesky-social/jetstream), servers and relays speak DAG-CBOR with CAR
inside (https://atproto.com/specs/event-stream). Whatever a frame holds, it gives one `Told`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypedDict

import libipld

from answerable.collect.bluesky import cbor
from answerable.collect.bluesky.place import POSTS
from answerable.collect.bluesky.posts import Post, Wanted, change, is_account
from answerable.collect.framing import unframed

_MOST_OPS = 200  # of one commit, by the specification
_TAKEN_OFF = ("deleted", "takendown", "suspended", "deactivated")  # others are trouble of a server
_PREFIX = f"{POSTS}/"


class Told(TypedDict):
    """What one frame said."""

    seq: int  # its number in the stream, 0 when it has none
    us: int  # when the server saw it, microseconds since 1970; 0 when unknown
    notice: str  # a word of the stream about itself: OutdatedCursor, FutureCursor, ConsumerTooSlow …
    posts: list[Post]
    left: list[str]  # accounts that were closed or taken off the network


def jetstream(data: bytes, words: str = "", accounts: str = "", languages: str = "") -> Sequence[Told]:
    """One entry for each framed message of a Jetstream, of either version."""
    wanted = Wanted.read(words, accounts, languages)
    return [_json(message, wanted) for message in unframed(data)]


def repos(data: bytes, words: str = "", accounts: str = "", languages: str = "") -> Sequence[Told]:
    """One entry for each framed message of a server or relay."""
    wanted = Wanted.read(words, accounts, languages)
    return [_cbor(message, wanted) for message in unframed(data)]


def _told(
    seq: Any = 0, us: int = 0, notice: Any = "", posts: Sequence[Post | None] = (), left: Sequence[str] = ()
) -> Told:
    return {
        "seq": seq if isinstance(seq, int) and not isinstance(seq, bool) and 0 <= seq < 1 << 53 else 0,
        "us": us,
        "notice": notice[:60] if isinstance(notice, str) else "",
        "posts": [post for post in posts if post],
        "left": list(left),
    }


def _json(message: bytes, wanted: Wanted) -> Told:
    try:
        event = json.loads(message)
    except (ValueError, RecursionError):
        return _told()
    if not isinstance(event, dict):
        return _told()
    if "payload" in event or event.get("$type") == "error":
        return _second(event, wanted)
    commit = event.get("commit")
    us = event.get("time_us")
    us = us if isinstance(us, int) and not isinstance(us, bool) and 0 <= us < 1 << 53 else 0
    if event.get("kind") == "account":
        return _told(us=us, left=_left(event.get("account"), wanted))
    if event.get("kind") != "commit" or not isinstance(commit, dict) or commit.get("collection") != POSTS:
        return _told(us=us)
    did, rev = event.get("did"), commit.get("rev")
    post = change(did, commit.get("rkey"), commit.get("operation"), commit.get("record"), rev, wanted)
    return _told(us=us, posts=[post])


def _second(event: dict[str, Any], wanted: Wanted) -> Told:
    """A frame of version 2: an envelope with a payload, whose $type names its kind."""
    payload = event.get("payload")
    if event.get("$type") == "error" or not isinstance(payload, dict):
        return _told(notice=event.get("error") or event.get("name") or "error")
    kind = str(payload.get("$type", "")).rpartition("#")[2]
    if kind == "info":
        return _told(notice=payload.get("name"))
    us = _us(payload.get("witnessedAt") or payload.get("time"))
    seq = payload.get("seq")
    if kind == "account":
        return _told(seq, us, left=_left(payload, wanted))
    if kind != "commit" or payload.get("collection") != POSTS:
        return _told(seq, us)
    did, rev = payload.get("did"), payload.get("rev")
    post = change(did, payload.get("rkey"), payload.get("operation"), payload.get("record"), rev, wanted)
    return _told(seq, us, posts=[post])


def _cbor(message: bytes, wanted: Wanted) -> Told:
    if cbor.values(message) > cbor.MOST_VALUES:
        return _told()
    try:
        header, *bodies = libipld.decode_dag_cbor_multi(message)
        body = bodies[0]
    except (ValueError, RecursionError, IndexError):
        return _told()
    if not isinstance(header, dict) or not isinstance(body, dict):
        return _told()
    if header.get("op") != 1:
        return _told(notice=body.get("error") or "error")
    kind = header.get("t")
    if kind == "#info":
        return _told(notice=body.get("name"))
    seq, us = body.get("seq"), _us(body.get("time"))
    if kind == "#account":
        return _told(seq, us, left=_left(body, wanted))
    ops = body.get("ops") if kind == "#commit" else None
    mine = [op for op in ops[:_MOST_OPS] if _is_post(op)] if isinstance(ops, list) else []
    blocks = _blocks(body.get("blocks"), mine)
    did, rev = body.get("repo"), body.get("rev")
    posts = [
        change(
            did,
            op["path"].removeprefix(_PREFIX),
            op.get("action"),
            _block(blocks, op.get("cid")),
            rev,
            wanted,
        )
        for op in mine
    ]
    return _told(seq, us, posts=posts)


def _left(account: Any, wanted: Wanted) -> list[str]:
    """The account, when what it said must not be shown any more (https://atproto.com/specs/account)."""
    if not isinstance(account, dict) or account.get("active") is not False:
        return []
    did = account.get("did")
    if not isinstance(did, str) or not is_account(did) or account.get("status") not in _TAKEN_OFF:
        return []
    return [did] if not wanted.accounts or did in wanted.accounts else []


def _is_post(op: Any) -> bool:
    return isinstance(op, dict) and isinstance(op.get("path"), str) and op["path"].startswith(_PREFIX)


def _blocks(car: Any, ops: Sequence[Any]) -> dict[bytes, Any]:
    """The records that these changes name, by their CID; empty for what is no CAR."""
    named = {op.get("cid") for op in ops if op.get("action") != "delete" and isinstance(op.get("cid"), bytes)}
    return cbor.records(car, named) if named and isinstance(car, bytes) else {}


def _block(blocks: dict[bytes, Any], cid: Any) -> Any:
    return blocks.get(cid) if isinstance(cid, bytes) else None


def _us(value: Any) -> int:
    try:
        at = datetime.fromisoformat(value)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return max(0, int(at.timestamp() * 1_000_000))
    except (TypeError, ValueError, OverflowError):
        return 0
