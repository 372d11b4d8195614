"""Who did what in an incident. Rows hold a kind and its values; the sentence is made where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from answerable.records import Json
from answerable.store.models import TimelineEntry

_BASIS = ("rule", "version", "facts", "lower")  # of a level: the rule that fired, and what would lower it

# Every kind with the values it carries; pages have one sentence for each.
KINDS: Mapping[str, tuple[str, ...]] = {
    "opened": ("level", "unit", "alert", *_BASIS),
    "taken": (),
    "handed_over": ("unit", "owner", "note"),
    "disputed": ("unit", "judge", "why"),
    "dispute_rose": ("judge",),
    "dispute_settled": ("unit", "judge", "note"),
    "level_changed": ("before", "after", "note", *_BASIS),
    "state_changed": ("before", "after", "note", "next_word_at"),
    "note": ("text",),
    "conference": ("held_at", "link"),
    "conference_planned": ("at", "place", "voice"),
    "conference_off": (),
    "conference_asked": ("text", "outlet"),
    "conference_answered": ("text", "outlet"),
    "line_written": ("text",),
    "line_approved": ("text",),
    "line_retired": ("text",),
    "clock_met": ("clock", "due_at"),
    "clock_missed": ("clock", "due_at"),
    "escalated": ("step", "clock", "due_at", "unit"),
    "clock_explained": ("clock", "text"),
    "clock_dropped": ("clock",),
    "room_opened": ("room", "called"),
    "assessed": ("level", "text"),
    "judged": ("room", "level", "written", "note"),
    "told": ("unit", "why"),
    "received": ("unit", "why"),
    "reported": ("number", "conclusion"),
    "attached": ("messages", "thread"),
    "task_added": ("text", "phase", "person"),
    "task_done": ("code", "text"),
    "task_open": ("code", "text"),
    "statement_written": ("statement", "version", "kind", "title"),
    "statement_submitted": ("statement", "version", "title"),
    "statement_sent_back": ("statement", "version", "title", "note"),
    "statement_approved": ("statement", "version", "title"),
    "statement_published": ("statement", "version", "kind", "title"),
}


def add(incident: int, actor: int | None, kind: str, at: datetime, /, **params: Json) -> None:
    """One entry, inside the transaction of what it tells. ValueError for values the kind does not carry."""
    if set(params) - set(KINDS[kind]):
        raise ValueError(f"a timeline entry {kind} carries {KINDS[kind]}, not {tuple(params)}")
    TimelineEntry.objects.create(incident_id=incident, actor_id=actor, at=at, kind=kind, params=params)


def entries(incident: int) -> QuerySet[TimelineEntry]:
    """The entries of an incident, newest first."""
    return TimelineEntry.objects.filter(incident=incident).select_related("actor").order_by("-at", "-id")
