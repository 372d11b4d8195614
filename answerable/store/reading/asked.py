"""Cases on the public list: what waits for an answer, what a month answered, what we took up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from answerable.respond.case_rules import OPEN
from answerable.store.models import Case, CaseAnswer, Voice

MOST = 200  # of one list; a month that holds more is read by its file


@dataclass(frozen=True, slots=True)
class Asked:
    """One matter as anybody may read it."""

    id: int
    title: str
    text: str
    unit: str
    voice: Voice | None  # whose name the answer bears, or before it the question; null: older than voices
    kind: str
    people: int  # who asked it
    also: int  # who want to know it too, one tap each
    due_at: datetime | None
    started_at: datetime
    answered_at: datetime | None
    outcome: str
    answer: str  # "" while there is none


def waiting() -> list[Asked]:
    """Open matters of the list; those that concern most people first."""
    found = _shown().filter(stage__in=OPEN).annotate(many=F("people") + F("also"))
    return _asked(list(found.order_by("-many", "public_at", "pk")[:MOST]))


def answered(year: int, month: int, zone: ZoneInfo, most: int = MOST) -> list[Asked]:
    """What was answered in this month of the body's own calendar, in the order of the answers."""
    begins = datetime(year, month, 1, tzinfo=zone)
    ends = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    found = _done().filter(fed_back_at__gte=begins, fed_back_at__lt=ends)
    return _asked(list(found.order_by("fed_back_at", "pk")[:most]))


def adopted() -> list[Asked]:
    """Proposals that were taken up, the latest first: you said, we did."""
    return _asked(list(_done().filter(outcome="adopted").order_by("-fed_back_at", "pk")[:MOST]))


def months(zone: ZoneInfo) -> list[tuple[int, int, int]]:
    """(year, month, how many were answered), the latest first."""
    counts: dict[tuple[int, int], int] = {}
    for at in _done().order_by("-fed_back_at").values_list("fed_back_at", flat=True):
        if at is None:  # never: the types do not know the filter
            continue
        local = at.astimezone(zone)
        counts[local.year, local.month] = counts.get((local.year, local.month), 0) + 1
    return [(year, month, n) for (year, month), n in counts.items()]


def _shown() -> QuerySet[Case]:
    return Case.objects.filter(public_at__isnull=False).select_related("unit", "public_voice__unit")


def _done() -> QuerySet[Case]:
    """Answered, and nobody contests it: what is contested is no success to be told of."""
    return _shown().filter(stage="fed_back", contested=False, fed_back_at__isnull=False)


def _asked(found: Sequence[Case]) -> list[Asked]:
    sent = CaseAnswer.objects.filter(case__in=found, sent_at__isnull=False).order_by("round")
    last = {row.case_id: row for row in sent.select_related("voice__unit")}
    return [
        Asked(
            row.pk,
            row.public_title,
            row.public_text,
            row.unit.name,
            answer.voice if answer else row.public_voice,
            row.kind,
            row.people,
            row.also,
            row.due_at,
            row.started_at,
            row.fed_back_at,
            row.outcome,
            answer.text if answer else "",
        )
        for row in found
        for answer in [None if row.stage in OPEN else last.get(row.pk)]
    ]
