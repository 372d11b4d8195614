"""What a called person answers besides an alert: that they are in the room, that their unit has a message."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from answerable.errors import Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.store import ledger, timeline
from answerable.store.access import may
from answerable.store.models import Call, Notice, Person, Room, RoomSeat, UnitTold


def say_here(person: Person, room_id: int, now: datetime) -> None:
    """This person is in the room; saying it again changes nothing. Conflict once the room has decided."""
    with transaction.atomic():
        if not Room.objects.filter(pk=room_id, decided_at=None).exists():
            raise Conflict("This room has decided already: read its decision.")
        seat, _ = RoomSeat.objects.get_or_create(room_id=room_id, person=person)
        if RoomSeat.objects.filter(pk=seat.pk, here_at=None).update(here_at=now):
            ledger.append(person, "room.here", "room", room_id, "", "", now)


def receive(person: Person, told_id: int, now: datetime) -> UnitTold:
    """The person's unit has the message: its receipt, dated, in the timeline of the incident.

    NotAllowed for somebody who may not handle incidents there; Conflict when somebody received it first.
    """
    with transaction.atomic():
        ledger.serialise()
        told = UnitTold.objects.select_related("unit", "incident").filter(pk=told_id).first()
        if told is None or not may(person, Permission.INCIDENT_CHANGE, told.unit):
            raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
        mine = UnitTold.objects.filter(pk=told_id, received_at=None)
        if not mine.update(received_at=now, received_by=person):
            raise Conflict("Somebody of this unit received it already.")
        calls = Call.objects.filter(told=told_id, ended_at=None)
        numbers = list(calls.values_list("pk", flat=True))
        calls.update(ended_at=now, due_at=None, answered_by=person, answered_at=now)
        Notice.objects.filter(Q(call__in=numbers), state="waiting").update(state="dropped")
        timeline.add(told.incident_id, person.pk, "received", now, unit=told.unit.name, why=told.why)
        ledger.append(person, "told.receive", "told", told_id, str(told.unit_id), "", now)
    told.refresh_from_db()
    return told
