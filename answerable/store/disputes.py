"""A disputed owner: the unit above settles it within 30 minutes, or it goes up, once for each unit above.

Until it is settled the present owner answers, and no clock waits.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.store import incidents, ledger, telling, timeline
from answerable.store.access import may
from answerable.store.models import Dispute, Incident, Person, Unit

SETTLE_WITHIN = timedelta(minutes=30)


def contest(
    actor: Person, incident_id: int, *, unit: Unit, why: str, reason: str = "", now: datetime
) -> Dispute:
    """Say that another unit should answer. The unit above the present owner is told and settles it.

    BadInput without words, for the present owner, or where no unit stands above. Conflict while one is open.
    """
    if not (why := plain(why)[:2000]):
        raise BadInput("Say in a sentence why another unit should answer.")
    with transaction.atomic():
        ledger.serialise()
        incident = incidents.incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)
        judge = telling.above(incident.unit)
        if unit.pk == incident.unit_id:
            raise BadInput("This unit answers for it already: choose another one.")
        if judge is None:
            raise BadInput("No unit stands above that could settle it: hand the incident over instead.")
        if open_of(incident) is not None:
            raise Conflict("The owner of this incident is disputed already.")
        made = Dispute.objects.create(
            incident=incident,
            proposed=unit,
            why=why,
            raised_by=actor,
            raised_at=now,
            judge=judge,
            due_at=now + SETTLE_WITHIN,
        )
        timeline.add(incident.pk, actor.pk, "disputed", now, unit=unit.name, judge=judge.name, why=why)
        telling.tell(actor, incident, [judge], "dispute", now)
        content = json.dumps([incident.pk, unit.pk, why])
        ledger.append(actor, "dispute.raise", "dispute", made.pk, content, reason, now)
    return made


def settle(
    actor: Person, incident_id: int, *, unit: Unit, note: str = "", reason: str = "", now: datetime
) -> Dispute:
    """Decide who answers from now on, as the unit that settles it. Conflict when it is settled."""
    with transaction.atomic():
        ledger.serialise()
        incident = incidents.incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)
        found = open_of(incident)
        if found is None:
            raise Conflict("This dispute is settled already: read who answers.")
        if not may(actor, Permission.INCIDENT_CHANGE, found.judge):
            raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
        decided = {"settled_by": actor, "settled_at": now, "unit": unit, "note": plain(note)[:2000]}
        Dispute.objects.filter(pk=found.pk).update(**decided)
        told = {"unit": unit.name, "judge": found.judge.name, "note": plain(note)[:2000]}
        timeline.add(incident.pk, actor.pk, "dispute_settled", now, **told)
        if unit.pk != incident.unit_id:
            incidents.hand_over(
                actor, incident.pk, unit=unit, version=incident.version, reason=reason, now=now
            )
        content = json.dumps([incident.pk, unit.pk, note])
        ledger.append(actor, "dispute.settle", "dispute", found.pk, content, reason, now)
    found.refresh_from_db()
    return found


def tick(now: datetime) -> int:
    """What was not settled in time goes to the next unit above, each time once; returns how many rose."""
    due = Dispute.objects.filter(settled_at=None, due_at__lte=now).order_by("due_at", "id")
    return sum(_rise(number, now) for number in list(due.values_list("pk", flat=True)[:100]))


def open_of(incident: Incident) -> Dispute | None:
    """The dispute about an incident that is not settled."""
    found = Dispute.objects.filter(incident=incident, settled_at=None)
    return found.select_related("judge", "proposed", "raised_by").first()


def _rise(number: int, now: datetime) -> bool:
    with transaction.atomic():
        ledger.serialise()
        found = Dispute.objects.select_related("judge", "incident__unit", "raised_by").get(pk=number)
        above = telling.above(found.judge)
        seen = Dispute.objects.filter(pk=number, settled_at=None, rises=found.rises, due_at__lte=now)
        if above is None:
            # It stands on the top unit's list until it is settled; there is nobody else to tell.
            seen.update(due_at=None)
            return False
        if not seen.update(judge=above, rises=F("rises") + 1, due_at=now + SETTLE_WITHIN):
            return False
        timeline.add(found.incident_id, None, "dispute_rose", now, judge=above.name)
        telling.tell(found.raised_by, found.incident, [above], "dispute", now)
        ledger.append(None, "dispute.rise", "dispute", number, str(above.pk), "deadline", now)
    return True
