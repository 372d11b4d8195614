"""Shared lines: what all units concerned by an incident say alike, and which units these are.

A line holds once a second person approved it; then each unit that was told owes a receipt for it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.store import ledger, telling, timeline
from answerable.store.incidents import incident_for
from answerable.store.models import Incident, Person, SharedLine, Unit, UnitTold

LONGEST = 500
MOST = 30  # of an incident, those that were retired included


def lines_of(incident: Incident) -> QuerySet[SharedLine]:
    """The lines that hold or wait, those that hold first."""
    rows = SharedLine.objects.filter(incident=incident, retired_at=None)
    return rows.select_related("written_by", "approved_by").order_by(
        F("approved_at").asc(nulls_last=True), "pk"
    )


def units_of(incident: Incident) -> list[Unit]:
    """The units that speak with the owner: those that were told of the incident."""
    told = UnitTold.objects.filter(incident=incident).values("unit")
    return list(Unit.objects.filter(pk__in=told).exclude(pk=incident.unit_id).order_by("path"))


def write(actor: Person, incident_id: int, *, text: str, reason: str = "", now: datetime) -> SharedLine:
    """One more line, for a second person to approve."""
    text = " ".join(plain(text).split())
    if not text or len(text) > LONGEST:
        raise BadInput("A line is one or two sentences of at most 500 characters: write it.")
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.STATEMENT_WRITE)
        if SharedLine.objects.filter(incident=incident).count() >= MOST:
            raise BadInput("An incident has at most 30 lines: few are remembered, and said alike.")
        made = SharedLine.objects.create(incident=incident, text=text, written_by=actor, written_at=now)
        timeline.add(incident.pk, actor.pk, "line_written", now, text=text)
        ledger.append(actor, "line.write", "line", made.pk, text, reason, now)
    return made


def approve(actor: Person, number: int, *, reason: str = "", now: datetime) -> SharedLine:
    """It holds from now on, and the units told are called to say that they have it."""
    with transaction.atomic():
        ledger.serialise()
        row, incident = _one(actor, number, Permission.STATEMENT_APPROVE)
        if row.written_by_id == actor.pk:
            raise NotAllowed("You wrote this line, so a second person approves it.")
        waiting = SharedLine.objects.filter(pk=row.pk, approved_at=None, retired_at=None)
        if not waiting.update(approved_by=actor, approved_at=now):
            raise Conflict("This line was approved or taken back already: look at the page again.")
        timeline.add(incident.pk, actor.pk, "line_approved", now, text=row.text)
        telling.tell(actor, incident, units_of(incident), "line", now)
        ledger.append(actor, "line.approve", "line", row.pk, row.text, reason, now)
    return row


def retire(actor: Person, number: int, *, reason: str = "", now: datetime) -> SharedLine:
    """Nobody says it any more. Its writer may, and whoever approves."""
    with transaction.atomic():
        ledger.serialise()
        row, incident = _one(actor, number, Permission.STATEMENT_WRITE)
        if row.approved_at is not None:
            _one(actor, number, Permission.STATEMENT_APPROVE)
        if not SharedLine.objects.filter(pk=row.pk, retired_at=None).update(retired_at=now):
            raise Conflict("This line was approved or taken back already: look at the page again.")
        timeline.add(incident.pk, actor.pk, "line_retired", now, text=row.text)
        ledger.append(actor, "line.retire", "line", row.pk, row.text, reason, now)
    return row


def link(
    actor: Person, incident_id: int, *, units: Sequence[Unit], reason: str = "", now: datetime
) -> list[Unit]:
    """These units speak with us from now on: they are told, read the incident, and owe a receipt."""
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)
        known = {unit.pk for unit in units_of(incident)} | {incident.unit_id}
        fresh = [unit for unit in dict.fromkeys(units) if unit.pk not in known]
        if not fresh:
            raise BadInput("Choose at least one unit that does not speak with you yet.")
        telling.tell(actor, incident, fresh, "told", now)
        content = json.dumps([unit.pk for unit in fresh])
        ledger.append(actor, "incident.link", "incident", incident.pk, content, reason, now)
    return fresh


def _one(actor: Person, number: int, permission: Permission) -> tuple[SharedLine, Incident]:
    row = SharedLine.objects.filter(pk=number).first()
    if row is None:
        raise Conflict("This line is gone: look at the page again.")
    return row, incident_for(actor, row.incident_id, permission)
