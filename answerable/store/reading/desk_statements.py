"""What staff see of statements: the list, one statement with its versions, and what a draft may cite."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, QuerySet

from answerable.permissions import Permission
from answerable.store.access import may, visible_statements
from answerable.store.models import (
    Evidence,
    Incident,
    IncidentStory,
    Person,
    Publication,
    Statement,
    StatementVersion,
)
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.story import in_their_words, story

_ITEMS_OF_STORY = 6
STAGES = ("draft", "waiting", "approved", "published")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence of a version; `item` is None for a document and for an item that left."""

    number: int
    id: int | None  # of the item
    item: ItemSeen | None
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version with where it stands."""

    version: StatementVersion
    stage: str
    evidence: tuple[EvidenceLine, ...]
    receipts: tuple[Publication, ...]


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement, newest version first, and what the reader may do with it."""

    statement: Statement
    versions: tuple[VersionLine, ...]
    allowed: frozenset[Permission]

    @property
    def newest(self) -> VersionLine:
        """The version that is being worked on, or the last one that went out."""
        return self.versions[0]


def stage(version: StatementVersion) -> str:
    """draft, waiting (for a second person), approved or published."""
    if version.published_at is not None:
        return "published"
    if version.approved_by_id is not None:
        return "approved"
    return "waiting" if version.submitted_at is not None else "draft"


def statements(person: Person, *, exercise: bool, words: str = "", state: str = "") -> QuerySet[Statement]:
    """Statements of the person's units. `state`: "work" (not out yet), "published" or "" for all."""
    found = visible_statements(person, exercise=exercise)
    for word in words.split()[:8]:
        found = found.filter(Q(versions__title__icontains=word) | Q(versions__text__icontains=word))
    if state == "work":
        found = found.filter(versions__published_at=None)
    elif state == "published":
        found = found.filter(published__isnull=False)
    newest = StatementVersion.objects.select_related("written_by", "approved_by").order_by("-number")
    return (
        found.select_related("unit", "voice", "incident", "published")
        .prefetch_related(Prefetch("versions", newest))
        .order_by(F("created_at").desc(), "-pk")
        .distinct()
    )


def statement(person: Person, number: int, *, exercise: bool) -> Statement | None:
    """One statement the person may see in this space, or None."""
    found = visible_statements(person, exercise=exercise).filter(pk=number)
    return found.select_related("unit", "voice__unit", "incident__unit", "published").first()


def page(person: Person, row: Statement) -> StatementPage:
    """Everything of a statement that the person was allowed to fetch."""
    versions = list(row.versions.select_related("written_by", "approved_by").order_by("-number"))
    evidence = _evidence(versions)
    receipts: dict[int, list[Publication]] = {}
    for receipt in Publication.objects.filter(version__in=versions).order_by("at", "pk"):
        receipts.setdefault(receipt.version_id, []).append(receipt)
    return StatementPage(
        statement=row,
        versions=tuple(
            VersionLine(one, stage(one), evidence.get(one.pk, ()), tuple(receipts.get(one.pk, ())))
            for one in versions
        ),
        allowed=allowed(person, row),
    )


def allowed(person: Person, row: Statement) -> frozenset[Permission]:
    """What the person may do; reading and writing also from the incident's unit (`store.statements`)."""
    units = [row.unit] + ([row.incident.unit] if row.incident else [])
    shared = (Permission.DESK_READ, Permission.STATEMENT_WRITE)
    return frozenset(
        permission
        for permission in (*shared, Permission.STATEMENT_APPROVE, Permission.STATEMENT_PUBLISH)
        if any(may(person, permission, unit) for unit in (units if permission in shared else units[:1]))
    )


def citable(incident: Incident | None, cited: tuple[int, ...] = ()) -> tuple[ItemSeen, ...]:
    """Items a draft may cite with one click: those cited already, then the best of the incident's stories."""
    numbers = list(cited)
    if incident is not None:
        for link in IncidentStory.objects.filter(incident=incident).select_related("story").order_by("pk"):
            seen = story(link.story.merged_into_id or link.story_id, incident.exercise)
            if seen is not None:
                numbers += [quoted.item.id for quoted in in_their_words(seen, _ITEMS_OF_STORY)]
    items = items_by_id(list(dict.fromkeys(numbers)))
    return tuple(items[number] for number in dict.fromkeys(numbers) if number in items)


def _evidence(versions: list[StatementVersion]) -> dict[int, tuple[EvidenceLine, ...]]:
    rows = list(Evidence.objects.filter(version__in=versions).order_by("version_id", "pk"))
    items = items_by_id(sorted({row.item for row in rows if row.item is not None}))
    found: dict[int, list[EvidenceLine]] = {}
    for row in rows:
        there = found.setdefault(row.version_id, [])
        item = items.get(row.item) if row.item is not None else None
        there.append(EvidenceLine(len(there) + 1, row.item, item, row.title, row.link))
    return {version: tuple(lines) for version, lines in found.items()}
