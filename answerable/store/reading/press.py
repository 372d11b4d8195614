"""What the media desk sees: questions by deadline, both sides of a story, the digest of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from answerable.permissions import Permission
from answerable.store.access import reach_filter
from answerable.store.models import Lead, Person, PressQuestion, Statement
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.rows import marks, rows
from answerable.store.stream import from_ms, to_ms

STORIES = 40  # side by side
DAYS = 3
DIGEST_ITEMS = 400


@dataclass(frozen=True, slots=True)
class Side:
    """One story: what people say of it and what outlets write."""

    story: int
    heading: ItemSeen | None
    people: int
    people_first: datetime | None
    outlets: int  # items of outlets
    outlets_first: datetime | None
    names: tuple[str, ...]  # of the outlets, those that came first
    leads: tuple[Lead, ...]

    @property
    def kind(self) -> str:
        """lead: only people talk about it; press: only outlets; both."""
        return "both" if self.people and self.outlets else "lead" if self.people else "press"


def questions(
    person: Person, *, exercise: bool, state: str = "open", words: str = ""
) -> QuerySet[PressQuestion]:
    """Questions of the person's units: open ones by deadline, answered ones newest first."""
    mine = reach_filter(person, Permission.DESK_READ, "unit__path")
    found = PressQuestion.objects.filter(mine, exercise=exercise).select_related(
        "unit", "answer__published", "added_by", "answered_by", "story"
    )
    for word in words.split()[:8]:
        found = found.filter(text__icontains=word) | found.filter(outlet__icontains=word)
    if state == "open":
        return found.filter(answered_at=None).order_by("due_at", "pk")
    return found.filter(answered_at__isnull=False).order_by("-answered_at", "-pk")


def answers(person: Person, *, exercise: bool) -> list[Statement]:
    """Statements that may answer: published, or approved and planned."""
    mine = reach_filter(person, Permission.STATEMENT_PUBLISH, "unit__path")
    planned = {"versions__departures__gone_at": None, "versions__departures__dropped_at": None}
    found = Statement.objects.filter(mine, exercise=exercise, withdrawn_at=None)
    public = found.filter(published__isnull=False)
    waiting = found.filter(published=None, versions__departures__kind="planned", **planned)
    both = (public | waiting).distinct().select_related("published").prefetch_related("versions")
    return list(both.order_by("-pk")[:60])


def sides(now: datetime, *, exercise: bool) -> list[Side]:
    """Stories of the last three days, the latest first, with both sides of each."""
    since = to_ms(now - timedelta(days=DAYS))
    found = rows(
        "SELECT id, heading_item FROM stories WHERE exercise = %s AND merged_into_id IS NULL "
        "AND last_seen >= %s ORDER BY last_seen DESC, id DESC LIMIT %s",
        [exercise, since, STORIES],
    )
    ids = [row[0] for row in found]
    if not ids:
        return []
    headings = items_by_id([row[1] for row in found if row[1]])
    counted: dict[int, dict[str, list[tuple[str, int, int]]]] = {}
    for story, source_class, name, many, first in rows(
        "SELECT t.story_id, s.source_class, s.name, COUNT(*), MIN(i.published) FROM items i "  # noqa: S608 -- marks
        "JOIN threads t ON t.id = i.thread_id JOIN sources s ON s.id = i.source_id "
        f"WHERE t.story_id IN ({marks(ids)}) "
        "AND i.published >= %s GROUP BY t.story_id, s.source_class, s.name ORDER BY 5",
        [*ids, since],
    ):
        side = "outlets" if source_class == "outlet" else "people" if source_class == "public" else "others"
        counted.setdefault(story, {}).setdefault(side, []).append((name, many, first))
    leads: dict[int, list[Lead]] = {}
    for lead in Lead.objects.filter(story__in=ids).select_related("by").order_by("at"):
        leads.setdefault(lead.story_id, []).append(lead)
    made = [
        _side(one, headings.get(head or 0), counted.get(one, {}), leads.get(one, ())) for one, head in found
    ]
    return [one for one in made if one.people or one.outlets]


def digest(day_start: datetime, *, exercise: bool) -> list[tuple[int | None, list[ItemSeen]]]:
    """What outlets wrote in the 24 hours from here, by story, the most written about first."""
    start, end = to_ms(day_start), to_ms(day_start + timedelta(days=1))
    found = rows(
        "SELECT i.id FROM items i JOIN sources s ON s.id = i.source_id WHERE s.source_class = 'outlet' "
        "AND i.exercise = %s AND i.published >= %s AND i.published < %s AND i.duplicate_of IS NULL "
        "ORDER BY i.published, i.id LIMIT %s",
        [exercise, start, end, DIGEST_ITEMS],
    )
    items = items_by_id([row[0] for row in found])
    grouped: dict[int | None, list[ItemSeen]] = {}
    for (number,) in found:
        if number in items:
            grouped.setdefault(items[number].story, []).append(items[number])
    return sorted(grouped.items(), key=lambda pair: (-len(pair[1]), pair[1][0].published))


def _side(
    story: int,
    heading: ItemSeen | None,
    counted: dict[str, list[tuple[str, int, int]]],
    leads: Iterable[Lead],
) -> Side:
    people, outlets = counted.get("people", []), counted.get("outlets", [])
    return Side(
        story,
        heading,
        sum(many for _, many, _ in people),
        from_ms(min(first for *_, first in people)) if people else None,
        sum(many for _, many, _ in outlets),
        from_ms(min(first for *_, first in outlets)) if outlets else None,
        tuple(dict.fromkeys(name for name, *_ in outlets))[:6],
        tuple(leads),
    )
