"""Who works here: the first start, invitations, links that work once, roles that cannot lock everybody out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission, Role
from answerable.store import access, people
from answerable.store.models import OneTimeLink, Person, RoleHeld, Unit, Voice
from tests.cast import Desk
from tests.store.scene import at_once, ledger_rows

pytestmark = pytest.mark.store


def _empty() -> None:
    RoleHeld.objects.all().delete()
    Voice.objects.all().delete()
    Person.objects.all().delete()
    Unit.objects.exclude(parent=None).delete()
    Unit.objects.all().delete()


def test_the_first_start_makes_one_unit_and_one_administrator(desk: Desk) -> None:
    """An empty desk gets its top unit and an administrator who comes in by a link of seven days, once."""
    _empty()
    first = people.first_start("Brackwater Council", "Europe/London", desk.now)
    assert first is not None
    person, token = first
    assert (person.unit.name, person.unit.path) == ("Brackwater Council", f"/{person.unit.pk}/")
    assert access.may(person, Permission.PERSON_CHANGE, person.unit)
    assert people.first_start("Another", "UTC", desk.now) is None
    assert people.redeem(token, desk.now + timedelta(days=6, hours=23)).pk == person.pk
    assert [row[0] for row in ledger_rows()] == ["unit.create", "person.invite", "link.create", "link.redeem"]


def test_two_first_starts_at_once_make_one_administrator(desk: Desk) -> None:
    """Two parents that start together on an empty database create one top unit."""
    _empty()
    made = at_once(*[lambda: people.first_start("Brackwater Council", "UTC", desk.now)] * 3)
    assert [first is not None for first in made].count(True) == 1
    assert (Unit.objects.count(), Person.objects.count()) == (1, 1)


def test_a_lost_first_link_can_be_had_again_until_somebody_got_in(desk: Desk) -> None:
    """A second start prints a fresh link while nobody was ever in; afterwards there is none to be had."""
    _empty()
    first = people.first_start("Brackwater Council", "UTC", desk.now)
    again = people.first_link(desk.now + timedelta(days=8))
    assert first is not None
    assert again is not None
    people.redeem(again[1], desk.now + timedelta(days=8))
    assert people.first_link(desk.now + timedelta(days=9)) is None


def test_a_link_works_once_and_older_ones_end_with_it(desk: Desk) -> None:
    """After one use the same token, and any other that lies about, opens nothing."""
    person, token = people.invite(
        desk.alice, login="dora", name="Dora Eel", unit=desk.water, roles=[Role.COMMENTATOR], now=desk.now
    )
    assert people.link_holder(token, desk.now) == person
    assert people.redeem(token, desk.now) == person
    assert people.link_holder(token, desk.now) is None
    with pytest.raises(NotAllowed, match="used already or has expired"):
        people.redeem(token, desk.now)


@pytest.mark.parametrize(
    ("after", "works"),
    [(timedelta(hours=24) - timedelta(microseconds=1), True), (timedelta(hours=24), False)],
)
def test_a_link_lasts_a_day(desk: Desk, after: timedelta, works: bool) -> None:
    """An ordinary link opens until 24 hours after it was made, and not at 24 hours."""
    token = people.new_link(desk.alice, desk.carol, now=desk.now)
    assert (people.link_holder(token, desk.now + after) is not None) is works


def test_a_link_redeemed_at_the_same_time_signs_in_once(desk: Desk) -> None:
    """Six browsers with one token: one gets in."""
    token = people.new_link(None, desk.carol, now=desk.now)
    results = at_once(*[lambda: people.redeem(token, desk.now)] * 6)
    assert [isinstance(found, Person) for found in results].count(True) == 1
    assert [isinstance(found, NotAllowed) for found in results].count(True) == 5
    assert [row[0] for row in ledger_rows()].count("link.redeem") == 1


def test_only_a_hash_of_a_token_is_kept(desk: Desk) -> None:
    """Whoever reads the database cannot sign in: the token has 32 random bytes and is in no table."""
    tokens = {people.new_link(desk.alice, desk.carol, now=desk.now) for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {43}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM one_time_links")
        assert not any(token in repr(cursor.fetchall()) for token in tokens)
    assert OneTimeLink.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x", "\udc80", "é" * 500, "\x00"])
def test_a_hostile_token_is_just_a_wrong_one(desk: Desk, token: str) -> None:
    """Whatever stands in the address, the answer is the same sentence."""
    with pytest.raises(NotAllowed):
        people.redeem(token, desk.now)


def test_a_login_is_one_persons(desk: Desk) -> None:
    """A second person with the same login is refused and nothing of the attempt stays."""
    before = (Person.objects.count(), len(ledger_rows()))
    with pytest.raises(Conflict):
        people.invite(desk.alice, login="bob", name="Another Bob", unit=desk.top, roles=[], now=desk.now)
    assert (Person.objects.count(), len(ledger_rows())) == before


def test_strangers_change_no_people(desk: Desk) -> None:
    """Only who may change people in that unit can invite, link, give roles or deactivate."""
    with pytest.raises(NotAllowed):
        people.invite(desk.bob, login="x", name="X", unit=desk.top, roles=[], now=desk.now)
    with pytest.raises(NotAllowed):
        people.new_link(desk.charlie, desk.alice, now=desk.now)
    with pytest.raises(NotAllowed):
        people.change_roles(desk.carol, desk.carol, unit=desk.top, roles=[Role.HEAD], now=desk.now)
    with pytest.raises(NotAllowed):
        people.deactivate(desk.charlie, desk.bob, now=desk.now)
    with pytest.raises(NotAllowed):
        people.create_unit(desk.bob, name="Parks", parent=desk.top, now=desk.now)
    assert ledger_rows() == []


def test_roles_are_replaced_in_one_unit_and_stay_in_others(desk: Desk) -> None:
    """Giving roles says what somebody holds in that unit from now on."""
    people.change_roles(
        desk.alice, desk.charlie, unit=desk.top, roles=[Role.MODERATOR, Role.HEAD], now=desk.now
    )
    people.change_roles(desk.alice, desk.charlie, unit=desk.top, roles=[Role.HEAD], now=desk.now)
    held = [(unit.pk, role) for unit, role in people.roles_of(desk.charlie)]
    assert held == [(desk.top.pk, Role.HEAD), (desk.water.pk, Role.INFORMATION_OFFICER)]
    assert desk.charlie in people.holders(Permission.STATEMENT_APPROVE, desk.top)


def test_the_last_administrator_stays(desk: Desk) -> None:
    """Neither taking the role nor deactivating may leave a desk that nobody can administer."""
    with pytest.raises(Conflict, match="last administrator"):
        people.change_roles(desk.alice, desk.alice, unit=desk.top, roles=[Role.HEAD], now=desk.now)
    with pytest.raises(Conflict, match="last administrator"):
        people.deactivate(desk.alice, desk.alice, now=desk.now)
    assert access.may(desk.alice, Permission.PERSON_CHANGE, desk.top)
    assert ledger_rows() == []


def test_two_administrators_cannot_remove_each_other_at_once(desk: Desk) -> None:
    """Of two mutual removals at the same moment at most one comes through."""
    people.change_roles(desk.alice, desk.bob, unit=desk.top, roles=[Role.ADMINISTRATOR], now=desk.now)
    at_once(
        lambda: people.deactivate(desk.alice, desk.bob, now=desk.now),
        lambda: people.deactivate(desk.bob, desk.alice, now=desk.now),
    )
    assert Person.objects.filter(login__in=("alice", "bob"), is_active=True).count() == 1


def test_somebody_deactivated_comes_in_no_more(desk: Desk) -> None:
    """Open links end, roles give nothing, and a second time is a conflict; reactivating undoes it."""
    token = people.new_link(desk.alice, desk.carol, now=desk.now)
    people.deactivate(desk.alice, desk.carol, now=desk.now)
    with pytest.raises(NotAllowed):
        people.redeem(token, desk.now)
    with pytest.raises(Conflict):
        people.deactivate(desk.alice, desk.carol, now=desk.now)
    with pytest.raises(Conflict):
        people.new_link(desk.alice, desk.carol, now=desk.now)
    people.reactivate(desk.alice, desk.carol, now=desk.now)
    assert access.may(desk.carol, Permission.DESK_READ, desk.top)


@pytest.mark.parametrize("weak", ["short", "password1234", "carol carol carol"[:5]])
def test_a_weak_password_is_refused_with_its_reason(desk: Desk, weak: str) -> None:
    """What is too short or too common is not set, and the sentence says why."""
    with pytest.raises(BadInput, match="password"):
        people.set_password(desk.carol, weak, desk.now)
    assert Person.objects.get(pk=desk.carol.pk).check_password(desk.password)


def test_a_new_password_ends_open_links(desk: Desk) -> None:
    """A link sent before the password changed opens nothing afterwards; the hash is argon2."""
    token = people.new_link(desk.alice, desk.carol, now=desk.now)
    people.set_password(desk.carol, "nine herons over Saltgate", desk.now)
    stored = Person.objects.get(pk=desk.carol.pk)
    assert stored.check_password("nine herons over Saltgate")
    assert stored.password.startswith("argon2$")
    assert people.link_holder(token, desk.now) is None


def test_units_stand_in_a_tree(desk: Desk) -> None:
    """A new unit has its parent's path and time zone; an unknown zone or empty name is refused."""
    pipes = people.create_unit(desk.alice, name=" Pipes ", parent=desk.water, now=desk.now)
    assert (pipes.name, pipes.path) == ("Pipes", f"{desk.water.path}{pipes.pk}/")
    assert pipes.timezone == "Europe/London"
    people.change_unit(
        desk.alice, pipes, name="Pipes", timezone="UTC", duty_number="01632 960 9", now=desk.now
    )
    assert Unit.objects.get(pk=pipes.pk).duty_number == "01632 960 9"
    for wrong in ({"name": " ", "timezone": "UTC"}, {"name": "Parks", "timezone": "Europe/Brackwater"}):
        with pytest.raises(BadInput):
            people.create_unit(desk.alice, parent=desk.top, now=desk.now, **wrong)


def test_a_language_is_the_persons_own(desk: Desk) -> None:
    """The language of the desk is remembered for the person."""
    people.set_language(desk.carol, "es", desk.now)
    assert Person.objects.get(pk=desk.carol.pk).language == "es"
