"""Reads another city's requests, and those of the last week again each time: edits and deletes show there.

The standard has no feed of changes, and a list that was cut does not say so: a full one is asked in halves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.collect.feeds.collector import next_interval
from answerable.collect.open311.read import Request
from answerable.errors import SourceTrouble
from answerable.records import Gone, Incoming, Rejected, SourceFacts

if TYPE_CHECKING:
    from answerable.collect.fetch import Fetcher
    from answerable.collect.workers import ParsePool

FIRST = timedelta(days=30)  # heard at first
AGAIN = timedelta(days=7)  # read again each time
FULL = 50  # servers give 50, 100, 200 or 1,000: a multiple of it may be a cut list
HALVES = 6  # times a span is halved
ASKED = 20  # missing requests that are looked for one by one, each time
KNOWN = 2_000  # ids kept of the last week
_XML = "text/xml, application/xml, application/json;q=0.5"


class Open311Collector:
    """One endpoint. The cursor holds `since` and `known`: {id: requested} of what is read again."""

    name = "open311"

    def __init__(
        self,
        source: SourceFacts,
        fetcher: Fetcher,
        pool: ParsePool,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._source, self._fetcher, self._pool, self._now = source, fetcher, pool, now

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """One visit: what is new or was edited, then what was taken back. Raises SourceTrouble."""
        now = self._now()
        before = _moment(cursor.get("since"))
        since = min(before, now) - AGAIN if before else now - FIRST
        requests, whole = self._span(since, now, HALVES)
        known = _known(cursor)
        found: Batch = []
        for place, one in enumerate(sorted(requests, key=lambda one: one["requested"]), 1):
            if not one["id"]:
                found.append(Rejected(f"entry {place}", "no_id"))
            elif known.get(one["id"]) != _print(one):
                found.append(_incoming(one))
        news = len(found)
        missing = sorted(set(known) - {one["id"] for one in requests}) if whole else []
        gone = [name for name in missing[:ASKED] if self._is_gone(name)]
        found += [Gone(name) for name in gone]
        after = self._after(cursor, requests, known, set(gone), now, news, since)
        for start in range(0, max(len(found), 1), BATCH):
            # Only the last batch moves the cursor: after a kill the others are offered again, and are known.
            yield found[start : start + BATCH], after if start + BATCH >= len(found) else cursor

    def _span(self, since: datetime, until: datetime, halves: int) -> tuple[list[Request], bool]:
        """All requests of a span, and whether none can be missing."""
        dates = {"start_date": _written(since), "end_date": _written(until)}
        found = self._ask("requests.xml", dates)
        full = len(found) >= FULL and len(found) % FULL == 0
        if not full or not halves:
            return found, not full
        middle = since + (until - since) / 2
        late, late_whole = self._span(middle, until, halves - 1)
        early, early_whole = self._span(since, middle, halves - 1)
        both = {one["id"]: one for one in (*found, *early, *late)}
        return list(both.values()), late_whole and early_whole

    def _is_gone(self, name: str) -> bool:
        """Whether the server knows a request no more: 404 or 410, or an answer without it."""
        try:
            return not any(one["id"] == name for one in self._ask(f"requests/{quote(name, safe='')}.xml", {}))
        except SourceTrouble as trouble:
            if trouble.code in ("http_404", "http_410"):
                return True
            raise

    def _ask(self, path: str, query: dict[str, str]) -> list[Request]:
        parts = urlsplit(self._source.address)
        asked = "&".join(filter(None, (parts.query, urlencode(query))))
        url = urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{path}", asked, ""))
        answer = self._fetcher.get(url, accept=_XML)
        return cast("list[Request]", self._pool.run("open311", answer.body))

    def _after(
        self,
        cursor: Cursor,
        requests: list[Request],
        known: dict[str, str],
        gone: set[str],
        now: datetime,
        news: int,
        since: datetime,
    ) -> Cursor:
        """What is known of the last week, and when to come again."""
        seen = max((one["requested"] for one in requests), default="") or _written(since + AGAIN)
        next_since = min(_moment(seen) or now, now)
        edge = _written(next_since - AGAIN)
        held = {name: mark for name, mark in known.items() if name not in gone and mark[:19] >= edge[:19]}
        late = [one for one in requests if one["id"] and one["requested"][:19] >= edge[:19]]
        held |= {one["id"]: _print(one) for one in late}
        newest = sorted(held, key=lambda name: held[name])[-KNOWN:]
        interval = cursor.get("interval_s")
        first = not isinstance(interval, int) or isinstance(interval, bool)
        return {
            "since": next_since.isoformat(),
            "known": {name: held[name] for name in newest},
            "interval_s": next_interval(0 if first else cast("int", interval), news, first=first),
        }


def _incoming(one: Request) -> Incoming:
    """A request as the door expects it: its service heads it, its address ends it; coordinates stay there."""
    updated = _moment(one["updated"])
    return Incoming(
        external_id=one["id"],
        text="\n".join(filter(None, (one["text"], one["address"]))),
        title=one["service"],
        published=_moment(one["requested"]),
        version=int(updated.timestamp() * 1000) if updated else None,
    )


def _print(one: Request) -> str:
    """When it was asked and when it last changed: another print is an edit."""
    return f"{one['requested']} {one['updated']}"


def _known(cursor: Cursor) -> dict[str, str]:
    known = cursor.get("known")
    return {str(name): str(mark) for name, mark in known.items()} if isinstance(known, dict) else {}


def _moment(given: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(given)) if given else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
