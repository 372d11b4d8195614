"""A role reaches its unit and what is below it, never beside or above it."""

from __future__ import annotations

import pytest

from answerable.errors import NotAllowed
from answerable.permissions import ROLES, Permission, Role
from answerable.store import access, people
from answerable.store.models import Person, RoleHeld, Unit
from tests.cast import Desk
from tests.store.scene import draft, incident

pytestmark = pytest.mark.store


def _unit(desk: Desk, name: str, parent: Unit) -> Unit:
    return people.create_unit(desk.alice, name=name, parent=parent, now=desk.now)


def test_a_role_reaches_down_and_not_up_or_aside(desk: Desk) -> None:
    """Charlie of Water Services may act there and below, not in the council nor in the unit beside."""
    pipes, parks = _unit(desk, "Pipes", desk.water), _unit(desk, "Parks and Festivals", desk.top)
    may = [
        access.may(desk.charlie, Permission.INCIDENT_OPEN, unit)
        for unit in (desk.water, pipes, parks, desk.top)
    ]
    assert may == [True, True, False, False]
    assert access.units_below(desk.water) == [desk.water.pk, pipes.pk]
    assert set(access.units_below(desk.top)) == {desk.top.pk, desk.water.pk, pipes.pk, parks.pk}


def test_a_path_that_begins_alike_is_another_unit(desk: Desk) -> None:
    """Unit 1 does not reach unit 10: the prefix ends with a slash."""
    ten = Unit.objects.create(
        pk=desk.water.pk * 10, name="Ten", parent=desk.top, path=f"{desk.top.path}{desk.water.pk}0/"
    )
    assert not access.may(desk.charlie, Permission.DESK_READ, ten)
    assert ten.pk not in access.units_below(desk.water)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_what_its_bundle_says_and_no_more(desk: Desk, role: Role) -> None:
    """Every permission of every role, yes or no, is the one in the list of permissions."""
    RoleHeld.objects.filter(person=desk.charlie).update(role=role)
    given = {permission for permission in Permission if access.may(desk.charlie, permission, desk.water)}
    assert given == ROLES[role]


def test_nobody_and_the_deactivated_may_nothing(desk: Desk) -> None:
    """No person, or one who was deactivated a moment ago and is still in hand, may nothing and sees nothing."""
    incident(desk)
    in_hand = Person.objects.get(pk=desk.carol.pk)
    people.deactivate(desk.alice, desk.carol, now=desk.now)
    for person in (None, in_hand):
        assert not access.may(person, Permission.DESK_READ)
        assert not access.visible_incidents(person).exists()
        with pytest.raises(NotAllowed):
            access.require(person, Permission.DESK_READ)


def test_an_unknown_role_gives_nothing(desk: Desk) -> None:
    """A role from a newer version is no key."""
    RoleHeld.objects.filter(person=desk.charlie).update(role="overlord")
    assert not access.may(desk.charlie, Permission.DESK_READ)


def test_lists_hold_a_persons_units_alone(desk: Desk) -> None:
    """The council's incident and statement are seen by the council, not by the unit below it."""
    made = incident(desk)
    said = draft(desk, made)
    assert list(access.visible_incidents(desk.bob)) == [made]
    assert list(access.visible_statements(desk.bob)) == [said.statement]
    assert not access.visible_incidents(desk.charlie).exists()
    assert not access.visible_statements(desk.charlie).exists()


def test_exercise_and_real_never_share_a_list(desk: Desk) -> None:
    """Each list holds one kind only."""
    real, drill = incident(desk), incident(desk, exercise=True)
    draft(desk, real), draft(desk, drill)
    assert list(access.visible_incidents(desk.bob, exercise=False)) == [real]
    assert list(access.visible_incidents(desk.bob, exercise=True)) == [drill]
    assert [row.exercise for row in access.visible_statements(desk.bob, exercise=True)] == [True]
    assert [row.exercise for row in access.visible_statements(desk.bob, exercise=False)] == [False]
