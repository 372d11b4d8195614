"""One story: its counts over time, its alerts, whose words it is made of and why it is one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from answerable.store.models import Alert, ItemRow, Story, StoryHour, StoryMerge, ThreadRow
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.moment import HOUR_MS

SAMPLE = 300  # newest items among which the words of a page are chosen


@dataclass(frozen=True, slots=True)
class StorySeen:
    """A story's own sums."""

    id: int
    merged_into: int | None
    items: int
    first_seen: int  # ms
    last_seen: int  # ms
    first_heard: int  # ms
    languages: Mapping[str, int]
    classes: Mapping[str, int]
    heading: ItemSeen | None
    exercise: bool


@dataclass(frozen=True, slots=True)
class AlertSeen:
    """An alert with what was measured."""

    id: int
    state: str
    raised_at: datetime
    decided_at: datetime | None
    decided_by: str
    at: int  # ms, stream time
    window_s: int
    observed: int
    expected: float
    low: float
    high: float
    p: float
    test: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's words, with how many others said nearly the same."""

    item: ItemSeen
    copies: int


@dataclass(frozen=True, slots=True)
class MergeSeen:
    """Why another story became part of this one."""

    loser: int
    at: int  # ms
    lexical: float
    meaning: float
    shared: tuple[str, ...]
    heading: ItemSeen | None  # what the other story was headed


@dataclass(frozen=True, slots=True)
class ThreadSeen:
    """A thread of the story by its best item."""

    id: int
    items: int
    heading: ItemSeen | None


def story(pk: int, exercise: bool) -> StorySeen | None:
    """A story of this space; None when there is none. A merged one names the story that stands."""
    row = Story.objects.defer("state").filter(pk=pk, exercise=exercise).first()
    if row is None:
        return None
    heading = items_by_id([row.heading_item]).get(row.heading_item) if row.heading_item else None
    return StorySeen(
        row.pk,
        _standing(row.merged_into_id),
        row.items,
        row.first_seen,
        row.last_seen,
        row.first_heard,
        row.languages,
        row.classes,
        heading,
        row.exercise,
    )


def _standing(pk: int | None) -> int | None:
    """Follow merges to the story that stands; merges point to older ids, so this ends."""
    while pk is not None:
        onwards = Story.objects.filter(pk=pk).values_list("merged_into_id", flat=True).first()
        if onwards is None:
            return pk
        pk = onwards
    return None


def counts(story_id: int, first: int, width_ms: int, buckets: int) -> list[int]:
    """Items published in each of `buckets` spans of `width_ms` from `first` (ms).

    Whole hours come from the kept sums, so they hold when items leave; shorter spans count stored items.
    """
    found = [0] * buckets
    if width_ms % HOUR_MS == 0 and first % HOUR_MS == 0:
        start, wide = first // HOUR_MS, width_ms // HOUR_MS
        rows = StoryHour.objects.filter(story_id=story_id, hour__gte=start, hour__lt=start + wide * buckets)
        for hour, items in rows.values_list("hour", "items"):
            found[(hour - start) // wide] += items
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (i.published - %s) / %s, COUNT(*) FROM threads t JOIN items i ON i.thread_id = t.id "
            "AND i.published >= %s AND i.published < %s WHERE t.story_id = %s GROUP BY 1",
            [first, width_ms, first, first + width_ms * buckets, story_id],
        )
        for bucket, items in cursor.fetchall():
            found[int(bucket)] = items
    return found


def in_last_hour(story_id: int, ms: int) -> tuple[int, int]:
    """Items in the 60 minutes up to `ms`, and in the 60 before."""
    before, now = counts(story_id, ms - 2 * HOUR_MS + 1, HOUR_MS, 2)
    return now, before


def alerts_of(story_id: int) -> list[AlertSeen]:
    """The story's alerts, newest first."""
    rows = (
        Alert.objects.filter(story_id=story_id).select_related("signal", "decided_by").defer("signal__items")
    )
    return [_alert(row) for row in rows.order_by("-raised_at", "-id")[:50]]


def _alert(row: Alert) -> AlertSeen:
    signal = row.signal
    return AlertSeen(
        row.pk,
        row.state,
        row.raised_at,
        row.decided_at,
        row.decided_by.name if row.decided_by else "",
        signal.at,
        signal.window_s,
        signal.observed,
        signal.expected,
        signal.low,
        signal.high,
        signal.p,
        signal.test,
    )


