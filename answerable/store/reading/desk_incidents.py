"""What staff see of incidents: the list with its next clock, and one incident with all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min, Q, QuerySet

from answerable.permissions import Permission
from answerable.store.access import all_in, visible_incidents
from answerable.store.models import (
    Alert,
    Clock,
    Incident,
    ItemRow,
    Person,
    Statement,
    StatementVersion,
    Story,
    Unit,
    UnitTold,
)
from answerable.store.reading import timeline
from answerable.store.reading.rows import rows
from answerable.store.reading.timeline import Line
from answerable.store.stream import from_ms

NEWEST = 40  # lines of the timeline on the incident's own page; the whole of it has a page of its own


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident in the list."""

    incident: Incident
    next_clock: Clock | None  # the open clock that is due first
    missed: int  # clocks missed so far


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story as other pages name it: by its best item."""

    id: int
    heading: str
    language: str
    items: int
    alert: int | None


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything of one incident."""

    incident: Incident
    clocks: tuple[Clock, ...]  # not dropped, by due time
    timeline: tuple[Line, ...]  # the newest lines, newest first
    lines: int  # how many the whole timeline has
    disputed: bool  # its owner is disputed, and nobody has settled it
    level_set: Line | None  # the line that set the level as it is now
    stories: tuple[StoryLine, ...]
    statements: tuple[tuple[Statement, tuple[StatementVersion, ...]], ...]  # versions newest first
    told: tuple[UnitTold, ...]  # units that were told, with their receipts
    allowed: frozenset[Permission]  # what this reader may do here


def incidents(person: Person, *, exercise: bool, words: str = "", state: str = "") -> QuerySet[Incident]:
    """The incidents of the person's units. `state`: "open", "resolved" or "" for all. Most urgent first."""
    found = visible_incidents(person, exercise=exercise)
    for word in words.split()[:8]:
        number = Q(pk=int(word)) if word.isdecimal() and len(word) < 10 else Q()
        found = found.filter(Q(title__icontains=word) | Q(unit__name__icontains=word) | number)
    if state == "open":
        found = found.filter(resolved_at=None)
    elif state == "resolved":
        found = found.filter(resolved_at__isnull=False)
    running = Min("clocks__due_at", filter=Q(clocks__met_at=None, clocks__dropped_at=None))
    return (
        found.select_related("unit", "owner", "opened_by")
        .annotate(next_due=running)
        .order_by(
            F("resolved_at").desc(nulls_first=True), F("next_due").asc(nulls_last=True), "-opened_at", "-pk"
        )
    )


def lines(found: list[Incident]) -> tuple[IncidentLine, ...]:
    """Incidents of one page with their clocks: one query."""
    clocks: dict[int, list[Clock]] = {}
    for clock in Clock.objects.filter(incident__in=found, dropped_at=None).order_by("due_at", "pk"):
        clocks.setdefault(clock.incident_id, []).append(clock)
    return tuple(
        IncidentLine(
            incident=row,
            next_clock=next((clock for clock in clocks.get(row.pk, ()) if clock.met_at is None), None),
            missed=sum(clock.missed_at is not None for clock in clocks.get(row.pk, ())),
        )
        for row in found
    )


def incident(person: Person, number: int, *, exercise: bool) -> Incident | None:
    """One incident the person may see in this space, or None."""
    return (
        visible_incidents(person, exercise=exercise)
        .select_related("unit", "owner", "opened_by")
        .filter(pk=number)
        .first()
    )


def page(person: Person, row: Incident) -> IncidentPage:
    """Everything of an incident that the person was allowed to fetch."""
    newest = timeline.newest(row.pk, NEWEST)
    lines, told, disputed = _counts(row.pk)
    return IncidentPage(
        incident=row,
        clocks=tuple(Clock.objects.filter(incident=row, dropped_at=None).order_by("due_at", "pk")),
        timeline=newest,
        lines=lines,
        disputed=bool(disputed),
        level_set=next((line for line in newest if line.kind in ("level_changed", "opened")), None)
        or timeline.level_set(row.pk),
        stories=stories_of(row),
        statements=_statements(row),
        told=tuple(
            UnitTold.objects.filter(incident=row)
            .select_related("unit", "received_by", "watched")
            .order_by("pk")
        )
        if told
        else (),
        allowed=allowed(person, row),
    )


