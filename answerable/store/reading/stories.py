"""Lists of stories: what people talk about now, and every story there is. Counts come from kept sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from answerable.store.access import visible_incidents
from answerable.store.models import Alert, IncidentStory, Person, Story, StoryHour
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.moment import HOUR_MS, Moment

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
    standing = Story.objects.filter(
        exercise=exercise, merged_into=None, last_seen__gte=since, items__gte=LEAST_ITEMS
    )
    ids = _fastest(moment, exercise, limit)
    if len(ids) < limit:
        quiet = standing.exclude(pk__in=ids).order_by("-last_seen", "-id").values_list("pk", flat=True)
        ids += quiet[: limit - len(ids)]
    fastest = sorted(lines(ids, person, moment), key=lambda line: (-line.speed, -line.recent, line.id))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM items WHERE exercise = %s AND published >= %s AND published <= %s",
            [exercise, since, moment.ms],
        )
        heard = int(cursor.fetchone()[0])
    return Live(tuple(fastest), standing.count(), heard, moment)


def _fastest(moment: Moment, exercise: bool, limit: int) -> list[int]:
    """Stories with items in this hour or the one before, by pace; the older hour counts in part."""
    hour, left = moment.hour, 1 - (moment.ms % HOUR_MS) / HOUR_MS
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id FROM stories s JOIN story_hours h ON h.story_id = s.id AND h.hour IN (%s, %s) "
            "WHERE s.exercise = %s AND s.merged_into_id IS NULL AND s.last_seen >= %s AND s.items >= %s "
            "GROUP BY s.id "
            "ORDER BY SUM(CASE WHEN h.hour = %s THEN h.items * 1.0 ELSE h.items * %s END) DESC, s.items DESC, s.id LIMIT %s",
            [hour, hour - 1, exercise, (hour - 1) * HOUR_MS, LEAST_ITEMS, hour, left, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def lines(ids: Sequence[int], person: Person, moment: Moment) -> list[StoryLine]:
    """Rows for these stories, in this order. Incidents of other units stay unnamed."""
    if not ids:
        return []
    stories = Story.objects.defer("state").in_bulk(ids)
    headings = items_by_id([story.heading_item for story in stories.values() if story.heading_item])
    hours = _hours(ids, moment)
    pace = _pace(ids, moment)
    alerts = _alerts(ids)
    incidents = _incidents(ids, person, next(iter(stories.values())).exercise if stories else False)
    found = []
    for story in (stories[one] for one in ids if one in stories):
        counts = hours.get(story.pk, (0,) * SPARK_HOURS)
        speed, before = pace.get(story.pk, (0, 0))
        found.append(
            StoryLine(
                id=story.pk,
                heading=headings.get(story.heading_item or 0),
                items=story.items,
                recent=sum(counts),
                speed=speed,
                before=before,
                first_seen=story.first_seen,
                last_seen=story.last_seen,
                languages=story.languages,
                hours=counts,
                alert=alerts.get(story.pk),
                incident=incidents.get(story.pk),
            )
        )
    return found


def listed(*, exercise: bool, order: str, limit: int, offset: int) -> tuple[list[int], int]:
    """Ids of stories that stand, and how many there are. `order` is `newest` or `biggest`."""
    rows = Story.objects.filter(exercise=exercise, merged_into=None)
    ordered = rows.order_by("-items", "-id") if order == "biggest" else rows.order_by("-last_seen", "-id")
    return list(ordered.values_list("pk", flat=True)[offset : offset + limit]), rows.count()


def stories_of_items(items: Sequence[int]) -> list[int]:
    """The stories these items stand in, each once, in the order of the items."""
    seen = items_by_id(items)
    return list(dict.fromkeys(seen[one].story for one in items if one in seen and seen[one].story))  # type: ignore[misc]


def _hours(ids: Sequence[int], moment: Moment) -> dict[int, tuple[int, ...]]:
    counts: dict[int, list[int]] = {}
    first = moment.hour - SPARK_HOURS + 1
    rows = StoryHour.objects.filter(story_id__in=ids, hour__gte=first, hour__lte=moment.hour)
    for story, hour, items in rows.values_list("story_id", "hour", "items"):
        counts.setdefault(story, [0] * SPARK_HOURS)[hour - first] += items
    return {story: tuple(hours) for story, hours in counts.items()}


def _pace(ids: Sequence[int], moment: Moment) -> dict[int, tuple[int, int]]:
    """Items of each story in the last 60 minutes, and in the 60 before."""
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.story_id, SUM(CASE WHEN i.published > %s THEN 1 ELSE 0 END), COUNT(*) "  # noqa: S608 (marks only)
            "FROM threads t JOIN items i ON i.thread_id = t.id AND i.published > %s AND i.published <= %s "
            f"WHERE t.story_id IN ({marks}) AND t.last_seen > %s GROUP BY t.story_id",
            [moment.ms - HOUR_MS, moment.ms - 2 * HOUR_MS, moment.ms, *ids, moment.ms - 2 * HOUR_MS],
        )
        return {row[0]: (int(row[1]), int(row[2]) - int(row[1])) for row in cursor.fetchall()}


def _alerts(ids: Sequence[int]) -> dict[int, StoryAlert]:
    rows = Alert.objects.filter(story_id__in=ids, state__in=("open", "acknowledged")).order_by("raised_at")
    values = rows.values_list("story_id", "pk", "state", "signal__observed", "signal__expected")
    return {
        story: StoryAlert(pk, state, observed, expected) for story, pk, state, observed, expected in values
    }


def _incidents(ids: Sequence[int], person: Person, exercise: bool) -> dict[int, StoryIncident]:
    rows = (
        IncidentStory.objects.filter(story_id__in=ids, incident__in=visible_incidents(person, exercise))
        .order_by("incident_id")
        .values_list("story_id", "incident_id", "incident__title", "incident__level", "incident__state")
    )
    return {story: StoryIncident(pk, title, level, state) for story, pk, title, level, state in rows}
