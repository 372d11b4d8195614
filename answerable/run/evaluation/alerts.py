"""`evaluate alerts`: which events are told, how early, and how often nothing was behind a call.

Items come singly in stream time, as in `up`: what was published within a second is read together, then the
engine rests. An alert's items are all its story's items when it is raised; it belongs to an event when more
than half of them carry that label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from statistics import median

from answerable.alert import budget
from answerable.collect.collector import BATCH
from answerable.errors import BadInput
from answerable.records import Rejected
from answerable.run.evaluation.desk import MemoryDesk
from answerable.run.evaluation.labelled import Labelled, labelled
from answerable.run.evaluation.stream import Stream
from answerable.understand import language
from answerable.understand.embed import Embedder, Sentences

TOGETHER = timedelta(seconds=1)  # what comes closer finds the engine still busy
LEAST = 5  # items of an alert
Figures = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class Told:
    """One alert as it was raised."""

    at: datetime
    story: int
    items: int
    event: str | None  # the label of more than half of its items; None: false


def evaluate(path: Path, allowed: float = budget.DEFAULT) -> tuple[Figures, list[Rejected]]:
    """Score a file; also the rows that were refused. Raises BadInput when nothing can be scored."""
    rows, rejected = labelled(path)
    told, stream = play(rows, allowed)
    return figures(told, stream), rejected + stream.rejected


def play(
    rows: Sequence[Labelled], allowed: float = budget.DEFAULT, embedder: Embedder | None = None
) -> tuple[list[Told], Stream]:
    """Stream rows in the order of their times; the alerts that were raised."""
    embedder = embedder or Sentences()
    language.load()
    desk = MemoryDesk(allowed)
    stream = Stream(embedder, desk)
    members: dict[int, Counter[str | None]] = {}
    told: list[Told] = []
    read = 0
    for batch in _arrivals(rows):
        stream.read(batch)
        for item in stream.heard[read:]:
            members.setdefault(stream.story(item.id), Counter())[stream.labels[item.id]] += 1
        read = len(stream.heard)
        stream.end()
        for loser in [one for one in members if stream.standing(one) != one]:
            members.setdefault(stream.standing(loser), Counter()).update(members.pop(loser))
        for alert in desk.raised:
            story = stream.standing(alert.signal.story)
            told.append(_told(stream.heard[-1].published, story, members[story]))
        desk.raised.clear()
    return told, stream


def _told(at: datetime, story: int, labels: Counter[str | None]) -> Told:
    items = labels.total()
    label, count = labels.most_common(1)[0]
    return Told(at, story, items, label if label is not None and 2 * count > items else None)


def _arrivals(rows: Sequence[Labelled]) -> Iterator[list[Labelled]]:
    """Rows by time, those that come within a second of each other together."""
    batch: list[Labelled] = []
    for row in sorted(rows, key=_published):
        if batch and (_published(row) - _published(batch[-1]) >= TOGETHER or len(batch) == BATCH):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _published(row: Labelled) -> datetime:
    # labelled() gives every row a time.
    return row.incoming.published or datetime.min.replace(tzinfo=UTC)


def figures(told: Sequence[Told], stream: Stream) -> Figures:
    """What `evaluate alerts` prints. Medians are None when most events were missed."""
    first: dict[str, datetime] = {}
    for one in told:
        if one.event is not None:
            first.setdefault(one.event, one.at)
    begins: dict[str, datetime] = {}
    before: Counter[str] = Counter()
    for item in stream.heard:
        label = stream.labels[item.id]
        if label is None:
            continue
        begins.setdefault(label, item.published)
        if label in first and item.published <= first[label]:
            before[label] += 1
    if not begins:
        raise BadInput("No row with a label passed the door: each needs a text. Nothing was scored.")
    items = [before[label] if label in first else inf for label in begins]
    minutes = [
        (first[label] - begins[label]).total_seconds() / 60 if label in first else inf for label in begins
    ]
    hits = sum(one.event is not None for one in told)
    return {
        "items": len(stream.heard),
        "events": len(begins),
        "detected": len(first),
        "alerts": len(told),
        "false_alarms": len(told) - hits,
        "alerts_per_event": round(hits / len(first), 3) if first else None,
        "median_items_before_alert": _finite(median(items)),
        "median_minutes_before_alert": _finite(median(minutes)),
    }


def _finite(value: float) -> float | None:
    return round(value, 1) if value < inf else None
