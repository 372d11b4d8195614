"""Who may do what, and which rows a person sees: every list, page and count passes through here.

A role held in a unit reaches that unit and those below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from answerable.errors import NotAllowed
from answerable.permissions import ROLES, Permission, Role
from answerable.store.models import (
    Incident,
    Person,
    Room,
    RoomSeat,
    Statement,
    Unit,
    UnitTold,
)
from answerable.store.reading.rows import rows


def permissions_of(role: str) -> frozenset[Permission]:
    """What a stored role gives; nothing for a role this version does not know."""
    return ROLES[Role(role)] if role in set(Role) else frozenset()


def reach(person: Person | None, permission: Permission) -> list[str]:
    """Paths of the units in which the person holds the permission (those below are meant as well)."""
    return sorted({path for role, path in _held(person) if permission in permissions_of(role)})


def _held(person: Person | None) -> list[tuple[str, str]]:
    """(role, path of its unit). Every page asks this several times, so it is read by hand."""
    if person is None or not person.is_active:
        return []
    # Asked anew each time: the person in hand may have been deactivated since it was loaded.
    found = rows(
        "SELECT r.role, u.path FROM roles_held r JOIN units u ON u.id = r.unit_id "
        "JOIN people p ON p.id = r.person_id WHERE p.id = %s AND p.is_active",
        [person.pk],
    )
    return [(role, path) for role, path in found]


def may(person: Person | None, permission: Permission, unit: Unit | None = None) -> bool:
    """Whether the person may do this in the unit; without a unit: anywhere at all."""
    paths = reach(person, permission)
    return bool(paths) if unit is None else any(unit.path.startswith(path) for path in paths)


def all_in(person: Person | None, unit: Unit) -> frozenset[Permission]:
    """Everything the person may do in a unit, from one look at the roles."""
    given = (permissions_of(role) for role, path in _held(person) if unit.path.startswith(path))
    return frozenset().union(*given)


def require(person: Person | None, permission: Permission, unit: Unit | None = None) -> Person:
    """The person, or NotAllowed with the sentence for the page."""
    if person is None or not may(person, permission, unit):
        raise NotAllowed("Your roles in this unit do not include that: ask an administrator or a colleague.")
    return person


def units_below(unit: Unit) -> list[int]:
    """Ids of the unit and of all units below it."""
    return list(Unit.objects.filter(path__startswith=unit.path).order_by("path").values_list("id", flat=True))


def units_for(person: Person | None, permission: Permission) -> QuerySet[Unit]:
    """The units in which the person may do this, in the order of the tree: for choices in forms."""
    return Unit.objects.filter(within(reach(person, permission), "path")).order_by("path")


def visible_incidents(person: Person | None, exercise: bool = False) -> QuerySet[Incident]:
    """Incidents of the person's units, and those their units were told of.

    Exercise and real never share a list.
    """
    paths = reach(person, Permission.DESK_READ)
    told = UnitTold.objects.filter(within(paths, "unit__path")).values("incident")
    theirs = within(paths, "unit__path") | Q(pk__in=told)
    return Incident.objects.filter(theirs, exercise=exercise)


def visible_rooms(person: Person | None, exercise: bool = False) -> QuerySet[Room]:
    """Rooms of the person's units, and those they were called into."""
    paths = reach(person, Permission.DESK_READ)
    seats = RoomSeat.objects.filter(person=person if paths else None).values("room")
    theirs = within(paths, "unit__path") | Q(pk__in=seats)
    return Room.objects.filter(theirs, exercise=exercise)


def visible_statements(person: Person | None, exercise: bool = False) -> QuerySet[Statement]:
    """Statements in the name of the person's units, or about incidents of these units."""
    paths = reach(person, Permission.DESK_READ)
    theirs = within(paths, "unit__path") | within(paths, "incident__unit__path")
    return Statement.objects.filter(theirs, exercise=exercise)


def reach_filter(person: Person | None, permission: Permission, field: str) -> Q:
    """Rows whose unit, by its path in `field`, lies where the person holds the permission."""
    return within(reach(person, permission), field)


def within_sql(paths: Sequence[str], column: str) -> tuple[str, list[str]]:
    """The filter of `visible_incidents` for hand-written SQL: a condition on a unit's path, its values."""
    if not paths:
        return "1 = 0", []
    return f"({' OR '.join([f'{column} LIKE %s'] * len(paths))})", [f"{path}%" for path in paths]


def within(paths: Sequence[str], field: str) -> Q:
    """Rows whose unit lies at or below one of the paths; none at all without a path."""
    if not paths:
        return Q(pk__in=[])
    found = Q()
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found
