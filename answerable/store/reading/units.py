"""The tree of units with its people and voices, as far as a person reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from answerable.permissions import Permission
from answerable.store.access import reach
from answerable.store.models import Person, RoleHeld, Unit, Voice
from answerable.store.reading import cases
from answerable.store.reading.notices import OrderSeen, order_seen


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """Somebody who works here, with roles as (role, unit name)."""

    id: int
    name: str
    login: str
    active: bool
    waiting: bool  # invited, and never signed in
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """One unit with what hangs on it; `depth` counts from the top the reader sees."""

    unit: Unit
    depth: int
    people: tuple[PersonSeen, ...]
    voices: tuple[Voice, ...]
    order: OrderSeen  # whom it calls
    wrong_desk: int  # cases of a year that came to it and belonged elsewhere


def visible_units(person: Person) -> QuerySet[Unit]:
    """Units the person reads: those of a role that reads the desk, and all below them."""
    paths = reach(person, Permission.DESK_READ)
    found = Unit.objects.none()
    for path in paths:
        found = found | Unit.objects.filter(path__startswith=path)
    return found.order_by("path")


def tree(person: Person, now: datetime) -> list[UnitSeen]:
    """The visible units in the order of the tree."""
    units = list(visible_units(person))
    ids = [unit.pk for unit in units]
    people = _people(ids)
    voices: dict[int, list[Voice]] = {}
    for voice in Voice.objects.filter(unit__in=ids).order_by("retired_at", "name", "pk"):
        voices.setdefault(voice.unit_id, []).append(voice)
    wrong = cases.wrong_desks(now, ids)
    top = min((unit.path.count("/") for unit in units), default=0)
    return [
        UnitSeen(
            unit,
            unit.path.count("/") - top,
            tuple(people.get(unit.pk, ())),
            tuple(voices.get(unit.pk, ())),
            order_seen(unit, now),
            wrong.get(unit.pk, 0),
        )
        for unit in units
    ]


def unit_for(person: Person, pk: int) -> Unit | None:
    """A unit the person reads; None for every other."""
    return visible_units(person).filter(pk=pk).first()


def colleague(person: Person, pk: int) -> Person | None:
    """A person of a unit the reader reads; None for every other."""
    return Person.objects.select_related("unit").filter(pk=pk, unit__in=visible_units(person)).first()


def people_of(unit: Unit) -> list[tuple[int, str]]:
    """(id, name) of the active people of a unit and those below it: for choices in forms."""
    rows = Person.objects.filter(unit__path__startswith=unit.path, is_active=True).order_by("name", "pk")
    return list(rows.values_list("pk", "name"))


def _people(units: list[int]) -> dict[int, list[PersonSeen]]:
    roles: dict[int, list[tuple[str, str]]] = {}
    held = RoleHeld.objects.filter(person__unit__in=units).order_by("unit__path", "role")
    for pk, role, unit in held.values_list("person_id", "role", "unit__name"):
        roles.setdefault(pk, []).append((role, unit))
    found: dict[int, list[PersonSeen]] = {}
    for row in Person.objects.filter(unit__in=units).order_by("-is_active", "name", "pk"):
        waiting = not row.has_usable_password() and row.last_login is None
        seen = PersonSeen(row.pk, row.name, row.login, row.is_active, waiting, tuple(roles.get(row.pk, ())))
        found.setdefault(row.unit_id, []).append(seen)
    return found
