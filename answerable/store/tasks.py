"""Tasks of an incident: ticked off, opened again, added for a colleague; each change in the timeline."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.respond.checklists import PHASES, checklist
from answerable.store import ledger, timeline
from answerable.store.access import may
from answerable.store.incidents import incident_for
from answerable.store.models import IncidentTask, Person

LONGEST = 300
MOST = 100


def add(
    actor: Person,
    incident_id: int,
    *,
    text: str,
    phase: str,
    person: Person | None = None,
    reason: str = "",
    now: datetime,
) -> IncidentTask:
    """One more thing to do. BadInput without words, or for a person who sees nothing here."""
    if phase not in PHASES or not (text := plain(text)[:LONGEST]):
        raise BadInput("Write what is to be done, and choose the first hour or the first day.")
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)
        if person is not None and not may(person, Permission.DESK_READ, incident.unit):
            raise BadInput("This person does not see the incident: choose somebody else.")
        if IncidentTask.objects.filter(incident=incident).count() >= MOST:
            raise BadInput("An incident has at most 100 tasks: end some first.")
        task = IncidentTask.objects.create(
            incident=incident, phase=phase, text=text, person=person, made_by=actor, made_at=now
        )
        name = person.name if person else ""
        timeline.add(incident.pk, actor.pk, "task_added", now, text=text, phase=phase, person=name)
        ledger.append(actor, "task.add", "incident", incident.pk, text, reason, now)
    return task


def tick(actor: Person, incident_id: int, *, code: str, reason: str = "", now: datetime) -> None:
    """A task of the checklist is done. Conflict when somebody ticked it first."""
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)
        phase = next((one for one in PHASES if code in checklist(incident.level, one)), None)
        if phase is None:
            raise BadInput("The checklist of this level has no such task: look at the page again.")
        row, _ = IncidentTask.objects.get_or_create(
            incident=incident, code=code, defaults={"phase": phase, "made_by": actor, "made_at": now}
        )
        _done(actor, row, now, reason)


def finish(actor: Person, task_id: int, *, reason: str = "", now: datetime) -> IncidentTask:
    """A task is done. Conflict when somebody else ended it first."""
    with transaction.atomic():
        ledger.serialise()
        row = _task(actor, task_id)
        _done(actor, row, now, reason)
    return row


def reopen(actor: Person, task_id: int, *, reason: str = "", now: datetime) -> IncidentTask:
    """A task is to be done after all. Conflict when it is open already."""
    with transaction.atomic():
        ledger.serialise()
        row = _task(actor, task_id)
        if not IncidentTask.objects.filter(pk=row.pk, done_at__isnull=False).update(
            done_at=None, done_by=None
        ):
            raise Conflict("This task is open already.")
        timeline.add(row.incident_id, actor.pk, "task_open", now, code=row.code, text=row.text)
        ledger.append(actor, "task.open", "task", row.pk, row.code or row.text, reason, now)
    return row


def _done(actor: Person, row: IncidentTask, now: datetime, reason: str) -> None:
    if not IncidentTask.objects.filter(pk=row.pk, done_at=None).update(done_at=now, done_by=actor):
        raise Conflict("Somebody did this already: look at the page again.")
    timeline.add(row.incident_id, actor.pk, "task_done", now, code=row.code, text=row.text)
    ledger.append(actor, "task.done", "task", row.pk, row.code or row.text, reason, now)


def _task(actor: Person, task_id: int) -> IncidentTask:
    row = IncidentTask.objects.filter(pk=task_id).first()
    if row is None:
        raise Conflict("This task is gone: look at the page again.")
    incident_for(actor, row.incident_id, Permission.INCIDENT_CHANGE)
    return row
