"""Addresses of duty: rosters, rotations, stand-ins, absences."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import (
    absence_add,
    duty_cancel,
    duty_note,
    duty_show,
    holidays_set,
    roster_create,
    rotation_set,
    stand_in_add,
)

_reads = needs(Permission.DESK_READ)
_notes = needs(Permission.DESK_READ, "POST")
_changes = needs(Permission.DUTY_CHANGE, "GET", "POST")

REAL: tuple[URLPattern, ...] = (
    path("duty", _reads(duty_show.duty), name="duty"),
    path("duty/new", _changes(roster_create.roster_create), name="roster_create"),
    path("duty/<int:number>.ics", _reads(duty_show.roster_calendar), name="roster_calendar"),
    path("duty/<int:number>/rotation", _changes(rotation_set.rotation_set), name="rotation_set"),
    path("duty/<int:number>/holidays", _changes(holidays_set.holidays_set), name="holidays_set"),
    path("duty/<int:number>/notes", _notes(duty_note.write), name="duty_note_write"),
    path("duty/notes/<int:number>/take", _notes(duty_note.take), name="duty_note_take"),
    path("duty/<int:number>/stand-in", _changes(stand_in_add.stand_in_add), name="stand_in_add"),
    path(
        "duty/stand-ins/<int:number>/cancel",
        needs(Permission.DUTY_CHANGE, "POST")(duty_cancel.stand_in_cancel),
        name="stand_in_cancel",
    ),
    path(
        "duty/absences/new",
        needs(Permission.DESK_READ, "GET", "POST")(absence_add.absence_add),
        name="absence_add",
    ),
    path(
        "duty/absences/<int:number>/cancel",
        needs(Permission.DESK_READ, "POST")(duty_cancel.absence_cancel),
        name="absence_cancel",
    ),
)
