"""Watches one web page: when the words of its article change, they are a new message.

Decides when to come: as robots.txt asks, sooner while the page changes, never sooner than every ten minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from answerable.collect.collector import Batch, Cursor
from answerable.collect.pages.robots import Manners, manners
from answerable.errors import SourceTrouble
from answerable.records import Incoming, SourceFacts

if TYPE_CHECKING:
    from answerable.collect.fetch import Answer, Fetcher
    from answerable.collect.pages.article import Article
    from answerable.collect.workers import ParsePool

AGENT = "answerable"  # as sites name us in robots.txt
PAGES = "text/html, application/xhtml+xml, */*;q=0.5"
FIRST_S, SHORTEST_S, LONGEST_S = 1_800, 600, 6 * 3600
MANNERS_S = 24 * 3600  # robots.txt is asked for again after that
PARSE_S = 5.0
_NONE = frozenset({"http_401", "http_403", "http_404", "http_410"})  # no robots.txt: everything may be read
JOBS = "answerable.collect.pages.jobs"


class PageCollector:
    """One page. The cursor holds: etag, modified, words (a hash), interval_s, and what robots.txt said."""

    name = "pages"

    def __init__(
        self,
        source: SourceFacts,
        fetcher: Fetcher,
        pool: ParsePool,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._source = source
        self._fetcher = fetcher
        self._pool = pool
        self._now = now

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Look at the page once. Raises SourceTrouble, `robots` when the site asks us to stay away."""
        cursor = dict(cursor)
        asked = self._manners(cursor)
        if not asked.allowed:
            raise SourceTrouble("robots", host=urlsplit(self._source.address).hostname or "")
        answer = self._fetcher.get(
            self._source.address,
            etag=_text(cursor, "etag"),
            modified=_text(cursor, "modified"),
            accept=PAGES,
        )
        batch: Batch = []
        if answer.status != 304:
            batch = self._changed(answer, cursor)
            cursor["etag"], cursor["modified"] = answer.etag, answer.modified
            cursor["moved_to"] = answer.moved_to
        cursor["interval_s"] = _interval(cursor.get("interval_s"), bool(batch), asked.delay_s)
        yield batch, cursor

    def _changed(self, answer: Answer, cursor: Cursor) -> Batch:
        """The article as a message when its words are other ones than last time."""
        pool = self._pool.beside(JOBS, seconds=PARSE_S)
        article = cast("Article", pool.run("page", answer.body, url=answer.url)[0])
        words = sha256(" ".join((article["title"] + " " + article["text"]).split()).encode()).hexdigest()[:32]
        if words == cursor.get("words"):
            return []
        first = "words" not in cursor
        cursor["words"] = words
        return [
            Incoming(
                external_id=f"{self._source.address}#{words}",
                text=article["text"],
                title=article["title"],
                link=answer.url,
                author=article["author"],
                language=article["language"],
                # The day a page names is that of its first version; a change is heard when it is seen.
                published=_day(article["published"]) if first else None,
            )
        ]

    def _manners(self, cursor: Cursor) -> Manners:
        """What robots.txt says, asked for once a day. Where it cannot be had, nothing is read."""
        until, allowed, delay = (
            cursor.get(name) for name in ("robots_until", "robots_allowed", "robots_delay")
        )
        if isinstance(until, int | float) and self._now() < until and isinstance(allowed, bool):
            return Manners(allowed, float(delay) if isinstance(delay, int | float) else 0.0)
        parts = urlsplit(self._source.address)
        try:
            answer = self._fetcher.get(
                f"{parts.scheme}://{parts.netloc}/robots.txt", accept="text/plain, */*;q=0.5"
            )
            asked = manners(answer.body, self._source.address, AGENT)
        except SourceTrouble as trouble:
            if trouble.code not in _NONE:
                raise
            asked = Manners(allowed=True)
        cursor |= {
            "robots_until": int(self._now()) + MANNERS_S,
            "robots_allowed": asked.allowed,
            "robots_delay": asked.delay_s,
        }
        return asked


def _interval(before: object, changed: bool, delay_s: float) -> int:
    """A third sooner after a change, half as late again after none, never sooner than the site asks."""
    after = FIRST_S if not isinstance(before, int) else before * 2 // 3 if changed else before * 3 // 2
    return max(SHORTEST_S, min(LONGEST_S, after), int(delay_s))


def _day(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC) if written else None
    except ValueError:
        return None


def _text(cursor: Cursor, name: str) -> str:
    value = cursor.get(name)
    return value if isinstance(value, str) else ""
