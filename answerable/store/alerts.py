"""What people decide about alerts. Raising them is the engine's, see `store.signals`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from answerable.errors import Conflict
from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import may, require
from answerable.store.models import Alert, Person, Room

OPEN, ACKNOWLEDGED, DISMISSED = "open", "acknowledged", "dismissed"
IN_INCIDENT, CLOSED = "incident", "closed"


def acknowledge(actor: Person, alert_id: int, *, reason: str = "", now: datetime) -> None:
    """Somebody looks at it now. Conflict when somebody else decided first."""
    _decide(actor, alert_id, (OPEN,), ACKNOWLEDGED, "alert.acknowledge", reason, now)


def dismiss(actor: Person, alert_id: int, *, reason: str = "", now: datetime) -> None:
    """Nothing to do here. `reason` is a code (false_alarm, known_matter). Conflict as above."""
    _decide(actor, alert_id, (OPEN, ACKNOWLEDGED), DISMISSED, "alert.dismiss", reason, now)


def waiting(person: Person, exercise: bool = False) -> QuerySet[Alert]:
    """Alerts nobody has decided on yet, oldest first; none for somebody who may not read the desk."""
    found = Alert.objects.filter(state__in=(OPEN, ACKNOWLEDGED), exercise=exercise)
    found = found.select_related("story", "signal").order_by("raised_at", "id")
    return found if may(person, Permission.DESK_READ) else found.none()


def close(alerts: Iterable[int], now: datetime) -> None:
    """The incident of these alerts was resolved: new signals of their stories may call somebody again."""
    Alert.objects.filter(pk__in=list(alerts), state=IN_INCIDENT).update(state=CLOSED, decided_at=now)


def leave_to_room(alerts: Iterable[int]) -> None:
    """Conflict while people judge one of these alerts together: what they find decides it."""
    if Room.objects.filter(alert__in=list(alerts), decided_at=None).exists():
        raise Conflict("People judge this alert together: decide it in their room.")


def _decide(
    actor: Person, alert_id: int, before: tuple[str, ...], after: str, action: str, reason: str, now: datetime
) -> None:
    with transaction.atomic():
        require(actor, Permission.ALERT_DECIDE)
        if after == DISMISSED:
            leave_to_room([alert_id])
        undecided = Alert.objects.filter(pk=alert_id, state__in=before)
        why = reason if after == DISMISSED else ""
        if not undecided.update(state=after, decided_by=actor, decided_at=now, dismissed_as=why):
            raise Conflict("Somebody else decided on this alert first: look at its page again.")
        ledger.append(actor, action, "alert", alert_id, after, reason, now)
