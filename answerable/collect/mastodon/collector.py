"""Listens to one public timeline: back-fills by `min_id` what it missed, then hears the stream as it comes.

A stream delivers nothing again, so after a gap posts that we hold are compared with what is listed; all of
them are asked for in turn (`standing`).
A server that lets nobody stream is asked every minute instead.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.collect.fetch import until_reset
from answerable.collect.frames import TICK_S, Frames
from answerable.collect.framing import parsed
from answerable.collect.mastodon.events import Post, snowflake_ms
from answerable.collect.mastodon.place import timeline
from answerable.collect.mastodon.standing import Standing
from answerable.errors import Refused, SourceTrouble
from answerable.records import Gone, Incoming, Rejected, SourceFacts

if TYPE_CHECKING:
    from answerable.collect.fetch import Fetcher
    from answerable.collect.workers import ParsePool

ASK_EVERY_S = 60.0
ASK_FOR_S = 1_800.0  # then the stream is tried again
PAGE = 40  # the most a server gives at once
PAGES = 25  # of one back-fill
REWIND_MS = 600_000  # posts of other servers arrive late and stand below newer ones
COMPARED = 400  # posts of ours that are looked for after a gap
VERIFIED = 40  # missing ones that are asked for one by one
SPARE = 5  # requests of the server's limit that we leave unused
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_JSON = "application/json"

Told = Iterator[tuple[Batch, Cursor]]


class MastodonCollector:
    """One timeline. The cursor holds `ms`, the time of the newest post: an id would name its author."""

    name = "mastodon"

    def __init__(
        self,
        source: SourceFacts,
        fetcher: Fetcher,
        pool: ParsePool,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._timeline = timeline(source.address)
        self._token = source.secret
        self._fetcher = fetcher
        self._pool = pool
        self._sleep = sleep
        self._ours: dict[str, int] = {}  # ids of posts we hold, with their times
        self._standing = Standing()
        self._wait_s = 0  # until the server's limit on requests begins anew

    def recall(self, external_ids: Sequence[str]) -> None:
        """Posts that the desk holds, newest last: those the server no longer has are found and leave."""
        self._hold({name: snowflake_ms(name) for name in external_ids})
        self._standing.shuffle_in([name for name in external_ids if snowflake_ms(name)])

    def collect(self, cursor: Cursor) -> Told:
        """Back-fill, then listen without end. Raises SourceTrouble; any cursor may be read on from."""
        ms = cursor.get("ms")
        since = ms if isinstance(ms, int) and not isinstance(ms, bool) else 0
        frames = self._stream()
        if frames is None:
            yield from self._asking(since)
            return
        with frames:  # opened before the back-fill, so that nothing falls between the two
            for batch, after in self._fill(since):
                since = cast("int", after["ms"])
                yield batch, after
            yield from self._hearing(frames, since)

    def look(self) -> int:
        """How many public posts the newest page holds. Raises SourceTrouble when it cannot be read."""
        return sum(post["ours"] for post in self._page(""))

    def _stream(self) -> Frames | None:
        """The open stream, None when this server does not let us hear it."""
        try:
            answer = self._get("/api/v2/instance")
            told = self._pool.run("mastodon_instance", answer)
        except SourceTrouble as trouble:
            if trouble.code in ("no_connection", "no_address", "timeout", "tls", "http_429"):
                raise
            told = []
        server = str(told[0]) if told else self._timeline.server
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            return Frames.open(
                self._fetcher,
                f"{server.rstrip('/')}/api/v1/streaming?{self._timeline.stream}",
                headers=headers,
            )
        except Refused:
            raise
        except SourceTrouble:
            return None

    def _hearing(self, frames: Frames, since: int) -> Told:
        for messages in frames.batches():
            batch: Batch = []
            for found in parsed(self._pool, "mastodon_events", messages) if messages else []:
                if isinstance(found, Rejected):
                    batch.append(found)
                elif found is not None:
                    post = cast("Post", found)
                    since = max(since, _time(post))
                    batch.append(self._told(post))
            yield [*batch, *self._no_more()], {"ms": since}

    def _asking(self, since: int) -> Told:
        ends = time.monotonic() + ASK_FOR_S
        while True:
            for batch, after in self._fill(since):
                since = cast("int", after["ms"])
                yield batch, after
            if time.monotonic() > ends:
                return
            yield self._no_more(), {"ms": since}
            yield from self._resting(ASK_EVERY_S, since)

    def _fill(self, since: int) -> Told:
        """Everything from a while before `since`, oldest first, and what is missing among ours."""
        known = sorted(at for at in self._ours.values() if at)
        begin = min([since - REWIND_MS, *known[:1]]) if since else 0
        listed: dict[str, int] = {}
        after = f"&min_id={max(begin, 1) << 16}" if since else ""
        whole = False
        for _ in range(PAGES):
            posts = self._page(after)
            fresh = [post for post in reversed(posts) if post["id"] not in listed]
            listed |= {post["id"]: _time(post) for post in fresh}
            since = max([since, *(_time(post) for post in fresh if post["ours"])])
            yield [self._told(post) for post in fresh if post["ours"]], {"ms": since}
            yield from self._resting(self._wait_s, since)
            whole = bool(after) and not fresh
            if not after or not fresh:
                break
            after = f"&min_id={max(int(post['id']) for post in fresh)}"
        if whole:
            missing = [name for name, at in self._ours.items() if at > begin and name not in listed]
            for name in missing[-VERIFIED:]:
                if self._is_gone(name):
                    self._ours.pop(name)
                    self._standing.drop(name)
                    yield [Gone(name)], {"ms": since}
                yield from self._resting(self._wait_s, since)
        self._hold(listed)

    def _told(self, post: Post) -> Gone | Incoming:
        if post["gone"]:
            self._standing.drop(post["id"])
            return Gone(post["id"])
        if snowflake_ms(post["id"]):
            self._standing.add([post["id"]])
        return _incoming(post)

    def _no_more(self) -> Batch:
        """Posts of ours that the server has no more without having said so, a few each minute."""
        found = self._standing.gone(self._listed, self._is_gone, self.look)
        self._standing.later(self._wait_s)
        for name in found:
            self._ours.pop(name, None)
        return [Gone(name) for name in found]

    def _listed(self, names: Sequence[str]) -> set[str]:
        asked = "&".join(f"id[]={quote(name, safe='')}" for name in names)
        posts = cast("list[Post]", self._pool.run("mastodon_listing", self._get(f"/api/v1/statuses?{asked}")))
        return {post["id"] for post in posts}

    def _page(self, after: str) -> list[Post]:
        """One page, newest first. Raises SourceTrouble for ids that are no numbers: none of Mastodon."""
        data = self._get(f"{self._timeline.listing}&limit={PAGE}{after}")
        posts = cast("list[Post]", self._pool.run("mastodon_listing", data))
        if not all(snowflake_ms(post["id"]) for post in posts):
            raise SourceTrouble("not_mastodon")
        return posts[:BATCH]

    def _is_gone(self, name: str) -> bool:
        """What is not listed may only be hidden there: the server itself says whether it is gone."""
        try:
            self._get(f"/api/v1/statuses/{quote(name, safe='')}")
        except SourceTrouble as trouble:
            if trouble.code == "http_429":
                raise
            return trouble.code in ("http_404", "http_410")
        return False

    def _get(self, path: str) -> bytes:
        answer = self._fetcher.get(
            self._timeline.server + path.replace("?&", "?"), accept=_JSON, token=self._token
        )
        left = answer.headers.get("x-ratelimit-remaining", "")
        near = left.isascii() and left.isdigit() and int(left[:9]) <= SPARE
        self._wait_s = until_reset(answer.headers) if near else 0
        return answer.body

    def _resting(self, seconds: float, since: int) -> Told:
        """Wait, saying now and then that we are still there."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._sleep(min(left, TICK_S))
            yield [], {"ms": since}
        self._wait_s = 0

    def _hold(self, more: dict[str, int]) -> None:
        held = {**self._ours, **{name: at for name, at in more.items() if snowflake_ms(name)}}
        self._ours = dict(sorted(held.items(), key=lambda one: one[1])[-COMPARED:])


def _incoming(post: Post) -> Incoming:
    """A post as the door expects it. Its id is that of this server, because deletions name no other."""
    return Incoming(
        external_id=post["id"],
        text=post["text"],
        title=post["title"],
        link=post["link"],
        author=post["author"],
        language=post["language"],
        published=_EPOCH + timedelta(milliseconds=post["at_ms"]) if post["at_ms"] else None,
        likes=post["likes"],
        version=post["version"],
    )


def _time(post: Post) -> int:
    """When it was posted as its id says, which is how listings are ordered; never in the future."""
    at = snowflake_ms(post["id"]) or post["at_ms"]
    return min(at, int(datetime.now(UTC).timestamp() * 1000))