def _counts(number: int) -> tuple[int, int, int]:
    """Lines, units told and open disputes in one query: what most incidents lack is not asked for."""
    found = rows(
        "SELECT (SELECT count(*) FROM timeline WHERE incident_id = %s), "
        "(SELECT count(*) FROM units_told WHERE incident_id = %s), "
        "(SELECT count(*) FROM disputes WHERE incident_id = %s AND settled_at IS NULL)",
        [number] * 3,
    )
    lines, told, disputed = found[0]
    return lines, told, disputed


def _statements(row: Incident) -> tuple[tuple[Statement, tuple[StatementVersion, ...]], ...]:
    """What is said about an incident, newest first: one query for statements and versions."""
    versions = (
        StatementVersion.objects.filter(statement__incident=row)
        .select_related("statement__published", "written_by", "approved_by")
        .order_by("-statement__created_at", "-statement_id", "-number")
    )
    grouped: dict[int, list[StatementVersion]] = {}
    for version in versions:
        grouped.setdefault(version.statement_id, []).append(version)
    return tuple((mine[0].statement, tuple(mine)) for mine in grouped.values())


def allowed(person: Person, row: Incident) -> frozenset[Permission]:
    """What the person may do in the incident's unit."""
    return all_in(person, row.unit)


def stories_of(row: Incident) -> tuple[StoryLine, ...]:
    """The stories handled together here; a merged one stands under its winner."""
    found = rows(
        "SELECT s.id, s.items, l.alert_id, i.title, i.text, i.language FROM incident_stories l "
        "JOIN stories o ON o.id = l.story_id JOIN stories s ON s.id = coalesce(o.merged_into_id, o.id) "
        "LEFT JOIN items i ON i.id = s.heading_item WHERE l.incident_id = %s ORDER BY l.id",
        [row.pk],
    )
    seen: dict[int, StoryLine] = {}
    for story, items, alert, title, text, language in found:
        seen.setdefault(story, StoryLine(story, title or text or "", language or "", items, alert))
    return tuple(seen.values())


def headed(stories: list[tuple[Story, int | None]]) -> tuple[StoryLine, ...]:
    """Stories with the words of their best item, in one query."""
    items = {
        item.pk: item
        for item in ItemRow.objects.filter(
            pk__in=[story.heading_item for story, _ in stories if story.heading_item]
        )
    }
    seen: dict[int, StoryLine] = {}
    for story, alert in stories:
        best = items.get(story.heading_item) if story.heading_item else None
        seen.setdefault(
            story.pk,
            StoryLine(
                id=story.pk,
                heading=(best.title or best.text) if best else "",
                language=best.language if best else "",
                items=story.items,
                alert=alert,
            ),
        )
    return tuple(seen.values())


def story_to_open(story: int, *, exercise: bool) -> StoryLine | None:
    """The story an incident may be opened from; a merged one leads to its winner."""
    row = Story.objects.filter(pk=story, exercise=exercise).select_related("merged_into").first()
    if row is None:
        return None
    row = row.merged_into or row
    alert = Alert.objects.filter(story=row, state__in=("open", "acknowledged")).order_by("-raised_at").first()
    return headed([(row, alert.pk if alert else None)])[0]


def alert_to_open(alert: int, *, exercise: bool) -> tuple[Alert, StoryLine] | None:
    """An alert and its story, for the form that opens an incident."""
    row = (
        Alert.objects.filter(pk=alert, exercise=exercise)
        .select_related("story__merged_into", "signal")
        .first()
    )
    if row is None:
        return None
    return row, headed([(row.story.merged_into or row.story, row.pk)])[0]


def heard_at(story: int, now: datetime) -> datetime:
    """When the matter of a story was first heard, as `store.incidents` will count its clocks."""
    undecided = Alert.objects.filter(story=story).exclude(state__in=("incident", "closed"))
    raised = undecided.order_by("raised_at").values_list("raised_at", flat=True).first()
    if raised is None:
        raised = from_ms(Story.objects.values_list("first_heard", flat=True).get(pk=story))
    return min(raised, now)


def all_units() -> tuple[Unit, ...]:
    """Every unit in the order of the tree: whom a matter can be handed to."""
    return tuple(Unit.objects.order_by("path"))
