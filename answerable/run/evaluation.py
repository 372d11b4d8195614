"""Runs labelled items through the pipeline of `up`, with default settings, and measures what comes out."""

from __future__ import annotations

import itertools
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from answerable.collect.door import admit
from answerable.collect.files.mapping import read_time
from answerable.collect.files.rows import json_rows
from answerable.collect.files.source import opened
from answerable.collect.keys import SourceKeys
from answerable.errors import BadInput
from answerable.evaluate.clusters import scores
from answerable.records import Heard, Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.run.pipeline import Understanding
from answerable.understand import language
from answerable.understand.embed import Embedder, Sentences
from answerable.understand.threads import ThreadIndex
from answerable.understand.words import LONG, plain, terms, words_of

BATCH = 250  # as the engine takes them
STEP = timedelta(seconds=30)  # between items of a stream that has no times
_START = datetime(2000, 1, 1, tzinfo=UTC)
_SOURCE = SourceFacts(id=1, kind="files", address="evaluate", source_class=SourceClass.PUBLIC)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row of an evaluation file."""

    where: str
    incoming: Incoming
    label: str | None  # None: streamed, not scored


def labelled(path: Path) -> tuple[list[Labelled], list[Rejected]]:
    """Read `{"id", "text", "time"?, "label"}` lines. Raises BadInput when no row carries a label."""
    rows: list[Labelled] = []
    rejected: list[Rejected] = []
    when = _START
    with opened(path) as lines:
        for number, row in json_rows(lines):
            where = f"line {number}"
            found = row if isinstance(row, Rejected) else _labelled(row, where, when + STEP)
            if isinstance(found, Rejected):
                rejected.append(found)
            else:
                when = found.incoming.published or when
                rows.append(found)
    if not any(row.label is not None for row in rows):
        raise BadInput(
            f"Nothing in {path.name} can be scored: each line needs a text, and some a label; "
            f"{len(rejected)} lines cannot be read."
        )
    return rows, rejected


def _labelled(row: dict[str, Any], where: str, otherwise: datetime) -> Labelled | Rejected:
    text, label = row.get("text"), row.get("label")
    if not isinstance(text, str):
        return Rejected(where, "no_text")
    if isinstance(label, dict | list):
        return Rejected(where, "bad_label")
    published = otherwise
    if row.get("time") not in (None, ""):
        read = read_time(row["time"])
        if read is None:
            return Rejected(where, "bad_time")
        published = read
    incoming = Incoming(external_id=str(row.get("id") or where), text=text, published=published)
    return Labelled(where, incoming, None if label is None else json.dumps(label))


def evaluate_stories(
    rows: Sequence[Labelled], embedder: Embedder | None = None
) -> tuple[dict[str, float | int], list[Rejected]]:
    """Stream the rows and score the stories they end in; also what the door refused. Raises BadInput."""
    embedder = embedder or Sentences()
    embedder.embed(["ready"])
    language.load()
    started = time.perf_counter()
    stream = _Stream(embedder)
    for at in range(0, len(rows), BATCH):
        stream.read(rows[at : at + BATCH])
    stream.end()
    seconds = time.perf_counter() - started
    thread_seconds = _time_threads(stream.heard)
    scored = [(label, stream.story(item)) for item, label in stream.labels.items() if label is not None]
    if not scored:
        raise BadInput("No row with a label passed the door: each needs a text. Nothing was scored.")
    labels, predicted = zip(*scored, strict=True)
    result: dict[str, float | int] = {
        "items": len(stream.heard),
        "stories": len({stream.story(item.id) for item in stream.heard}),
    }
    result |= {name: round(value, 6) for name, value in scores(labels, predicted).items()}
    result["items_per_second"] = round(len(stream.heard) / seconds, 1)
    result["threads_per_second"] = round(len(stream.heard) / thread_seconds, 1)
    result["peak_mb"] = round(_peak_mb(), 1)
    return result, stream.rejected


class _Stream:
    """A pipeline that is fed and asked where each item ended."""

    def __init__(self, embedder: Embedder) -> None:
        self._space = Understanding(threads=itertools.count(1), stories=itertools.count(1), embedder=embedder)
        self._keys = SourceKeys.throwaway()
        self._ids = itertools.count(1)
        self._story_of_thread: dict[int, int] = {}
        self._thread_of: dict[int, int] = {}
        self._merged: dict[int, int] = {}
        self.heard: list[Heard] = []
        self.labels: dict[int, str | None] = {}
        self.rejected: list[Rejected] = []

    def read(self, rows: Sequence[Labelled]) -> None:
        now = datetime.now(UTC)
        batch = [heard for row in rows if (heard := self._admitted(row, now)) is not None]
        self.heard += batch
        outcome = self._space.read(batch)
        self._thread_of.update((item.id, item.thread) for item in outcome.items)
        self._story_of_thread.update((thread.id, thread.story) for thread in outcome.threads)
        if self._space.merge_due():
            self.end()

    def end(self) -> None:
        for merge in self._space.merge().merges:
            self._merged[merge.loser] = merge.winner
        self._space.signals()

    def story(self, item: int) -> int:
        """The story an item stands in now, redirects followed."""
        story = self._story_of_thread[self._thread_of[item]]
        while story in self._merged:
            story = self._merged[story]
        return story

    def _admitted(self, row: Labelled, now: datetime) -> Heard | None:
        item = admit(row.incoming, _SOURCE, self._keys, heard=now, where=row.where)
        if not isinstance(item, Item):
            self.rejected.append(item)
            return None
        heard = Heard(
            id=next(self._ids),
            source=item.source,
            source_class=_SOURCE.source_class,
            text=item.text,
            title=item.title,
            published=item.published,
            heard=item.heard,
            author=item.author,
        )
        self.labels[heard.id] = row.label
        return heard


def _time_threads(items: Sequence[Heard]) -> float:
    """Seconds of the thread level alone: words and threads, one more pass."""
    index, ids = ThreadIndex(), itertools.count(1)
    started = time.perf_counter()
    for count, item in enumerate(items, 1):
        spoken = words_of(plain(item.text[:LONG]))
        when = int(item.published.timestamp() * 1000)
        index.place(item.id, terms(spoken, item.text, item.link), when, lambda: (next(ids), 0))
        if count % BATCH == 0:
            index.sweep()
    return time.perf_counter() - started


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
