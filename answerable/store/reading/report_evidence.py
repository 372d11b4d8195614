"""What stands behind the ids of a report, and the page each opens. Words are read now, never kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from answerable.report.document import Kind
from answerable.store.models import Alert, Clock, Incident, Source, SourceAlarm, StatementVersion, Story
from answerable.store.reading.calls import Silent, silent_of
from answerable.store.reading.items import items_by_id
from answerable.store.stream import from_ms

_CHUNK = 900  # parameters in one query


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence as a list shows it."""

    id: int
    kind: Kind
    page: str  # the route that opens it, "" when it left meanwhile
    number: int  # that route's number
    words: str = ""  # the item's, the story's best item's, a title or a name
    language: str = ""  # of the words when other people said them, "" when they are ours
    at: datetime | None = None  # published, first heard, raised, opened, due, last answer
    items: int = 0  # of a story
    clock: str = ""  # kind of a clock
    met_at: datetime | None = None  # of a clock
    silence: Silent | None = None  # of a source


def lines(kind: Kind, ids: Sequence[int]) -> list[EvidenceLine]:
    """A line for each id, in this order. One that left since has no page and no words."""
    found: dict[int, EvidenceLine] = {}
    for at in range(0, len(ids), _CHUNK):
        found.update((line.id, line) for line in _READERS[kind](ids[at : at + _CHUNK]))
    return [found.get(one) or EvidenceLine(one, kind, "", one) for one in ids]


def largest_stories(ids: Sequence[int], count: int) -> list[int]:
    """The stories with most items among these, largest first."""
    sizes: list[tuple[int, int]] = []
    for at in range(0, len(ids), _CHUNK):
        sizes.extend(Story.objects.filter(pk__in=ids[at : at + _CHUNK]).values_list("items", "pk"))
    return [pk for _, pk in nlargest(count, sizes, key=lambda pair: (pair[0], -pair[1]))]


def _items(ids: Sequence[int]) -> list[EvidenceLine]:
    return [
        EvidenceLine(one.id, Kind.ITEM, "item", one.id, one.words, one.language, from_ms(one.published))
        for one in items_by_id(ids).values()
    ]


def _headed(stories: Mapping[int, Story]) -> dict[int, tuple[str, str]]:
    """Words and language of each story's best item."""
    heads = items_by_id([story.heading_item for story in stories.values() if story.heading_item])
    found = {}
    for pk, story in stories.items():
        head = heads.get(story.heading_item or 0)
        found[pk] = (head.headline, head.language) if head else ("", "")
    return found


def _standing(ids: Sequence[int]) -> dict[int, Story]:
    """The stories; one that was merged is shown as the one that stands."""
    found = Story.objects.defer("state").in_bulk(ids)
    winners = {story.merged_into_id for story in found.values() if story.merged_into_id}
    standing = Story.objects.defer("state").in_bulk(winners) if winners else {}
    return {pk: standing.get(story.merged_into_id or 0, story) for pk, story in found.items()}


def _stories(ids: Sequence[int]) -> list[EvidenceLine]:
    stories = _standing(ids)
    heads = _headed(stories)
    return [
        EvidenceLine(pk, Kind.STORY, "story", pk, *heads[pk], from_ms(story.first_heard), story.items)
        for pk, story in stories.items()
    ]


def _alerts(ids: Sequence[int]) -> list[EvidenceLine]:
    alerts = Alert.objects.in_bulk(ids)
    stories = _standing([alert.story_id for alert in alerts.values()])
    heads = _headed(stories)
    return [
        EvidenceLine(pk, Kind.ALERT, "story", one.story_id, *heads.get(one.story_id, ("", "")), one.raised_at)
        for pk, one in alerts.items()
    ]


def _incidents(ids: Sequence[int]) -> list[EvidenceLine]:
    rows = Incident.objects.filter(pk__in=ids).values_list("pk", "title", "opened_at")
    return [EvidenceLine(pk, Kind.INCIDENT, "incident", pk, title, "", at) for pk, title, at in rows]


def _clocks(ids: Sequence[int]) -> list[EvidenceLine]:
    rows = Clock.objects.filter(pk__in=ids).select_related("incident")
    return [
        EvidenceLine(
            one.pk,
            Kind.CLOCK,
            "incident",
            one.incident_id,
            one.incident.title,
            at=one.due_at,
            clock=one.kind,
            met_at=one.met_at,
        )
        for one in rows
    ]


def _versions(ids: Sequence[int]) -> list[EvidenceLine]:
    rows = StatementVersion.objects.filter(pk__in=ids).values_list(
        "pk", "statement_id", "title", "published_at"
    )
    return [
        EvidenceLine(pk, Kind.VERSION, "statement", statement, title, "", at)
        for pk, statement, title, at in rows
    ]


def _sources(ids: Sequence[int]) -> list[EvidenceLine]:
    rows = Source.objects.filter(pk__in=ids).values_list("pk", "name", "last_answer_at")
    return [EvidenceLine(pk, Kind.SOURCE, "source", pk, name, "", at) for pk, name, at in rows]


def _silences(ids: Sequence[int]) -> list[EvidenceLine]:
    rows = SourceAlarm.objects.filter(pk__in=ids).select_related("source")
    return [
        EvidenceLine(row.pk, Kind.SILENCE, "source", row.source_id, row.source.name, silence=silent_of(row))
        for row in rows
    ]


_READERS: Mapping[Kind, Callable[[Sequence[int]], list[EvidenceLine]]] = {
    Kind.ITEM: _items,
    Kind.STORY: _stories,
    Kind.ALERT: _alerts,
    Kind.INCIDENT: _incidents,
    Kind.CLOCK: _clocks,
    Kind.VERSION: _versions,
    Kind.SOURCE: _sources,
    Kind.SILENCE: _silences,
}
