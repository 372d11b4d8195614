"""How far reading is behind. The engine writes one row; Now and Sources read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.store import sources
from answerable.store.models import Backlog, Source

_ONLY = 1  # there is one engine
STALE = timedelta(minutes=2)  # an engine that is behind says so every few seconds


@dataclass(frozen=True, slots=True)
class Behind:
    """What waits. Falsy when nothing does."""

    items: int
    since: datetime  # when the oldest of them came
    classes: tuple[tuple[str, int], ...]  # items by class of source, most first
    late: tuple[tuple[str, int], ...]  # sources that wait to be asked, by class, most first

    def __bool__(self) -> bool:
        return bool(self.items or self.late)


def write(classes: Mapping[str, int], oldest_at: datetime | None, now: datetime) -> None:
    """What waits in the engine, by class of source."""
    facts = {"items": sum(classes.values()), "oldest_at": oldest_at, "classes": dict(classes), "at": now}
    Backlog.objects.update_or_create(pk=_ONLY, defaults=facts)


def behind(now: datetime, *, among: Iterable[Source] | None = None) -> Behind:
    """What waits in the engine and in front of the collectors. Who has the real sources gives them."""
    row = Backlog.objects.filter(pk=_ONLY, at__gt=now - STALE, items__gt=0).first()
    late = _most_first(sources.overdue(now, among=among))
    if row is None or row.oldest_at is None:
        return Behind(0, now, (), late)
    return Behind(row.items, min(row.oldest_at, now), _most_first(row.classes), late)


def _most_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
