"""One story: its counts over time, its alerts, whose words it is made of and why it is one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.store.models import Alert
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.moment import HOUR_MS
from answerable.store.reading.rows import instant, mapping, marks, number, rows, words

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

    id: int
    loser: int
    at: int  # ms
    lexical: float
    meaning: float
    shared: tuple[str, ...]
    heading: ItemSeen | None  # what the other story was headed
    by_hand: bool  # a person said so


@dataclass(frozen=True, slots=True)
class ThreadSeen:
    """A thread of the story by its best item."""

    id: int
    items: int
    heading: ItemSeen | None


def story(pk: int, exercise: bool) -> StorySeen | None:
    """A story of this space; None when there is none. A merged one names the story that stands."""
    found = rows(
        "SELECT id, merged_into_id, items, first_seen, last_seen, first_heard, languages, classes, "
        "heading_item FROM stories WHERE id = %s AND exercise = %s",
        [pk, exercise],
    )
    if not found:
        return None
    one, merged, items, first_seen, last_seen, first_heard, languages, classes, heading = found[0]
    return StorySeen(
        one,
        _standing(merged),
        items,
        first_seen,
        last_seen,
        first_heard,
        mapping(languages),
        mapping(classes),
        items_by_id([heading]).get(heading) if heading else None,
        exercise,
    )


def _standing(pk: int | None) -> int | None:
    """Follow merges to the story that stands; merges point to older ids, so this ends."""
    while pk is not None:
        onwards = rows("SELECT merged_into_id FROM stories WHERE id = %s", [pk])
        if not onwards or onwards[0][0] is None:
            return pk
        pk = onwards[0][0]
    return None


def counts(story_id: int, first: int, width_ms: int, buckets: int) -> list[int]:
    """Items published in each of `buckets` spans of `width_ms` from `first` (ms).

    Whole hours come from the kept sums, so they hold when items leave; shorter spans count stored items.
    """
    found = [0] * buckets
    if width_ms % HOUR_MS == 0 and first % HOUR_MS == 0:
        start, wide = first // HOUR_MS, width_ms // HOUR_MS
        for hour, items in rows(
            "SELECT hour, items FROM story_hours WHERE story_id = %s AND hour >= %s AND hour < %s",
            [story_id, start, start + wide * buckets],
        ):
            found[(hour - start) // wide] += items
        return found
    for bucket, items in rows(
        "SELECT (i.published - %s) / %s, COUNT(*) FROM threads t JOIN items i ON i.thread_id = t.id "
        "AND i.published >= %s AND i.published < %s WHERE t.story_id = %s GROUP BY 1",
        [first, width_ms, first, first + width_ms * buckets, story_id],
    ):
        found[int(bucket)] = items
    return found


def alerts_of(story_id: int) -> list[AlertSeen]:
    """The story's alerts, newest first."""
    return [
        AlertSeen(pk, state, instant(raised), instant(decided) if decided else None, name or "", *measured)
        for pk, state, raised, decided, name, *measured in rows(
            "SELECT a.id, a.state, a.raised_at, a.decided_at, p.name, s.at, s.window_s, s.observed, "
            "s.expected, s.low, s.high, s.p, s.test FROM alerts a JOIN signals s ON s.id = a.signal_id "
            "LEFT JOIN people p ON p.id = a.decided_by_id WHERE a.story_id = %s "
            "ORDER BY a.raised_at DESC, a.id DESC LIMIT 50",
            [story_id],
        )
    ]


def alert_items(alert: int, exercise: bool) -> tuple[int, list[int]] | None:
    """(story, the very items that an alert's signal counted); None when there is no such alert here."""
    row = Alert.objects.filter(pk=alert, exercise=exercise).select_related("signal").first()
    return (row.story_id, list(row.signal.items)) if row else None


