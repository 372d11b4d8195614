"""A room of rapid judgement as one person may see it: the others' assessments only after their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import F, QuerySet

from answerable.permissions import Permission
from answerable.respond.judgement import DECIDE_WITHIN, HUMAN_WITHIN, Proposed, proposed, shown
from answerable.store.access import may, visible_rooms
from answerable.store.models import Assessment, Person, Room, RoomSeat, UnitTold
from answerable.store.on_duty import TEAMS


@dataclass(frozen=True, slots=True)
class SeatSeen:
    """Who was called or came, and whether they have written. Never what, before it may be read."""

    seat: RoomSeat
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One dated thing that happened in the room."""

    at: datetime
    kind: Literal["alert", "opened", "called", "here", "assessed", "decided"]
    who: str
    number: int = 0  # of people called


@dataclass(frozen=True, slots=True)
class RoomPage:
    """Everything of a room that this reader may see now."""

    room: Room
    seats: tuple[SeatSeen, ...]
    missing: tuple[str, ...]  # teams of which nobody was on duty
    mine: Assessment | None
    others: tuple[Assessment, ...] | None  # None: not shown yet
    proposed: Proposed | None  # None: not shown yet, or nobody wrote
    steps: tuple[Step, ...]  # oldest first
    told: tuple[UnitTold, ...]
    may_judge: bool
    may_decide: bool

    @property
    def human_due(self) -> datetime:
        return self.room.started_at + HUMAN_WITHIN

    @property
    def decision_due(self) -> datetime:
        return self.room.started_at + DECIDE_WITHIN


def rooms(person: Person, *, exercise: bool) -> QuerySet[Room]:
    """Rooms this person may see: undecided ones first, then the latest."""
    found = visible_rooms(person, exercise).select_related("alert__story", "unit", "decided_by", "incident")
    return found.order_by(F("decided_at").desc(nulls_first=True), "-pk")


def one_room(person: Person, number: int, *, exercise: bool) -> Room | None:
    """A room of this space that the person may see; None otherwise."""
    found = visible_rooms(person, exercise).select_related(
        "alert__story", "alert__signal", "unit", "opened_by", "decided_by", "incident"
    )
    return found.filter(pk=number).first()


def page(person: Person, room: Room) -> RoomPage:
    """The room for somebody who may see it."""
    written = list(room.assessments.select_related("person").order_by("written_at", "pk"))
    mine = next((one for one in written if one.person_id == person.pk), None)
    open_now = shown(own_written=mine is not None, decided=room.decided_at is not None)
    at = {one.person_id: one.written_at for one in written}
    seats = [
        SeatSeen(seat, at.get(seat.person_id))
        for seat in room.seats.select_related("person", "person__unit").order_by("pk")
    ]
    called = any(one.seat.person_id == person.pk and one.seat.state for one in seats)
    where = None if called else room.unit
    teams = {one.seat.team for one in seats}
    return RoomPage(
        room,
        tuple(seats),
        tuple(team for team in TEAMS if team not in teams) if "order" not in teams else TEAMS,
        mine,
        tuple(one for one in written if one is not mine) if open_now else None,
        proposed([one.level for one in written]) if open_now and written else None,
        tuple(_steps(room, seats, written)),
        tuple(
            UnitTold.objects.filter(incident=room.incident_id, incident__isnull=False)
            .select_related("unit", "received_by", "watched")
            .order_by("pk")
        ),
        may_judge=may(person, Permission.INCIDENT_JUDGE, where),
        may_decide=may(person, Permission.INCIDENT_OPEN, where),
    )


def room_of_alert(alert: int) -> Room | None:
    """The room in which an alert is judged; None without one."""
    return Room.objects.filter(alert=alert).first()


def room_of_story(story: int) -> Room | None:
    """The newest room about a story's alerts that has not decided; None without one."""
    return Room.objects.filter(alert__story=story, decided_at=None).order_by("-pk").first()


def _steps(room: Room, seats: Sequence[SeatSeen], written: Sequence[Assessment]) -> list[Step]:
    called = [one for one in seats if one.seat.state == "called"]
    found = [
        Step(room.started_at, "alert", ""),
        Step(room.opened_at, "opened", room.opened_by.name),
        Step(room.opened_at, "called", "", len(called)),
        *(Step(one.seat.here_at, "here", one.seat.person.name) for one in seats if one.seat.here_at),
        *(Step(one.written_at, "assessed", one.person.name) for one in written),
    ]
    if room.decided_at is not None and room.decided_by is not None:
        found.append(Step(room.decided_at, "decided", room.decided_by.name))
    order = ("alert", "opened", "called", "here", "assessed", "decided")
    return sorted(found, key=lambda step: (step.at, order.index(step.kind)))
