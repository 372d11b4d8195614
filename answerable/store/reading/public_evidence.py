"""What the public may read of evidence: only items that a published statement cites.

Of a private post that is its text, time and source class; of outlets and institutions the link too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from answerable.records import SourceClass
from answerable.store.models import Evidence, ItemRow, Tombstone

_PRIVATE = {SourceClass.PUBLIC.value}


@dataclass(frozen=True, slots=True)
class EvidenceSeen:
    """One piece of evidence under a statement."""

    number: int  # 1, 2, 3 as the text cites it
    item: int | None
    title: str
    link: str
    source: str  # the source's name, "" for private posts
    source_class: str  # "" for documents
    published: datetime | None
    gone: bool  # the item left the store
    words: str = ""  # of a cited item: its title, else its text
    language: str = ""


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """A cited item as anybody may read it."""

    id: int
    text: str  # "" when it left the store
    title: str
    language: str
    published: datetime | None
    source: str  # "" for private posts
    source_class: str
    link: str  # "" for private posts
    gone_reason: str  # age, request, upstream; "" while it is here
    cited_by: tuple[tuple[int, int, str], ...]  # (statement, version number, title)


def evidence_of(versions: Sequence[int]) -> dict[int, tuple[EvidenceSeen, ...]]:
    """The evidence of several versions, in the order it was given."""
    rows = list(Evidence.objects.filter(version__in=versions).order_by("version_id", "id"))
    items = {
        item.pk: item
        for item in ItemRow.objects.filter(pk__in=[row.item for row in rows if row.item]).select_related(
            "source"
        )
    }
    found: dict[int, list[EvidenceSeen]] = {}
    for row in rows:
        there = found.setdefault(row.version_id, [])
        there.append(_seen(len(there) + 1, row, items.get(row.item) if row.item else None))
    return {version: tuple(seen) for version, seen in found.items()}


def cited_item(number: int) -> ItemSeen | None:
    """One item, when a published real statement cites it; None for everything else."""
    citing = (
        Evidence.objects.filter(
            item=number,
            version__published_at__isnull=False,
            version__statement__exercise=False,
            version__statement__published__isnull=False,
        )
        .exclude(version__statement__incident__exercise=True)
        .select_related("version")
        .order_by("-version__published_at", "-id")
    )
    cited_by = tuple((row.version.statement_id, row.version.number, row.version.title) for row in citing)
    if not cited_by:
        return None
    item = ItemRow.objects.filter(pk=number, exercise=False).select_related("source").first()
    if item is None:
        return _gone(number, cited_by)
    private = item.source.source_class in _PRIVATE
    return ItemSeen(
        id=item.pk,
        text=item.text,
        title=item.title,
        language=item.language,
        published=_time(item.published),
        source="" if private else item.source.name,
        source_class=item.source.source_class,
        link="" if private else item.link,
        gone_reason="",
        cited_by=cited_by,
    )


def _gone(number: int, cited_by: tuple[tuple[int, int, str], ...]) -> ItemSeen | None:
    stone = Tombstone.objects.filter(pk=number).select_related("source").first()
    if stone is None or stone.source.exercise:
        return None
    return ItemSeen(
        id=number,
        text="",
        title="",
        language="",
        published=None,
        source="",
        source_class=stone.source.source_class,
        link="",
        gone_reason=stone.reason,
        cited_by=cited_by,
    )


def _seen(number: int, row: Evidence, item: ItemRow | None) -> EvidenceSeen:
    if row.item is None:
        return EvidenceSeen(number, None, row.title, row.link, "", "", None, gone=False)
    if item is None:
        return EvidenceSeen(number, row.item, row.title, "", "", "", None, gone=True)
    private = item.source.source_class in _PRIVATE
    return EvidenceSeen(
        number=number,
        item=row.item,
        title=row.title,
        link="" if private else item.link,
        source="" if private else item.source.name,
        source_class=item.source.source_class,
        published=_time(item.published),
        gone=False,
        words=item.title or item.text,
        language=item.language,
    )


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
