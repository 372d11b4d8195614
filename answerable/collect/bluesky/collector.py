"""Hears one stream of Bluesky's network without end, from where it stopped, as long as the server remembers.

Streams are in order and deliver again, so that a deletion always comes after its post.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from answerable.collect.bluesky.frames import Told
from answerable.collect.bluesky.place import EVENTS, LEGACY, POSTS, REPOS, check_class, stream
from answerable.collect.bluesky.posts import Post
from answerable.collect.collector import Batch, Cursor
from answerable.collect.frames import Frames
from answerable.collect.framing import parsed
from answerable.errors import SourceTrouble
from answerable.records import AccountGone, Gone, Incoming, Rejected, SourceFacts

if TYPE_CHECKING:
    from answerable.collect.fetch import Fetcher
    from answerable.collect.workers import ParsePool

LIMIT = 6 << 20  # bytes of one frame; the specification allows 5 MB
REWIND_US = 5_000_000  # where a cursor is a time, what happened around it is heard twice
_V2 = "xrpc.v1.json"
_TIME = 10**15  # Jetstream reads a cursor from here on as microseconds


class BlueskyCollector:
    """One stream. The cursor holds `seq`, its number, and `us`, the time of what was heard last."""

    name = "bluesky"

    def __init__(self, source: SourceFacts, fetcher: Fetcher, pool: ParsePool) -> None:
        self._stream = stream(source.address)
        check_class(self._stream, source.source_class)
        self._fetcher = fetcher
        self._pool = pool

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Listen without end. Raises SourceTrouble; reading on from any cursor is harmless."""
        seq, us = _number(cursor, "seq"), _number(cursor, "us")
        begun = bool(seq or us)
        with self._open(seq, us) as frames:
            for messages in frames.batches():
                batch: Batch = []
                everything = self._parsed(messages) if messages else []
                if not begun and (first := _first(everything)):
                    # From where we listen is kept before anything is handed on: what is cut off comes again.
                    begun = True
                    yield [], first
                for told in everything:
                    if isinstance(told, Rejected):
                        batch.append(told)
                        continue
                    seq, us = told["seq"] or seq, told["us"] or us
                    if told["notice"] == "FutureCursor":
                        seq = 0  # another server's numbers: it goes on at its newest
                    elif told["notice"] == "ConsumerTooSlow":
                        raise SourceTrouble("connection_lost")
                    batch.extend(map(self._entry, told["posts"]))
                    batch.extend(AccountGone(f"at://{did}/") for did in told["left"])
                yield batch, {"seq": seq, "us": us}

    def look(self) -> int:
        """Open the stream once and leave. Raises SourceTrouble when it cannot be heard."""
        with self._open(0, 0):
            return 0

    def _open(self, seq: int, us: int) -> Frames:
        """The stream from there on; where that number is forgotten, from the time of what was heard last."""
        try:
            return self._connected(max(us - REWIND_US, 0) if self._stream.path == LEGACY else seq)
        except SourceTrouble as trouble:
            forgotten = trouble.code == "http_status" and trouble.params.get("status") == 400
            if not (forgotten and seq and self._stream.path == EVENTS):
                raise
            return self._connected(us - REWIND_US if us > _TIME else 0)

    def _connected(self, cursor: int) -> Frames:
        asked: list[tuple[str, str]] = []
        if self._stream.path != REPOS:
            second = self._stream.path == EVENTS
            asked.append(("collections" if second else "wantedCollections", POSTS))
            asked += [("kinds", "commit"), ("kinds", "account")] if second else []
            name = "dids" if second else "wantedDids"
            asked += [(name, account) for account in self._stream.accounts]
        if cursor:
            asked.append(("cursor", str(cursor)))
        url = f"{self._stream.server}{self._stream.path}" + (f"?{urlencode(asked)}" if asked else "")
        spoken = (_V2,) if self._stream.path == EVENTS else ()
        return Frames.open(self._fetcher, url, subprotocols=spoken, limit=LIMIT)

    def _parsed(self, messages: list[bytes]) -> list[Told | Rejected]:
        found = parsed(
            self._pool,
            "bluesky_repos" if self._stream.path == REPOS else "bluesky_jetstream",
            messages,
            words="\n".join(self._stream.words),
            accounts="\n".join(self._stream.accounts),
            languages="\n".join(self._stream.languages),
        )
        return cast("list[Told | Rejected]", found)

    def _entry(self, post: Post) -> Incoming | Gone:
        if post["gone"]:
            # Whoever listens for some words would otherwise bar the deletions of a whole network.
            return Gone(post["id"], bars=not (self._stream.words or self._stream.languages))
        return Incoming(
            external_id=post["id"],
            text=post["text"],
            link=post["link"],
            author=post["author"],
            language=post["language"],
            published=_moment(post["published"]),
            version=post["version"],
        )


def _first(everything: Sequence[Told | Rejected]) -> Cursor:
    """The cursor with which the first of these comes again; {} where none of them has a number."""
    numbered = (one for one in everything if not isinstance(one, Rejected) and (one["seq"] or one["us"]))
    one = next(numbered, None)
    return {"seq": max(one["seq"] - 1, 1) if one["seq"] else 0, "us": one["us"]} if one else {}


def _moment(text: str) -> datetime | None:
    with contextlib.suppress(ValueError):
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None


def _number(cursor: Cursor, name: str) -> int:
    value = cursor.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
