"""The supervision list: a missed clock or an ignored message, its explanation, and what the overseer finds.

Real matters alone: an exercise is not supervised. A finding is written once.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal

from django.db import transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.store import case_supervision, ledger
from answerable.store.access import may
from answerable.store.models import Clock, OwedApproval, Person, Supervision, UnitTold

FINDINGS = ("no_fault", "honest_error", "avoidable", "follow_up")
Kind = Literal["clock", "told", "case", "contest", "alone"]


def explain(actor: Person, told_id: int, *, text: str, reason: str = "", now: datetime) -> None:
    """Why a receipt is late, by the unit that owed it, once. Conflict when it is not."""
    if not (text := plain(text)[:5000]):
        raise BadInput("The explanation is empty: write why the deadline was missed.")
    with transaction.atomic():
        ledger.serialise()
        told = UnitTold.objects.select_related("unit", "incident").filter(pk=told_id).first()
        if told is None or not may(actor, Permission.INCIDENT_CHANGE, told.unit):
            raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
        if not late(told, now):
            raise Conflict("This receipt is not overdue: there is nothing to explain.")
        row, _ = Supervision.objects.get_or_create(told=told)
        if not Supervision.objects.filter(pk=row.pk, explanation="").update(
            explanation=text, explained_by=actor, explained_at=now
        ):
            raise Conflict("The explanation is there already; it is written once.")
        ledger.append(actor, "told.explain", "told", told_id, text, reason, now)


def record_finding(
    actor: Person, kind: Kind, number: int, *, finding: str, text: str, reason: str = "", now: datetime
) -> None:
    """What the overseer finds about one issue; "honest_error" says that it is tolerated. Written once."""
    if finding not in FINDINGS:
        raise BadInput("Choose what you find.")
    if not (text := plain(text)[:5000]):
        raise BadInput("Write the finding in a sentence or two: the unit reads it.")
    with transaction.atomic():
        ledger.serialise()
        row = _issue(actor, kind, number, now)
        won = Supervision.objects.filter(pk=row.pk, finding="").update(
            finding=finding, text=text, found_by=actor, found_at=now
        )
        if not won:
            raise Conflict("A finding about this stands already; it is written once.")
        ledger.append(actor, "finding.record", kind, number, json.dumps([finding, text]), reason, now)


def late(told: UnitTold, now: datetime) -> bool:
    """Whether a receipt was due and not given in time."""
    return (told.received_at or now) > told.due_at


def _issue(actor: Person, kind: Kind, number: int, now: datetime) -> Supervision:
    refused = NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
    if kind in ("case", "contest"):
        return case_supervision.watched(actor, kind, number)
    if kind == "alone":
        owed = OwedApproval.objects.select_related("version__statement__unit").filter(
            pk=number, version__statement__exercise=False
        )
        one = owed.first()
        if one is None or not may(actor, Permission.FINDING_RECORD, one.version.statement.unit):
            raise refused
        return Supervision.objects.get_or_create(owed=one)[0]
    if kind == "clock":
        clock = Clock.objects.select_related("incident__unit").filter(
            pk=number, missed_at__isnull=False, incident__exercise=False
        )
        found = clock.first()
        if found is None or not may(actor, Permission.FINDING_RECORD, found.incident.unit):
            raise refused
        return Supervision.objects.get_or_create(clock=found)[0]
    told = UnitTold.objects.select_related("unit").filter(pk=number, incident__exercise=False).first()
    if told is None or not late(told, now) or not may(actor, Permission.FINDING_RECORD, told.unit):
        raise refused
    return Supervision.objects.get_or_create(told=told)[0]
