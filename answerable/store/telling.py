"""Units that are told of an incident: the unit above, peers, the one that takes over. Each owes a receipt.

Telling calls the unit's people until one receives it, and lets the unit read the incident from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from answerable.respond.judgement import RECEIPT_WITHIN
from answerable.store import calls, timeline
from answerable.store.models import Incident, Person, Unit, UnitTold

Why = Literal["told", "up", "hand_over", "report", "dispute", "line"]


def tell(actor: Person, incident: Incident, units: Sequence[Unit], why: Why, now: datetime) -> list[UnitTold]:
    """Tell these units, inside the transaction of the change they are told of; each unit once."""
    made = []
    for unit in dict.fromkeys(units):
        row = UnitTold.objects.create(
            incident=incident,
            unit=unit,
            why=why,
            told_by=actor,
            told_at=now,
            due_at=now + RECEIPT_WITHIN,
        )
        timeline.add(incident.pk, actor.pk, "told", now, unit=unit.name, why=why)
        calls.begin_for_told(row, now)
        made.append(row)
    return made


def above(unit: Unit) -> Unit | None:
    """The unit above, where a matter goes up; None at the top."""
    return Unit.objects.filter(pk=unit.parent_id).first() if unit.parent_id else None
