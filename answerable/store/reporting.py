"""The facts of a day for its report, and the reports that were kept. What it says is in `report.daily`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from answerable.errors import BadInput
from answerable.report.daily import AlertDay, ClockDay, DayFacts, IncidentDay, SourceDay, StoryDay, build
from answerable.report.document import Document, Kind, from_json, to_json
from answerable.store.access import visible_incidents, visible_statements
from answerable.store.models import (
    Alert,
    Clock,
    Incident,
    ItemRow,
    Person,
    ReportDocument,
    Source,
    SourceAlarm,
    StatementVersion,
    Unit,
)
from answerable.store.sources import ONCE
from answerable.store.stream import from_ms, to_ms

DAILY = "daily"
_DECIDED = frozenset({"dismissed", "incident"})  # states of an alert that somebody decided on
_SETTLED = frozenset({"joined", "closed"})  # states in which it waits for nobody, whoever decided
_CHUNK = 900  # parameters in one query


def zone() -> ZoneInfo:
    """The zone in which days begin and end: that of the top unit; UTC while there is none."""
    top = Unit.objects.filter(parent=None).order_by("id").values_list("timezone", flat=True).first()
    try:
        return ZoneInfo(top or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day_of(text: str) -> date:
    """The day that somebody wrote as 2026-03-02. BadInput when it is none, or none of ours."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1970 < day.year < 9000:  # beyond, calendars and clocks have no instants
        raise BadInput(f"{text[:40]!r} is no day: write it as 2026-03-02.")
    return day


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of a local day and of the next, UTC; 23 or 25 hours apart when clocks change."""
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_facts(day: date, zone: ZoneInfo, exercise: bool, now: datetime) -> DayFacts:
    """All facts of a local day, as they stand at `now`. BadInput for a day that has not begun."""
    start, end = bounds(day, zone)
    if start > now:
        raise BadInput("This day has not begun, so there is nothing to report: choose an earlier one.")
    sources = list(Source.objects.filter(exercise=exercise).values_list("id", flat=True))
    return DayFacts(
        day=day,
        zone=zone.key,
        start=start,
        end=end,
        built_at=now,
        exercise=exercise,
        items=tuple(_items(sources, start, end)),
        stories=tuple(_stories(sources, day, zone)),
        alerts=tuple(_alerts(start, end, exercise)),
        incidents=tuple(_incidents(start, end, exercise)),
        clocks=tuple(_clocks(start, end, exercise)),
        published=tuple(
            StatementVersion.objects.filter(
                statement__exercise=exercise, published_at__gte=start, published_at__lt=end
            ).values_list("id", flat=True)
        ),
        sources=tuple(_sources(start, end, exercise)),
        silences=tuple(_silences(start, min(end, now), exercise)),
    )


def daily(day: date, zone: ZoneInfo, exercise: bool, now: datetime) -> Document:
    """The report of a day: the kept one when the day was over then, else one built now."""
    kept = load(day, exercise)
    return kept if kept is not None and kept.over else build(day_facts(day, zone, exercise, now))


def save(document: Document) -> None:
    """Keep a report. One that was built after its day stays as it is: what was said is not rewritten."""
    with transaction.atomic():
        there = load(document.day, document.exercise)
        if there is not None and there.over:
            return
        ReportDocument.objects.update_or_create(
            kind=document.kind,
            day=document.day,
            exercise=document.exercise,
            defaults={"built_at": document.built_at, "document": to_json(document)},
        )


def load(day: date, exercise: bool = False) -> Document | None:
    """The kept daily report of a day; None when there is none."""
    row = ReportDocument.objects.filter(kind=DAILY, day=day, exercise=exercise).first()
    return from_json(row.document) if row else None


def kept_days(exercise: bool = False, limit: int = 60) -> list[date]:
    """Days with a kept report, the latest first."""
    rows = ReportDocument.objects.filter(kind=DAILY, exercise=exercise).order_by("-day")
    return list(rows.values_list("day", flat=True)[:limit])


def keep_yesterday(now: datetime) -> bool:
    """Keep the report of the day that is over, once; True when that was done now. Called by the clock.

    A day on which we listened to nothing yet gets none.
    """
    local = zone()
    day = now.astimezone(local).date() - timedelta(days=1)
    end = bounds(day, local)[1]
    there = ReportDocument.objects.filter(kind=DAILY, day=day, exercise=False, built_at__gte=end).exists()
    if there or not Source.objects.filter(exercise=False, added_at__lt=end).exists():
        return False
    save(build(day_facts(day, local, False, now)))
    return True


def seen_by(person: Person, document: Document) -> Document:
    """The report as this person may see it: matters of other units are not counted for them."""
    incidents = visible_incidents(person, document.exercise)
    statements = visible_statements(person, document.exercise)
    allowed: Mapping[Kind, QuerySet[Any]] = {
        Kind.INCIDENT: incidents,
        Kind.CLOCK: Clock.objects.filter(incident__in=incidents),
        Kind.VERSION: StatementVersion.objects.filter(statement__in=statements),
    }
    return document.limited({kind: _among(rows, document.ids(kind)) for kind, rows in allowed.items()})


def _among(rows: QuerySet[Any], ids: Sequence[int]) -> frozenset[int]:
    found: set[int] = set()
    for at in range(0, len(ids), _CHUNK):
        found.update(rows.filter(pk__in=ids[at : at + _CHUNK]).values_list("pk", flat=True))
    return frozenset(found)


def _items(sources: list[int], start: datetime, end: datetime) -> Iterable[int]:
    """Items heard in the interval, source by source: that is how the index lies."""
    with connection.cursor() as cursor:
        for source in sources:
            cursor.execute(
                "SELECT id FROM items WHERE source_id = %s AND heard >= %s AND heard < %s",
                [source, to_ms(start), to_ms(end)],
            )
            yield from (row[0] for row in cursor.fetchall())


def _stories(sources: list[int], day: date, zone: ZoneInfo) -> Iterable[StoryDay]:
    """Stories heard on the day or the day before; what merged counts for the story that stands."""
    before, start, end = (to_ms(_midnight(day + timedelta(days=shift), zone)) for shift in (-1, 0, 1))
    heard: dict[int, tuple[int, int, int]] = {}
    with connection.cursor() as cursor:
        for source in sources:
            cursor.execute(
                "SELECT s.id, s.first_heard, SUM(CASE WHEN i.heard >= %s THEN 1 ELSE 0 END), COUNT(*) "
                "FROM items i JOIN threads t ON t.id = i.thread_id JOIN stories s ON s.id = t.story_id "
                "WHERE i.source_id = %s AND i.heard >= %s AND i.heard < %s GROUP BY s.id, s.first_heard",
                [start, source, before, end],
            )
            for story, first, today, both in cursor.fetchall():
                _, had_today, had_before = heard.get(story, (0, 0, 0))
                heard[story] = (first, had_today + int(today), had_before + int(both) - int(today))
    return (
        StoryDay(story, from_ms(first), today, earlier) for story, (first, today, earlier) in heard.items()
    )


def _alerts(start: datetime, end: datetime, exercise: bool) -> Iterable[AlertDay]:
    wanted = Q(decided_at=None) | Q(raised_at__gte=start) | Q(decided_at__gte=start)
    rows = Alert.objects.filter(wanted, exercise=exercise, raised_at__lt=end)
    return (
        AlertDay(pk, raised, taken, decided=state in _DECIDED, settled=state in _SETTLED)
        for pk, raised, taken, state in rows.values_list("id", "raised_at", "decided_at", "state")
    )


def _incidents(start: datetime, end: datetime, exercise: bool) -> Iterable[IncidentDay]:
    wanted = Q(resolved_at=None) | Q(opened_at__gte=start) | Q(resolved_at__gte=start)
    rows = Incident.objects.filter(wanted, exercise=exercise, opened_at__lt=end)
    return (IncidentDay(*row) for row in rows.values_list("id", "opened_at", "resolved_at"))


def _clocks(start: datetime, end: datetime, exercise: bool) -> Iterable[ClockDay]:
    wanted = Q(due_at__gte=start, due_at__lt=end) | Q(met_at__gte=start, met_at__lt=end)
    rows = Clock.objects.filter(wanted, incident__exercise=exercise, dropped_at=None)
    return (
        ClockDay(pk, due, met, bool(explanation))
        for pk, due, met, explanation in rows.values_list("id", "due_at", "met_at", "explanation")
    )


def _sources(start: datetime, end: datetime, exercise: bool) -> Iterable[SourceDay]:
    """Sources we listened to at any time of the day. Files are read once: neither heard nor deaf."""
    there = Q(removed_at=None) | Q(removed_at__gt=start)
    rows = Source.objects.filter(there, exercise=exercise, added_at__lt=end).exclude(kind__in=ONCE)
    given = ItemRow.objects.filter(source=OuterRef("pk"), heard__gte=to_ms(start), heard__lt=to_ms(end))
    return (
        SourceDay(*row)
        for row in rows.annotate(gave=Exists(given)).values_list("id", "paused", "last_answer_at", "gave")
    )


def _silences(start: datetime, until: datetime, exercise: bool) -> Iterable[int]:
    """Alarms about sources that stood at some time between these moments."""
    stood = Q(ended_at=None) | Q(ended_at__gte=start)
    rows = SourceAlarm.objects.filter(stood, source__exercise=exercise, raised_at__lt=until)
    return rows.order_by("id").values_list("id", flat=True)
