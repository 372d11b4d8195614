"""What became of a message: as its writer sees it by the code, and as the desk sees it. Never a contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from answerable.permissions import Permission
from answerable.store.access import reach_filter
from answerable.store.keyring import Keyring
from answerable.store.models import FormLink, ItemRow, Person, Story, Submission, SubmissionContact
from answerable.store.reading import public_incidents
from answerable.store.reading.public_incidents import IncidentSeen
from answerable.store.reading.public_statements import StatementLine, current, lines
from answerable.store.submissions import code_key


@dataclass(frozen=True, slots=True)
class Followed:
    """One message as the person who sent it may see it."""

    id: int
    kind: str
    text: str  # masked; "" when it was taken back or its term is over
    place: str
    unit: str
    received_at: datetime
    read_at: datetime | None
    withdrawn_at: datetime | None
    emptied_at: datetime | None
    contact_until: datetime | None  # None: we hold no contact
    alike: int  # other messages of the same story, whatever their source
    grouped: bool  # it stands in a story
    incidents: tuple[IncidentSeen, ...]  # public ones its story belongs to
    answers: tuple[StatementLine, ...]  # published ones about it, newest first


@dataclass(frozen=True, slots=True)
class Line:
    """One message in the desk's list."""

    row: Submission
    story: int | None


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """One form for a place, and how much came by it."""

    made: FormLink
    messages: int


def by_code(code: str, ring: Keyring) -> Submission | None:
    """The message a follow-up code belongs to."""
    return Submission.objects.select_related("unit").filter(code=code_key(ring, code)).first()


def followed(row: Submission) -> Followed:
    """What became of it so far."""
    item, story = _place_of(row)
    incidents: list[IncidentSeen] = []
    about = Q(answer__askers__message__submission=row)
    if story is not None:
        numbers = list(public_incidents.public().filter(stories__story=story).values_list("id", flat=True))
        incidents = [seen for number in numbers if (seen := public_incidents.incident(number))]
        about |= Q(incident__in=numbers)
    if item is not None:
        about |= Q(published__evidence__item=item)
    return Followed(
        id=row.pk,
        kind=row.kind,
        text=row.text,
        place=row.place,
        unit=row.unit.name,
        received_at=row.received_at,
        read_at=row.read_at,
        withdrawn_at=row.withdrawn_at,
        emptied_at=row.emptied_at,
        contact_until=SubmissionContact.objects.filter(pk=row.pk).values_list("erase_at", flat=True).first(),
        alike=max(0, story.items - 1) if story else 0,
        grouped=story is not None,
        incidents=tuple(incidents),
        answers=tuple(lines(current().filter(about).distinct())),
    )


def visible(person: Person) -> QuerySet[Submission]:
    """Messages to the person's units and those below."""
    within = reach_filter(person, Permission.DESK_READ, "unit__path")
    beside = ("unit", "source", "through", "read_by", "taken_by")
    return Submission.objects.filter(within).select_related(*beside)


def told(person: Person, *, words: str = "", state: str = "", kind: str = "") -> QuerySet[Submission]:
    """The list of the desk, newest first. `state`: "unread", "read" or "" for all."""
    found = visible(person)
    for word in words.split()[:8]:
        found = found.filter(Q(text__icontains=word) | Q(place__icontains=word))
    if state == "unread":
        found = found.filter(read_at=None, emptied_at=None)
    elif state == "read":
        found = found.filter(read_at__isnull=False)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("-received_at", "-pk")


def with_stories(rows: Sequence[Submission]) -> list[Line]:
    """Each message with the story its item stands in, in one query."""
    keys = {(row.source_id, bytes(row.item_key)): row.pk for row in rows}
    found = ItemRow.objects.filter(
        source__in={row.source_id for row in rows}, key__in=[key for _, key in keys]
    ).values_list("source_id", "key", "thread__story", "thread__story__merged_into")
    stories = {keys.get((source, bytes(key))): merged or story for source, key, story, merged in found}
    return [Line(row, stories.get(row.pk)) for row in rows]


def place_forms(person: Person) -> list[PlaceForm]:
    """Forms of the person's units, open ones first, then newest."""
    found = FormLink.objects.filter(reach_filter(person, Permission.DESK_READ, "unit__path"))
    found = found.select_related("unit", "made_by").annotate(messages=Count("submissions"))
    rows = found.order_by(F("closed_at").asc(nulls_first=True), "-made_at", "-pk")
    return [PlaceForm(row, row.messages) for row in rows]


def item_of(row: Submission) -> int | None:
    """The id of its item, None before the engine has it and after it left."""
    return _place_of(row)[0]


def has_contact(row: Submission) -> bool:
    """Whether a contact is kept; what it is opens by a logged click only."""
    return SubmissionContact.objects.filter(pk=row.pk).exists()


def _place_of(row: Submission) -> tuple[int | None, Story | None]:
    item = (
        ItemRow.objects.filter(source=row.source_id, key=bytes(row.item_key))
        .select_related("thread__story")
        .first()
    )
    if item is None or item.thread is None:
        return (item.pk if item else None), None
    story = item.thread.story
    while story.merged_into_id is not None and story.merged_into is not None:
        story = story.merged_into
    return item.pk, story
