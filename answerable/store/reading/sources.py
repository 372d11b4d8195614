"""Sources as the desk reads them: each with its health, and how much it brought lately."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from answerable.collect.keys import SourceKeys, unseal
from answerable.store import sources
from answerable.store.hearing import alarms
from answerable.store.models import ItemRow, Source, SourceAlarm
from answerable.store.reading.source_pace import NOT_KNOWN, Pace, paces
from answerable.store.stream import to_ms

DAY = timedelta(days=1)
_HEALTH = (
    "name",
    "kind",
    "source_class",
    "added_at",
    "removed_at",
    "paused",
    "last_answer_at",
    "next_try_at",
    "interval_s",
    "trouble",
    "trouble_params",
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source with its state: as `sources.Deaf` says it, or heard, due (new, not asked yet) or file."""

    source: Source
    state: str
    day: int  # items heard in the last 24 hours
    alarm: SourceAlarm | None = None  # that stands
    pace: Pace = NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Hearing:
    """Whom we hear, for a page that is asked for all the time."""

    heard: int
    all: int
    deaf: tuple[sources.Deaf, ...]
    asked: tuple[Source, ...]  # all of them, with what tells of their health


def hearing(now: datetime, *, exercise: bool) -> Hearing:
    """How many sources we hear of all, and the ones we do not; two queries of the few columns it needs."""
    rows = list(sources.listening(exercise).select_related(None).only(*_HEALTH))
    alarmed = {} if exercise else alarms()
    heard, of_all = sources.heard_of_all(now, exercise, among=rows, alarmed=alarmed)
    deaf = tuple(sources.deaf(now, exercise, among=rows, alarmed=alarmed))
    return Hearing(heard, of_all, deaf, tuple(rows))


def source_lines(now: datetime, *, exercise: bool) -> list[SourceLine]:
    """All sources that were not removed; the ones we do not hear first."""
    rows = list(sources.listening(exercise))
    deaf = {one.source.pk: one for one in sources.deaf(now, exercise, among=rows)}
    counts = _heard_since(now - DAY, [row.pk for row in rows])
    pace = paces(rows, now)
    found = [_line(row, deaf.get(row.pk), counts.get(row.pk, 0), pace[row.pk], now) for row in rows]
    order = ("trouble", "silent", "no_news", "slow", "paused", "due", "heard", "file")
    return sorted(
        found, key=lambda line: (order.index(line.state), line.source.name.casefold(), line.source.pk)
    )


def source_line(pk: int, now: datetime, *, exercise: bool) -> SourceLine | None:
    """One source of this space, also a removed one; None when there is none."""
    row = Source.objects.select_related("unit").filter(pk=pk, exercise=exercise).first()
    if row is None:
        return None
    deaf = next(iter(sources.deaf(now, exercise, among=[row])), None)
    return _line(row, deaf, _heard_since(now - DAY, [pk]).get(pk, 0), paces([row], now)[pk], now)


def _line(row: Source, deaf: sources.Deaf | None, day: int, pace: Pace, now: datetime) -> SourceLine:
    state = _state(row, deaf.why if deaf else "", now)
    return SourceLine(row, state, day, deaf.alarm if deaf else None, pace)


def _state(row: Source, why: str, now: datetime) -> str:
    if why:
        return why
    if row.kind in sources.ONCE:
        return "file"
    return "heard" if sources.is_heard(row, now) else "due"


def _heard_since(since: datetime, ids: list[int]) -> dict[int, int]:
    rows = ItemRow.objects.filter(source_id__in=ids, heard__gt=to_ms(since)).values("source_id")
    return {row["source_id"]: row["n"] for row in rows.annotate(n=Count("id")).order_by()}


def newest_ids(pk: int, keys: SourceKeys, limit: int) -> list[str]:
    """External ids of what a source brought last and we still hold, newest last. Never shown or logged."""
    rows = ItemRow.objects.filter(source=pk).exclude(sealed=None).order_by("-heard", "-id")
    found = []
    for blob in rows.values_list("sealed", flat=True)[:limit]:
        with contextlib.suppress(ValueError):  # sealed under keys that were lost
            found.append(unseal(keys, bytes(blob or b""))[0])
    return found[::-1]
