"""What a call is about, in numbers and names that may leave the desk: for notices and for pages.

Words of a post stand here only when an outlet, an institution or we ourselves published them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from answerable.records import Json
from answerable.store.models import Alert, Call, ItemRow, Person, RoomSeat, SourceAlarm

_NAMED = ("outlet", "institution", "own")  # classes whose names and words stand in public anyway
WORDS = 160  # characters of a heading


@dataclass(frozen=True, slots=True)
class Measured:
    """An alert as its signal measured it."""

    alert: int
    story: int
    kind: str
    observed: int
    window_s: int
    low: float
    high: float
    items: int  # of the story by now
    heading: str  # "" when private people wrote it
    heading_from: str  # the outlet's or institution's name


@dataclass(frozen=True, slots=True)
class Silent:
    """A source that fell silent, slow, or fails."""

    source: int
    name: str  # "" for a source of private people: its name may be a person's
    why: str
    since: datetime
    usual_s: int
    trouble: str
    trouble_params: Mapping[str, Json]
    next_try_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a unit was told of. Not the title: people's own words may stand in it."""

    incident: int
    level: int
    unit: str  # that answers for it
    why: str
    due_at: datetime  # of the receipt


@dataclass(frozen=True, slots=True)
class Late:
    """A clock that comes near its end or has passed it."""

    incident: int
    level: int
    unit: str  # that answers for it
    step: str  # reminder, head, superior
    clock: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Alone:
    """A text that leaves, or left, on one person's word. Not its title: the page shows the whole text."""

    statement: int
    gone: bool
    due_at: datetime  # when it leaves, or by when a second person answers for it


@dataclass(frozen=True, slots=True)
class CallFacts:
    """One call with what it is about: an alert (also of a room), silent sources, a message, clock or text."""

    call: Call
    measured: Measured | None
    silent: tuple[Silent, ...]
    told: Told | None = None
    late: Late | None = None
    alone: Alone | None = None


def facts_of(calls: Iterable[Call]) -> dict[int, CallFacts]:
    """The facts of calls that were loaded with their alert, signal and story."""
    wanted = list(calls)
    headings = _headings([alert.story.heading_item for call in wanted if (alert := _alert(call))])
    silent: dict[int, list[Silent]] = {}
    alarms = SourceAlarm.objects.filter(call__in=[call.pk for call in wanted]).select_related("source")
    for alarm in alarms.order_by("source__name", "id"):
        silent.setdefault(alarm.call_id or 0, []).append(silent_of(alarm))
    return {
        call.pk: CallFacts(
            call,
            _measured(call, headings),
            tuple(silent.get(call.pk, ())),
            _told(call),
            _late(call),
            _alone(call),
        )
        for call in wanted
    }


def with_facts(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Calls loaded with all that `facts_of` reads."""
    return calls.select_related(
        "unit",
        "alert__signal",
        "alert__story",
        "room__alert__signal",
        "room__alert__story",
        "told__incident__unit",
        "escalation__clock__incident__unit",
        "departure__version",
        "owed__version",
    )


def is_here(call: Call, person: Person) -> bool:
    """Whether the person said that they are in the room they were called into."""
    return RoomSeat.objects.filter(room=call.room_id, person=person, here_at__isnull=False).exists()


def silent_of(alarm: SourceAlarm) -> Silent:
    """An alarm with the state of its source."""
    source = alarm.source
    return Silent(
        source.pk,
        source.name if source.source_class in _NAMED else "",
        alarm.why,
        alarm.since,
        alarm.usual_s,
        source.trouble,
        source.trouble_params,
        source.next_try_at,
        alarm.ended_at,
    )


def _alert(call: Call) -> Alert | None:
    return call.room.alert if call.room else call.alert


def _told(call: Call) -> Told | None:
    row = call.told
    if row is None:
        return None
    return Told(row.incident_id, row.incident.level, row.incident.unit.name, row.why, row.due_at)


def _late(call: Call) -> Late | None:
    row = call.escalation
    if row is None:
        return None
    clock = row.clock
    incident = clock.incident
    return Late(incident.pk, incident.level, incident.unit.name, row.step, clock.kind, clock.due_at)


def _alone(call: Call) -> Alone | None:
    row = call.departure or call.owed
    return Alone(row.version.statement_id, call.owed is not None, row.due_at) if row else None


def _measured(call: Call, headings: Mapping[int, tuple[str, str]]) -> Measured | None:
    alert = _alert(call)
    if alert is None:
        return None
    signal = alert.signal
    words, name = headings.get(alert.story.heading_item or 0, ("", ""))
    return Measured(
        alert.pk,
        alert.story_id,
        signal.kind,
        signal.observed,
        signal.window_s,
        signal.low,
        signal.high,
        alert.story.items,
        words,
        name,
    )


def _headings(items: Iterable[int | None]) -> dict[int, tuple[str, str]]:
    """(words, source) of heading items that were published by whoever is named anyway."""
    rows = ItemRow.objects.filter(
        pk__in=[item for item in items if item], source__source_class__in=_NAMED
    ).values_list("pk", "title", "text", "source__name")
    return {pk: (" ".join((title or text).split())[:WORDS], name) for pk, title, text, name in rows}