def in_their_words(seen: StorySeen, limit: int = 6) -> list[Quoted]:
    """A few items that stand for the story: its best one first, then the most repeated of each language."""
    found = rows(
        "SELECT i.id, COALESCE(i.duplicate_of, i.id), i.language FROM items i WHERE i.id IN ("
        "SELECT j.id FROM threads t JOIN items j ON j.thread_id = t.id WHERE t.story_id = %s "
        "ORDER BY j.published DESC LIMIT %s) ORDER BY i.published DESC, i.id DESC",
        [seen.id, SAMPLE],
    )
    copies = Counter(original for _, original, _ in found)
    shown: dict[int, tuple[int, str]] = {}  # one item for each group of near-duplicates
    for item, original, language in found:
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
    return [
        (pk, name, source_class, items)
        for pk, name, source_class, items in rows(
            "SELECT s.id, s.name, s.source_class, c.n FROM (SELECT i.source_id AS source, COUNT(*) AS n "
            "FROM threads t JOIN items i ON i.thread_id = t.id WHERE t.story_id = %s GROUP BY i.source_id) c "
            "JOIN sources s ON s.id = c.source ORDER BY c.n DESC, s.id LIMIT %s",
            [story_id, limit],
        )
    ]


def merges_of(story_id: int, limit: int = 5) -> tuple[list[MergeSeen], int]:
    """The newest merges into this story, and how many there were."""
    some = rows(
        "SELECT m.id, m.loser_id, m.at, m.lexical, m.meaning, m.shared, s.heading_item, m.by_hand "
        "FROM story_merges m "
        "JOIN stories s ON s.id = m.loser_id WHERE m.winner_id = %s ORDER BY m.id DESC LIMIT %s",
        [story_id, limit],
    )
    headings = items_by_id([row[6] for row in some if row[6]])
    seen = [
        MergeSeen(
            pk,
            loser,
            at,
            lexical,
            meaning,
            tuple(words(shared))[:8],
            headings.get(heading or 0),
            bool(by_hand),
        )
        for pk, loser, at, lexical, meaning, shared, heading, by_hand in some
    ]
    if len(some) < limit:
        return seen, len(some)
    return seen, number("SELECT COUNT(*) FROM story_merges WHERE winner_id = %s", [story_id])


def threads_of(story_id: int, limit: int = 4, *, first: Sequence[int] = ()) -> tuple[list[ThreadSeen], int]:
    """The biggest threads of a story, each by its best or earliest item, and how many there are.

    Those in `first` come before the others, whatever their size.
    """
    some = rows(
        "SELECT t.id, t.items, COALESCE(t.head_item, (SELECT i.id FROM items i "  # noqa: S608 (marks only)
        "WHERE i.thread_id = t.id "
        "ORDER BY i.published LIMIT 1)) FROM threads t WHERE t.story_id = %s AND t.items > 0 "
        f"ORDER BY CASE WHEN t.id IN ({marks(first)}) THEN 0 ELSE 1 END, t.items DESC, t.id LIMIT %s",
        [story_id, *first, limit],
    )
    headings = items_by_id([row[2] for row in some if row[2]])
    seen = [ThreadSeen(pk, items, headings.get(head or 0)) for pk, items, head in some]
    if len(some) < limit:
        return seen, len(some)
    return seen, number("SELECT COUNT(*) FROM threads WHERE story_id = %s AND items > 0", [story_id])


@dataclass(frozen=True, slots=True)
class EditSeen:
    """What a person asked to change about a story."""

    kind: str
    asked_by: str
    done_at: datetime | None
    made: int | None  # the story that a split made


def edits_of(story_id: int, limit: int = 3) -> list[EditSeen]:
    """The newest wishes that wait or changed this story without a merge, which shows by itself."""
    return [
        EditSeen(kind, name or "", instant(done) if done else None, made)
        for kind, name, done, made in rows(
            "SELECT e.kind, p.name, e.done_at, e.made_id FROM story_edits e "
            "LEFT JOIN people p ON p.id = e.asked_by_id WHERE (e.story_id = %s OR e.other_id = %s) "
            "AND (e.done_at IS NULL OR e.made_id IS NOT NULL OR e.trouble <> '') ORDER BY e.id DESC LIMIT %s",
            [story_id, story_id, limit],
        )
    ]
