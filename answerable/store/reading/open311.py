"""Which messages programs may list, and since when each has a public answer. Never a contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from answerable.store.models import IncidentStory, ItemRow, Submission
from answerable.store.reading import public_incidents
from answerable.store.reading.public_statements import current


@dataclass(frozen=True, slots=True)
class Listed:
    """One message as programs see it."""

    row: Submission
    answered_at: datetime | None


def listed(
    since: datetime, until: datetime, *, kinds: Sequence[str] = (), states: set[str], limit: int
) -> list[Listed]:
    """Those received in a span, newest first; `states` of open and closed, empty for both."""
    found = _public().filter(received_at__gte=since, received_at__lte=until)
    if kinds:
        found = found.filter(kind__in=kinds)
    rows = _with_answers(list(found.order_by("-received_at", "-pk")[:limit]))
    return [one for one in rows if not states or ("closed" if one.answered_at else "open") in states]


def numbered(numbers: Sequence[int]) -> list[Listed]:
    """Those of these numbers that may be listed, newest first."""
    return _with_answers(list(_public().filter(pk__in=numbers).order_by("-received_at", "-pk")))


def _public() -> QuerySet[Submission]:
    told = Q(came_by="open311") | Q(shown_at__isnull=False)
    return Submission.objects.filter(told, withdrawn_at=None).select_related("unit")


def _with_answers(rows: list[Submission]) -> list[Listed]:
    """The earliest published statement about each, in a handful of queries for all of them."""
    keys = {(row.source_id, bytes(row.item_key)): row.pk for row in rows}
    items = ItemRow.objects.filter(
        source__in={source for source, _ in keys}, key__in=[key for _, key in keys]
    ).values_list("id", "source_id", "key", "thread__story", "thread__story__merged_into")
    by_item: dict[int, int] = {}
    by_story: dict[int, list[int]] = {}
    for item, source, key, story, merged in items:
        number = keys.get((source, bytes(key)))
        if number is not None:
            by_item[item] = number
            by_story.setdefault(merged or story or 0, []).append(number)
    answered: dict[int, datetime] = {}
    _cited(by_item, answered)
    _of_incidents(by_story, answered)
    return [Listed(row, answered.get(row.pk)) for row in rows]


def _cited(by_item: dict[int, int], answered: dict[int, datetime]) -> None:
    found = current().filter(published__evidence__item__in=list(by_item)).order_by()
    for item, at in found.values_list("published__evidence__item", "published__published_at"):
        if item in by_item and at is not None:
            _earliest(answered, by_item[item], at)


def _of_incidents(by_story: dict[int, list[int]], answered: dict[int, datetime]) -> None:
    pairs = IncidentStory.objects.filter(story__in=list(by_story), incident__in=public_incidents.public())
    stories: dict[int, list[int]] = {}
    for incident, story in pairs.values_list("incident_id", "story_id"):
        stories.setdefault(incident, []).append(story)
    spoken = current().filter(incident__in=list(stories)).exclude(kind="holding").order_by()
    for incident, at in spoken.values_list("incident_id", "published__published_at"):
        numbers = [number for story in stories.get(incident or 0, ()) for number in by_story[story]]
        for number in numbers:
            if at is not None:
                _earliest(answered, number, at)


def _earliest(answered: dict[int, datetime], number: int, at: datetime) -> None:
    answered[number] = min(at, answered.get(number, at))
