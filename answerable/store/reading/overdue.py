"""The public overdue list: cases that nobody answered two days after they were due. No words, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from answerable.respond.case_rules import OPEN
from answerable.store.models import CaseStep

MOST = 100


@dataclass(frozen=True, slots=True)
class Overdue:
    """One overdue case as anybody may see it."""

    kind: str
    unit: str
    due_at: datetime
    explanation: str  # the unit's own; "" while there is none


def overdue() -> tuple[list[Overdue], int]:
    """(the longest overdue ones, how many there are)."""
    found = CaseStep.objects.filter(
        step="public", round=F("case__round"), case__stage__in=OPEN, case__due_at__isnull=False
    )
    heads = {
        row.case_id: row.watched.explanation
        for row in CaseStep.objects.filter(
            step="head", round=F("case__round"), case__in=found.values("case"), watched__isnull=False
        ).select_related("watched")
    }
    rows = found.select_related("case__unit").order_by("due_at", "pk")[:MOST]
    return [
        Overdue(row.case.kind, row.case.unit.name, row.due_at, heads.get(row.case_id, "")) for row in rows
    ], found.count()
