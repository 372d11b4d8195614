"""Matters by weight: the one ranking of the page, the command and the export, and one matter's stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answerable.store import search
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.rows import marks, rows, words
from answerable.understand.names import spoken

LIKES = 10  # likes weigh as much as one item
MOST_HITS = 1000  # items a search looks at before it names their matters


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One row of the ranking."""

    id: int
    heading: ItemSeen | None  # the best item of the story that heads it; None when that left
    names: tuple[str, ...]
    items: int
    likes: int
    stories: int
    first_seen: int  # ms
    last_seen: int  # ms

    @property
    def score(self) -> float:
        """Items and a tenth of the likes: what it is ranked by."""
        return round(self.items + self.likes / LIKES, 1)


@dataclass(frozen=True, slots=True)
class MatterStory:
    """One story of a matter."""

    id: int
    heading: ItemSeen | None
    items: int
    likes: int
    first_seen: int  # ms
    last_seen: int  # ms


@dataclass(frozen=True, slots=True)
class MatterSeen:
    """One matter with its stories, the oldest first."""

    line: MatterLine
    stories: tuple[MatterStory, ...]


_LIKED = (
    "SELECT t.story_id AS story, SUM(i.likes) AS likes FROM items i JOIN threads t ON t.id = i.thread_id "
    "WHERE i.likes > 0 AND i.exercise = %s GROUP BY t.story_id"
)
_RANKED = (
    "SELECT m.id, SUM(s.items) AS items, COALESCE(SUM(l.likes), 0) AS likes, COUNT(*) AS stories, "  # noqa: S608 (our own words)
    "MIN(s.first_seen), MAX(s.last_seen), m.heading_story, m.names FROM matters m "
    "JOIN stories s ON s.matter_id = m.id AND s.merged_into_id IS NULL AND s.items > 0 "
    f"LEFT JOIN ({_LIKED}) l ON l.story = s.id WHERE m.exercise = %s AND m.merged_into_id IS NULL "
)


def ranking(
    *,
    exercise: bool,
    query: str = "",
    only: Sequence[int] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[MatterLine]:
    """Matters by items and a tenth of the likes, the weightiest first; with `query` those that say it."""
    where, values = "", list[int]([exercise, exercise])
    if query:
        only = _found(query, exercise)
    if only is not None:
        where = f"AND m.id IN ({marks(only)}) "
        values += only
    paged = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    found = rows(
        f"{_RANKED}{where}GROUP BY m.id "
        f"ORDER BY SUM(s.items) + COALESCE(SUM(l.likes), 0) / {LIKES}.0 DESC, m.id{paged}",
        values,
    )
    headings = _headings([row[6] for row in found])
    return [
        MatterLine(
            pk, headings.get(story), tuple(spoken(words(names))), int(items), int(likes), stories, first, last
        )
        for pk, items, likes, stories, first, last, story, names in found
    ]


def count(*, exercise: bool, query: str = "") -> int:
    """How many matters there are, or hold the words of `query`."""
    if query:
        return len(_found(query, exercise))
    return int(
        rows(
            "SELECT COUNT(DISTINCT s.matter_id) FROM stories s JOIN matters m ON m.id = s.matter_id "
            "WHERE s.exercise = %s AND s.merged_into_id IS NULL AND s.items > 0 AND m.merged_into_id IS NULL",
            [exercise],
        )[0][0]
    )


def matter(pk: int, exercise: bool) -> MatterSeen | int | None:
    """A matter of this space; of one that was merged, the number of the matter that stands; None for none."""
    found = rows("SELECT merged_into_id FROM matters WHERE id = %s AND exercise = %s", [pk, exercise])
    if not found:
        return None
    if found[0][0] is not None:
        return int(found[0][0])
    lines = ranking(exercise=exercise, only=[pk])
    return MatterSeen(lines[0], tuple(_stories(pk, exercise))) if lines else None


def matters_of(stories: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Story -> its matter and how many stories that has."""
    return {
        story: (pk, n)
        for story, pk, n in rows(
            "SELECT s.id, s.matter_id, (SELECT COUNT(*) FROM stories o WHERE o.matter_id = s.matter_id "  # noqa: S608 (marks only)
            f"AND o.merged_into_id IS NULL AND o.items > 0) FROM stories s WHERE s.id IN ({marks(stories)}) "
            "AND s.matter_id IS NOT NULL",
            list(stories),
        )
    }


def beside(story: int) -> list[int]:
    """The other stories of a story's matter, the latest first."""
    return [
        row[0]
        for row in rows(
            "SELECT s.id FROM stories s JOIN stories o ON o.matter_id = s.matter_id WHERE o.id = %s "
            "AND s.id <> o.id AND s.merged_into_id IS NULL AND s.items > 0 "
            "ORDER BY s.last_seen DESC LIMIT 50",
            [story],
        )
    ]


def _stories(pk: int, exercise: bool) -> Iterable[MatterStory]:
    found = rows(
        "SELECT s.id, s.items, COALESCE(l.likes, 0), s.first_seen, "  # noqa: S608 (our own words)
        "s.last_seen, s.heading_item "
        f"FROM stories s LEFT JOIN ({_LIKED}) l ON l.story = s.id WHERE s.matter_id = %s "
        "AND s.merged_into_id IS NULL "
        "AND s.items > 0 ORDER BY s.first_seen, s.id",
        [exercise, pk],
    )
    headings = items_by_id([row[5] for row in found if row[5]])
    for story, items, likes, first, last, heading in found:
        yield MatterStory(story, headings.get(heading or 0), items, int(likes), first, last)


def _headings(stories: Sequence[int]) -> dict[int, ItemSeen]:
    """Story -> its best item, redirects followed."""
    standing = rows(
        "SELECT s.id, COALESCE(w.heading_item, s.heading_item) FROM stories s "  # noqa: S608 (marks only)
        f"LEFT JOIN stories w ON w.id = s.merged_into_id WHERE s.id IN ({marks(stories)})",
        list(stories),
    )
    seen = items_by_id([item for _, item in standing if item])
    return {story: seen[item] for story, item in standing if item in seen}


def _found(query: str, exercise: bool) -> list[int]:
    items = search.find(query, exercise=exercise, limit=MOST_HITS)
    return [
        row[0]
        for row in rows(
            "SELECT DISTINCT s.matter_id FROM items i JOIN threads t ON t.id = i.thread_id "  # noqa: S608 (marks only)
            "JOIN stories s ON s.id = t.story_id JOIN matters m ON m.id = s.matter_id "
            f"WHERE i.id IN ({marks(items)}) AND m.merged_into_id IS NULL",
            items,
        )
    ]
