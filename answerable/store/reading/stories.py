"""Lists of stories: what people talk about now, and every story there is. Counts come from kept sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from answerable.permissions import Permission
from answerable.store.access import reach
from answerable.store.models import Person
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.moment import HOUR_MS, Moment
from answerable.store.reading.rows import mapping, marks, number, rows

LEAST_ITEMS = 3  # what one or two people say once is an item, not yet a story for Now
SPARK_HOURS = 24


@dataclass(frozen=True, slots=True)
class StoryAlert:
    """The alert of a story that waits for a decision, as a list shows it."""

    id: int
    state: str  # open: nobody looked yet; acknowledged: somebody does
    observed: int
    expected: float


@dataclass(frozen=True, slots=True)
class StoryIncident:
    """The incident a story belongs to."""

    id: int
    title: str
    level: int
    state: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One row of a list of stories."""

    id: int
    heading: ItemSeen | None  # its best item; None when that left
    items: int  # all there ever were
    recent: int  # in the last 24 hours
    speed: int  # in the last 60 minutes
    before: int  # in the 60 minutes before those
    first_seen: int  # ms
    last_seen: int  # ms
    languages: Mapping[str, int]
    hours: tuple[int, ...]  # 24 counts, oldest first
    alert: StoryAlert | None = None
    incident: StoryIncident | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """The live stories: the fastest ones, and how many there are in all."""

    lines: tuple[StoryLine, ...]
    stories: int
    items: int  # published in the last 24 hours, also those in no live story
    moment: Moment = field(repr=False)


def live(person: Person, moment: Moment, *, exercise: bool, limit: int = 12) -> Live:
    """Stories of at least three items that were heard in the last 24 hours, fastest first."""
    since = (moment.hour - SPARK_HOURS + 1) * HOUR_MS
    standing = (
        "FROM stories WHERE exercise = %s AND merged_into_id IS NULL AND last_seen >= %s AND items >= %s"
    )
    values = [exercise, since, LEAST_ITEMS]
    ids = _fastest(moment, exercise, limit)
    if len(ids) < limit:
        found = rows(f"SELECT id {standing} ORDER BY last_seen DESC, id DESC LIMIT %s", [*values, 2 * limit])
        ids = list(dict.fromkeys([*ids, *(row[0] for row in found)]))[:limit]
    fastest = sorted(lines(ids, person, moment), key=lambda line: (-line.speed, -line.recent, line.id))
    ((active, heard),) = rows(
        f"SELECT (SELECT COUNT(*) {standing}), "  # noqa: S608 (our own words)
        "(SELECT COUNT(*) FROM items WHERE exercise = %s AND published >= %s AND published <= %s)",
        [*values, exercise, since, moment.ms],
    )
    return Live(tuple(fastest), active, heard, moment)


def _fastest(moment: Moment, exercise: bool, limit: int) -> list[int]:
    """Stories with items in this hour or the one before, by pace; the older hour counts in part."""
    hour, left = moment.hour, 1 - (moment.ms % HOUR_MS) / HOUR_MS
    found = rows(
        "SELECT s.id FROM stories s JOIN story_hours h ON h.story_id = s.id AND h.hour IN (%s, %s) "
        "WHERE s.exercise = %s AND s.merged_into_id IS NULL AND s.last_seen >= %s AND s.items >= %s "
        "GROUP BY s.id "
        "ORDER BY SUM(CASE WHEN h.hour = %s THEN h.items * 1.0 ELSE h.items * %s END) DESC, "
        "s.items DESC, s.id LIMIT %s",
        [hour, hour - 1, exercise, (hour - 1) * HOUR_MS, LEAST_ITEMS, hour, left, limit],
    )
    return [row[0] for row in found]


