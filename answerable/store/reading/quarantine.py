"""What was set aside, as a page shows it: where it came from, its words, what broke and where."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from answerable.store.models import Quarantined
from answerable.store.quarantine import words
from answerable.store.reading.items import ItemSeen, items_by_id

OPEN = ("waits", "again", "discard")


@dataclass(frozen=True, slots=True)
class AsideLine:
    """One item set aside."""

    row: Quarantined
    item: ItemSeen | None  # where it is stored
    words: str  # "" when it left


def set_aside(*, exercise: bool, done: bool = False, source: int | None = None) -> QuerySet[Quarantined]:
    """Items set aside, newest first: those that wait, or with `done` those that were read or discarded."""
    rows = Quarantined.objects.filter(exercise=exercise).select_related("source__unit", "decided_by")
    rows = rows.exclude(state__in=OPEN) if done else rows.filter(state__in=OPEN)
    if source is not None:
        rows = rows.filter(source=source)
    return rows.order_by("-at", "-id")


def counts(*, exercise: bool) -> dict[int, int]:
    """How many items wait, by source."""
    rows = Quarantined.objects.filter(exercise=exercise, state__in=OPEN).order_by()
    return dict(rows.values("source").annotate(n=Count("id")).values_list("source", "n"))


def aside_lines(rows: list[Quarantined]) -> list[AsideLine]:
    """The rows with the words of their items."""
    seen = items_by_id([row.item for row in rows if row.item is not None])
    found = []
    for row in rows:
        item = seen.get(row.item or 0)
        title, text = (item.title, item.text) if item else words(row)
        found.append(AsideLine(row, item, f"{title}\n{text}".strip()))
    return found


def one_row(number: int, *, exercise: bool) -> Quarantined | None:
    """One row of this space, None when there is none."""
    rows = Quarantined.objects.select_related("source__unit")
    return rows.filter(pk=number, exercise=exercise).first()
