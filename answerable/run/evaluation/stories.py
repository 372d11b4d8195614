"""`evaluate stories`: how well items are grouped, how fast, in how much memory."""

from __future__ import annotations

import itertools
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from answerable.collect.collector import BATCH
from answerable.errors import BadInput
from answerable.evaluate.clusters import scores
from answerable.records import Heard, Rejected
from answerable.run.evaluation.labelled import Labelled, labelled
from answerable.run.evaluation.stream import Stream
from answerable.run.garbage import look_seldom_for_garbage
from answerable.understand import language
from answerable.understand.embed import Embedder, Sentences
from answerable.understand.story_engine import StoryEngine
from answerable.understand.threads import ThreadIndex
from answerable.understand.words import LONG, plain, terms, words_of

Figures = dict[str, float | int]


def evaluate(path: Path) -> tuple[Figures, list[Rejected]]:
    """Score a file; also the rows that were refused. Raises BadInput when nothing can be scored."""
    rows, rejected = labelled(path)
    result, refused = evaluate_stories(rows)
    return result, rejected + refused


def evaluate_stories(
    rows: Sequence[Labelled], embedder: Embedder | None = None
) -> tuple[Figures, list[Rejected]]:
    """Stream the rows and score the stories they end in; also what the door refused. Raises BadInput."""
    embedder = embedder or Sentences()
    embedder.embed(["ready"])
    language.load()
    look_seldom_for_garbage()
    started = time.perf_counter()
    stream = Stream(embedder)
    for at in range(0, len(rows), BATCH):
        stream.read(rows[at : at + BATCH])
    stream.end(whole=True)
    seconds = time.perf_counter() - started
    thread_seconds = _time_threads(stream.heard)
    scored = [(label, stream.story(item)) for item, label in stream.labels.items() if label is not None]
    if not scored:
        raise BadInput("No row with a label passed the door: each needs a text. Nothing was scored.")
    labels, predicted = zip(*scored, strict=True)
    result: Figures = {
        "items": len(stream.heard),
        "stories": len({stream.story(item.id) for item in stream.heard}),
    }
    result |= {name: round(value, 6) for name, value in scores(labels, predicted).items()}
    # What is scored are threads and stories, so that is what an item's time is measured by.
    result["items_per_second"] = round(len(stream.heard) / _time_stories(stream.heard, embedder), 1)
    result["threads_per_second"] = round(len(stream.heard) / thread_seconds, 1)
    result["pipeline_per_second"] = round(len(stream.heard) / seconds, 1)
    result["peak_mb"] = round(_peak_mb(), 1)
    return result, stream.rejected


def _time_threads(items: Sequence[Heard]) -> float:
    """Seconds of the thread level alone: words and threads, one more pass."""
    look_seldom_for_garbage()
    index, ids = ThreadIndex(), itertools.count(1)
    started = time.perf_counter()
    for count, item in enumerate(items, 1):
        spoken = words_of(plain(item.text[:LONG]))
        when = int(item.published.timestamp() * 1000)
        index.place(item.id, terms(spoken, item.text, item.link), when, lambda: (next(ids), 0))
        if count % BATCH == 0:
            index.sweep()
    return time.perf_counter() - started


def _time_stories(items: Sequence[Heard], embedder: Embedder) -> float:
    """Seconds of both levels without what is built on them (matters, alerts): one more pass."""
    look_seldom_for_garbage()
    engine = StoryEngine(embedder, threads=itertools.count(1), stories=itertools.count(1))
    started = time.perf_counter()
    for at in range(0, len(items), BATCH):
        engine.read(items[at : at + BATCH])
        engine.merge()
    return time.perf_counter() - started


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