def lines(ids: Sequence[int], person: Person, moment: Moment) -> list[StoryLine]:
    """Rows for these stories, in this order. Incidents of other units stay unnamed."""
    if not ids:
        return []
    stories = {
        row[0]: row
        for row in rows(
            "SELECT id, items, first_seen, last_seen, languages, heading_item FROM stories "  # noqa: S608 (marks only)
            f"WHERE id IN ({marks(ids)})",
            ids,
        )
    }
    headings = items_by_id([row[5] for row in stories.values() if row[5]])
    hours = _hours(ids, moment)
    pace = _pace(ids, moment)
    alerts = _alerts(ids)
    incidents = _incidents(ids, person)
    found = []
    for pk, items, first_seen, last_seen, languages, heading in (
        stories[one] for one in ids if one in stories
    ):
        counts = hours.get(pk, (0,) * SPARK_HOURS)
        speed, before = pace.get(pk, (0, 0))
        found.append(
            StoryLine(
                id=pk,
                heading=headings.get(heading or 0),
                items=items,
                recent=sum(counts),
                speed=speed,
                before=before,
                first_seen=first_seen,
                last_seen=last_seen,
                languages=mapping(languages),
                hours=counts,
                alert=alerts.get(pk),
                incident=incidents.get(pk),
            )
        )
    return found


def listed(*, exercise: bool, order: str, limit: int, offset: int) -> tuple[list[int], int]:
    """Ids of stories that stand, and how many there are. `order` is `newest` or `biggest`."""
    standing = "FROM stories WHERE exercise = %s AND merged_into_id IS NULL"
    by = "items DESC, id DESC" if order == "biggest" else "last_seen DESC, id DESC"
    found = rows(f"SELECT id {standing} ORDER BY {by} LIMIT %s OFFSET %s", [exercise, limit, offset])
    return [row[0] for row in found], number(f"SELECT COUNT(*) {standing}", [exercise])


def stories_of_items(items: Sequence[int]) -> list[int]:
    """The stories these items stand in, each once, in the order of the items."""
    seen = items_by_id(items)
    return list(dict.fromkeys(seen[one].story for one in items if one in seen and seen[one].story))  # type: ignore[misc]


def _hours(ids: Sequence[int], moment: Moment) -> dict[int, tuple[int, ...]]:
    counts: dict[int, list[int]] = {}
    first = moment.hour - SPARK_HOURS + 1
    for story, hour, items in rows(
        "SELECT story_id, hour, items FROM story_hours "  # noqa: S608 (marks only)
        f"WHERE story_id IN ({marks(ids)}) AND hour >= %s AND hour <= %s",
        [*ids, first, moment.hour],
    ):
        counts.setdefault(story, [0] * SPARK_HOURS)[hour - first] += items
    return {story: tuple(hours) for story, hours in counts.items()}


def _pace(ids: Sequence[int], moment: Moment) -> dict[int, tuple[int, int]]:
    """Items of each story in the last 60 minutes, and in the 60 before."""
    found = rows(
        "SELECT t.story_id, SUM(CASE WHEN i.published > %s THEN 1 ELSE 0 END), COUNT(*) "  # noqa: S608 (marks only)
        "FROM threads t JOIN items i ON i.thread_id = t.id AND i.published > %s AND i.published <= %s "
        f"WHERE t.story_id IN ({marks(ids)}) AND t.last_seen > %s GROUP BY t.story_id",
        [moment.ms - HOUR_MS, moment.ms - 2 * HOUR_MS, moment.ms, *ids, moment.ms - 2 * HOUR_MS],
    )
    return {row[0]: (int(row[1]), int(row[2]) - int(row[1])) for row in found}


def _alerts(ids: Sequence[int]) -> dict[int, StoryAlert]:
    found = rows(
        "SELECT a.story_id, a.id, a.state, s.observed, s.expected FROM alerts a "  # noqa: S608 (marks only)
        f"JOIN signals s ON s.id = a.signal_id WHERE a.story_id IN ({marks(ids)}) "
        "AND a.state IN ('open', 'acknowledged') ORDER BY a.raised_at",
        ids,
    )
    return {row[0]: StoryAlert(*row[1:]) for row in found}


def _incidents(ids: Sequence[int], person: Person) -> dict[int, StoryIncident]:
    found = rows(
        "SELECT l.story_id, i.id, i.title, i.level, i.state, u.path FROM incident_stories l "  # noqa: S608 (marks only)
        "JOIN incidents i ON i.id = l.incident_id JOIN units u ON u.id = i.unit_id "
        f"WHERE l.story_id IN ({marks(ids)}) ORDER BY i.id",
        ids,
    )
    paths = tuple(reach(person, Permission.DESK_READ)) if found else ()
    return {row[0]: StoryIncident(*row[1:5]) for row in found if row[5].startswith(paths)}
