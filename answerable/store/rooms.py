"""Rooms of rapid judgement: opened from an alert, each writes before they read the others, decided once.

Whoever decides names level, owner and whom to tell; a decision that nobody had assessed says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.respond.judgement import PROPOSALS, human_at
from answerable.respond.level_rules.file import Basis
from answerable.store import alerts, calls, incidents, ledger, receipts, telling, timeline
from answerable.store.access import may, require, visible_rooms
from answerable.store.models import Alert, Assessment, Call, Incident, Person, Room, RoomSeat, Unit

INCIDENT, NOTHING = "incident", "nothing"
LONGEST = 2000  # characters of an assessment


def open_room(actor: Person, alert_id: int, *, reason: str = "", now: datetime) -> Room:
    """Call the people on duty together about an alert. Conflict when it was decided, or has a room."""
    with transaction.atomic():
        ledger.serialise()
        alert = Alert.objects.select_related("signal").filter(pk=alert_id).first()
        if alert is None:
            raise Conflict("This alert is gone: look at the page again.")
        unit = calls.unit_of(alert.signal.items)
        require(actor, Permission.ALERT_DECIDE, None)
        if unit is None or alert.state not in (alerts.OPEN, alerts.ACKNOWLEDGED):
            raise Conflict("Somebody else decided on this alert first: look at its page again.")
        if Room.objects.filter(alert=alert).exists():
            raise Conflict("People were called together about this alert already: go to their room.")
        answered = Call.objects.filter(alert=alert).values_list("answered_at", flat=True).first()
        room = Room.objects.create(
            alert=alert,
            unit=unit,
            exercise=alert.exercise,
            started_at=min(alert.raised_at, now),
            human_at=human_at(now, answered, alert.decided_at),
            opened_by=actor,
            opened_at=now,
        )
        Alert.objects.filter(pk=alert.pk, state=alerts.OPEN).update(
            state=alerts.ACKNOWLEDGED, decided_by=actor, decided_at=now
        )
        calls.end(Call.objects.filter(alert=alert).values_list("pk", flat=True), now)
        calls.begin_for_room(room, now)
        seat, _ = RoomSeat.objects.get_or_create(room=room, person=actor)
        RoomSeat.objects.filter(pk=seat.pk).update(here_at=now)
        seats = list(room.seats.order_by("pk").values_list("person", "team", "state"))
        ledger.append(actor, "room.open", "room", room.pk, json.dumps([alert.pk, seats]), reason, now)
    return room


def come(actor: Person, room_id: int, *, now: datetime) -> None:
    """The person is in the room."""
    with transaction.atomic():
        _room(actor, room_id, Permission.INCIDENT_JUDGE)
        receipts.say_here(actor, room_id, now)


def assess(
    actor: Person, room_id: int, *, level: int, text: str, reason: str = "", now: datetime
) -> Assessment:
    """What this person makes of it, once. Conflict when it stands already, or the room has decided."""
    if level not in PROPOSALS:
        raise BadInput("Propose a level from I to IV, or that it is no incident.")
    if not (text := plain(text)[:LONGEST]):
        raise BadInput("Write what you see, in a sentence or two: it is your assessment.")
    with transaction.atomic():
        ledger.serialise()
        room = _room(actor, room_id, Permission.INCIDENT_JUDGE)
        # The same row decides and counts, so nobody writes into a room that has just decided.
        if not Room.objects.filter(pk=room.pk, decided_at=None).update(written=F("written") + 1):
            raise Conflict("This room has decided already: read its decision.")
        receipts.say_here(actor, room.pk, now)
        try:
            with transaction.atomic():
                made = Assessment.objects.create(
                    room=room, person=actor, level=level, text=text, written_at=now
                )
        except IntegrityError as error:
            raise Conflict("Your assessment is written down already; it stays as it was.") from error
        ledger.append(actor, "room.assess", "room", room.pk, json.dumps([level, text]), reason, now)
    return made


@dataclass(frozen=True, slots=True)
class Decision:
    """What a room decided about an incident."""

    title: str
    level: int
    unit: Unit  # that answers for it
    owner: Person
    told: Sequence[Unit] = ()  # other units concerned
    up: bool = False  # the unit above is told
    public: bool = True
    basis: Basis = incidents.BY_HAND


def decide_incident(
    actor: Person, room_id: int, decision: Decision, *, note: str = "", reason: str = "", now: datetime
) -> Incident:
    """It is an incident, with level and owner; units are told. The room's steps become its first entries."""
    with transaction.atomic():
        room = _decided(actor, room_id, INCIDENT, decision.level, note, now)
        incident = incidents.open_incident(
            actor,
            title=decision.title,
            level=decision.level,
            unit=decision.unit,
            owner=decision.owner,
            basis=decision.basis,
            story_ids=[],
            alert_id=room.alert_id,
            public=decision.public,
            reason="rapid_judgement",
            now=now,
        )
        Room.objects.filter(pk=room.pk).update(incident=incident)
        _tell_timeline(room, incident, actor, now)
        others = [unit for unit in decision.told if unit.pk != decision.unit.pk]
        superior = telling.above(decision.unit) if decision.up else None
        told = telling.tell(actor, incident, [one for one in others if one != superior], "told", now)
        if superior is not None:
            told += telling.tell(actor, incident, [superior], "up", now)
        content = json.dumps([INCIDENT, incident.pk, room.written, [row.unit_id for row in told], note])
        ledger.append(actor, "room.decide", "room", room.pk, content, reason, now)
    return incident


def decide_nothing(
    actor: Person, room_id: int, *, why: str, note: str = "", reason: str = "", now: datetime
) -> Room:
    """It is no incident; the alert is dismissed with this code."""
    with transaction.atomic():
        room = _decided(actor, room_id, NOTHING, None, note, now)
        alerts.dismiss(actor, room.alert_id, reason=why, now=now)
        content = json.dumps([NOTHING, why, room.written, note])
        ledger.append(actor, "room.decide", "room", room.pk, content, reason, now)
    return room


def _decided(actor: Person, room_id: int, decision: str, level: int | None, note: str, now: datetime) -> Room:
    ledger.serialise()
    room = _room(actor, room_id, Permission.INCIDENT_OPEN)
    won = Room.objects.filter(pk=room.pk, decided_at=None).update(
        decision=decision, level=level, note=plain(note)[:LONGEST], decided_by=actor, decided_at=now
    )
    if not won:
        raise Conflict("Somebody else decided first: read the decision.")
    calls.end(Call.objects.filter(room=room).values_list("pk", flat=True), now)
    room.refresh_from_db()
    return room


def _tell_timeline(room: Room, incident: Incident, actor: Person, now: datetime) -> None:
    called = room.seats.filter(state="called").count()
    timeline.add(incident.pk, room.opened_by_id, "room_opened", room.opened_at, room=room.pk, called=called)
    for one in room.assessments.order_by("written_at", "pk"):
        timeline.add(incident.pk, one.person_id, "assessed", one.written_at, level=one.level, text=one.text)
    timeline.add(
        incident.pk,
        actor.pk,
        "judged",
        now,
        room=room.pk,
        level=room.level,
        written=room.written,
        note=room.note,
    )


def _room(actor: Person, room_id: int, permission: Permission) -> Room:
    """A room the person may see, with this permission in its unit, or anywhere when they were called in."""
    for exercise in (False, True):
        room = visible_rooms(actor, exercise).select_related("unit").filter(pk=room_id).first()
        if room is not None:
            called = room.seats.filter(person=actor).exclude(state="").exists()
            if may(actor, permission, None if called else room.unit):
                return room
            break
    raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
