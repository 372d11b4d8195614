"""The fixed cast of the tests: who exists in a fresh desk, and nothing else.

Alice and Bob work in the top unit, Carol beside them; Charlie is the stranger in another unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from answerable.permissions import Role
from answerable.store.models import Person, RoleHeld, Unit, Voice

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday morning
PASSWORD = "seven lanterns on the Eelgate bridge"


@dataclass(frozen=True)
class Desk:
    """A migrated, empty desk with its people. `now` is the moment the tests pass on."""

    home: Path
    now: datetime
    top: Unit  # Brackwater Council
    water: Unit  # Water Services, below the council
    alice: Person  # administrator of the top unit
    bob: Person  # spokesperson of the top unit
    carol: Person  # information officer of the top unit
    charlie: Person  # information officer of Water Services: a stranger to the council's own matters
    voice: Voice  # Bob's registered voice
    password: str = PASSWORD  # everybody's


def _person(login: str, name: str, unit: Unit, role: Role) -> Person:
    person = Person(login=login, name=name, unit=unit, added_at=NOW)
    person.set_password(PASSWORD)
    person.save()
    RoleHeld.objects.create(person=person, unit=unit, role=role.value)
    return person


def write() -> None:
    """Put the cast into an empty database."""
    top = Unit.objects.create(
        name="Brackwater Council", timezone="Europe/London", duty_number="01632 960 100"
    )
    top.path = f"/{top.pk}/"
    top.save()
    water = Unit.objects.create(
        name="Water Services", parent=top, timezone="Europe/London", duty_number="01632 960 101"
    )
    water.path = f"/{top.pk}/{water.pk}/"
    water.save()
    _person("alice", "Alice Marsh", top, Role.ADMINISTRATOR)
    bob = _person("bob", "Bob Saltmarsh", top, Role.SPOKESPERSON)
    _person("carol", "Carol Fenn", top, Role.INFORMATION_OFFICER)
    _person("charlie", "Charlie Hollin", water, Role.INFORMATION_OFFICER)
    Voice.objects.create(unit=top, name="Bob Saltmarsh", role="Spokesperson", person=bob, registered_at=NOW)


def read(home: Path) -> Desk:
    """The cast as it stands in the database."""
    people = {person.login: person for person in Person.objects.select_related("unit")}
    return Desk(
        home=home,
        now=NOW,
        top=people["alice"].unit,
        water=people["charlie"].unit,
        alice=people["alice"],
        bob=people["bob"],
        carol=people["carol"],
        charlie=people["charlie"],
        voice=Voice.objects.get(),
    )
