"""Reads one feed: a polite conditional fetch, a parse in a worker, what is new as messages.

Decides when to come again: sooner while there is news, later while there is none, never sooner than asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.collect.feeds.entry import Entry
from answerable.collect.feeds.identity import external_ids, fingerprint
from answerable.errors import SourceTrouble
from answerable.records import Incoming, SourceFacts

if TYPE_CHECKING:
    from answerable.collect.fetch import Answer, Fetcher
    from answerable.collect.workers import ParsePool

FIRST_INTERVAL_S = 900
SHORTEST_S = 300
LONGEST_S = 7_200
_MAX_SEEN = 2_000  # fingerprints kept; a feed longer than that is read again from its end, which is harmless


class FeedCollector:
    """One feed. The cursor holds: etag, modified, moved_to, interval_s, seen (fingerprints)."""

    name = "feeds"

    def __init__(self, source: SourceFacts, fetcher: Fetcher, pool: ParsePool) -> None:
        self._source = source
        self._fetcher = fetcher
        self._pool = pool
        self.seen: Answer | None = None  # the last whole answer, where somebody looks for its hub

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Fetch once and yield what is new or edited, oldest first. Raises SourceTrouble."""
        cursor = dict(cursor)
        answer = self._fetched(cursor)
        if answer.status == 304:
            yield [], _after(cursor, answer, news=0)
            return
        self.seen = answer
        news, prints = self._news(cursor, answer.body, answer.url, answer.content_type)
        done = _after(cursor, answer, news=len(news))
        done["seen"] = [*dict.fromkeys(prints[:_MAX_SEEN])]
        yield from _in_batches(news, cursor, done)

    def delivered(self, cursor: Cursor, body: bytes, content_type: str) -> Iterator[tuple[Batch, Cursor]]:
        """What a hub delivered: a feed with its newest entries alone, so that older ones stay remembered."""
        news, prints = self._news(cursor, body, self._source.address, content_type)
        done = dict(cursor)
        done["seen"] = [*dict.fromkeys([*prints, *_texts(cursor, "seen")][:_MAX_SEEN])]
        yield from _in_batches(news, cursor, done)

    def _news(
        self, cursor: Cursor, body: bytes, url: str, content_type: str
    ) -> tuple[list[Incoming], list[str]]:
        found = self._pool.run("feed", body, url=url, content_type=content_type)
        entries = cast("list[Entry]", found)
        ids = external_ids(entries)
        prints = [fingerprint(entry, name) for entry, name in zip(entries, ids, strict=True)]
        seen = set(_texts(cursor, "seen"))
        # Feeds stand newest first; told oldest first, stories grow in the order in which things happened.
        news = [
            incoming(entry, name)
            for entry, name, mark in reversed(list(zip(entries, ids, prints, strict=True)))
            if mark not in seen
        ]
        return news, prints

    def _fetched(self, cursor: Cursor) -> Answer:
        etag, modified = _text(cursor, "etag"), _text(cursor, "modified")
        if moved_to := _text(cursor, "moved_to"):
            try:
                return self._fetcher.get(moved_to, etag=etag, modified=modified)
            except SourceTrouble:
                cursor["moved_to"] = ""  # the new address failed: ask the one that people know
        return self._fetcher.get(self._source.address, etag=etag, modified=modified)


def _in_batches(news: list[Incoming], cursor: Cursor, done: Cursor) -> Iterator[tuple[Batch, Cursor]]:
    for start in range(0, max(len(news), 1), BATCH):
        # Only the last batch moves the cursor: after a kill the others are offered again, and are known.
        yield [*news[start : start + BATCH]], done if start + BATCH >= len(news) else cursor


def messages(entries: Sequence[Entry]) -> list[Incoming]:
    """All entries of a document, in its order."""
    return [incoming(entry, name) for entry, name in zip(entries, external_ids(entries), strict=True)]


def incoming(entry: Entry, external_id: str) -> Incoming:
    """An entry as the door expects it."""
    return Incoming(
        external_id=external_id,
        text=entry["text"],
        title=entry["title"],
        link=entry["link"],
        author=entry["author"],
        language=entry["language"],
        published=datetime.fromisoformat(entry["published"]) if entry["published"] else None,
    )


def next_interval(before_s: int, news: int, first: bool) -> int:
    """Seconds until the next visit: a third less after news, half as much again after none, within limits."""
    if first:
        return FIRST_INTERVAL_S
    after = before_s * 2 // 3 if news else before_s * 3 // 2
    return max(SHORTEST_S, min(LONGEST_S, after))


def _after(cursor: Cursor, answer: Answer, *, news: int) -> Cursor:
    interval = cursor.get("interval_s")
    known = isinstance(interval, int) and not isinstance(interval, bool)
    after: dict[str, Any] = dict(cursor)
    after["etag"] = answer.etag or (_text(cursor, "etag") if answer.status == 304 else "")
    after["modified"] = answer.modified or (_text(cursor, "modified") if answer.status == 304 else "")
    after["moved_to"] = answer.moved_to or _text(cursor, "moved_to")
    after["interval_s"] = next_interval(cast("int", interval) if known else 0, news, first=not known)
    return after


def _text(cursor: Cursor, name: str) -> str:
    value = cursor.get(name)
    return value if isinstance(value, str) else ""


def _texts(cursor: Cursor, name: str) -> list[str]:
    value = cursor.get(name)
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else []
