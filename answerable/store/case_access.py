"""Which cases a person sees, and the conditional update every change of a case goes through."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from answerable.errors import Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.records import Json
from answerable.store.access import may, units_for
from answerable.store.models import Case, CaseEvent, Person

# Every kind of event with the values it carries; pages have one sentence for each.
KINDS: dict[str, tuple[str, ...]] = {
    "collected": ("came_by",),
    "joined": ("copy", "people"),
    "sorted": ("unit", "confidence"),
    "unsure": ("confidence", "unit"),
    "taken": (),
    "assigned": ("name",),
    "sent_on": ("unit", "why", "note"),
    "paused": ("reason", "note"),
    "resumed": ("paused_s",),
    "merged": ("cases", "people"),
    "merged_into": ("case",),
    "written": (),
    "submitted": (),
    "sent_back": ("note",),
    "answered": ("outcome", "late", "bank"),
    "contested": (),
    "settled": ("upheld",),
    "reopened": ("round",),
    "wrote_again": (),
    "read_again": (),
    "rated": ("helped", "asked_by"),
    "withdrawn": (),
    "left_out": ("reason",),
    "shown": (),
    "unshown": (),
    "step_reminder": ("due",),
    "step_head": ("due",),
    "step_superior": ("due",),
    "step_public": ("due",),
}


def visible(person: Person | None) -> QuerySet[Case]:
    """Cases of the person's units and those below."""
    return Case.objects.filter(of_units(person, Permission.DESK_READ))


def of_units(person: Person | None, permission: Permission) -> Q:
    """Cases where the person holds the permission: by number of the unit, so that the index answers."""
    return Q(unit__in=units_for(person, permission).order_by().values("pk"))


def case_for(person: Person | None, number: int, permission: Permission) -> Case:
    """This case, for this person. NotAllowed when there is none that they may do this with."""
    case = visible(person).select_related("unit", "handler").filter(pk=number).first()
    if case is None or not may(person, permission, case.unit):
        raise NotAllowed("Your roles in this unit do not include that: ask an administrator or a colleague.")
    return case


def change(case: Case, version: int, **fields: object) -> None:
    """Change the case if nobody else did since `version`; the object in hand follows."""
    if not Case.objects.filter(pk=case.pk, version=version).update(version=F("version") + 1, **fields):
        raise Conflict("Somebody changed this case while you looked at it: nothing was saved. Look again.")
    case.version = version + 1
    for name, value in fields.items():
        setattr(case, name, value)


def note(case: Case, actor: Person | None, kind: str, at: datetime, /, **params: Json) -> None:
    """One event, inside the transaction of what it tells. ValueError for values the kind does not carry."""
    if set(params) - set(KINDS[kind]):
        raise ValueError(f"an event {kind} carries {KINDS[kind]}, not {tuple(params)}")
    CaseEvent.objects.create(case=case, actor=actor, at=at, kind=kind, params=params)