def alert_items(alert: int, exercise: bool) -> tuple[int, list[int]] | None:
    """(story, the very items that an alert's signal counted); None when there is no such alert here."""
    row = Alert.objects.filter(pk=alert, exercise=exercise).select_related("signal").first()
    return (row.story_id, list(row.signal.items)) if row else None


def in_their_words(seen: StorySeen, limit: int = 6) -> list[Quoted]:
    """A few items that stand for the story: its best one first, then the most repeated of each language."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, COALESCE(i.duplicate_of, i.id), i.language FROM items i WHERE i.id IN ("
            "SELECT j.id FROM threads t JOIN items j ON j.thread_id = t.id WHERE t.story_id = %s "
            "ORDER BY j.published DESC LIMIT %s) ORDER BY i.published DESC, i.id DESC",
            [seen.id, SAMPLE],
        )
        rows: list[tuple[int, int, str]] = cursor.fetchall()
    copies = Counter(original for _, original, _ in rows)
    shown: dict[int, tuple[int, str]] = {}  # one item for each group of near-duplicates
    for item, original, language in rows:
        if original not in shown or item == original:
            shown[original] = (item, language)
    best = seen.heading.duplicate_of or seen.heading.id if seen.heading else None
    ranked = sorted(shown, key=lambda original: (original != best, -copies[original], -original))
    chosen = _across_languages(ranked, {key: value[1] for key, value in shown.items()}, limit)
    items = items_by_id([shown[original][0] for original in chosen])
    return [
        Quoted(items[shown[original][0]], copies[original] - 1)
        for original in chosen
        if shown[original][0] in items
    ]


def _across_languages(ranked: Sequence[int], language: Mapping[int, str], limit: int) -> list[int]:
    """The first of each language, then the rest in their order, as many as `limit`."""
    firsts = list({language[one]: one for one in reversed(ranked)}.values())
    keep = set(sorted(firsts, key=ranked.index)[:limit])
    for one in ranked:
        if len(keep) >= limit:
            break
        keep.add(one)
    return [one for one in ranked if one in keep]


def sources_of(story_id: int, limit: int = 8) -> list[tuple[int, str, str, int]]:
    """(source, name, class, items) of a story, the most telling first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.name, s.source_class, c.n FROM (SELECT i.source_id AS source, COUNT(*) AS n "
            "FROM threads t JOIN items i ON i.thread_id = t.id WHERE t.story_id = %s GROUP BY i.source_id) c "
            "JOIN sources s ON s.id = c.source ORDER BY c.n DESC, s.id LIMIT %s",
            [story_id, limit],
        )
        return [(row[0], row[1], row[2], row[3]) for row in cursor.fetchall()]


def merges_of(story_id: int, limit: int = 5) -> tuple[list[MergeSeen], int]:
    """The newest merges into this story, and how many there were."""
    rows = StoryMerge.objects.filter(winner_id=story_id).order_by("-id")
    some = list(
        rows.values_list("loser_id", "at", "lexical", "meaning", "shared", "loser__heading_item")[:limit]
    )
    headings = items_by_id([row[5] for row in some if row[5]])
    seen = [
        MergeSeen(
            loser, at, lexical, meaning, tuple(str(word) for word in shared)[:8], headings.get(heading or 0)
        )
        for loser, at, lexical, meaning, shared, heading in some
    ]
    return seen, rows.count() if len(some) == limit else len(some)


def threads_of(story_id: int, limit: int = 4) -> tuple[list[ThreadSeen], int]:
    """The biggest threads of a story, and how many there are."""
    rows = ThreadRow.objects.filter(story_id=story_id, items__gt=0)
    some = list(rows.order_by("-items", "id").values_list("pk", "items", "head_item")[:limit])
    heads = {pk: head or _first_item(pk) for pk, _, head in some}
    headings = items_by_id([head for head in heads.values() if head])
    return [ThreadSeen(pk, items, headings.get(heads[pk] or 0)) for pk, items, _ in some], rows.count()


def _first_item(thread: int) -> int | None:
    """The earliest item of a thread that is still here."""
    return ItemRow.objects.filter(thread_id=thread).order_by("published").values_list("pk", flat=True).first()
