"""Units, people and voices: the tree one reaches, invitations whose link is shown once, roles, leaving."""

from __future__ import annotations

import re

import pytest

from answerable.permissions import Role
from answerable.store.models import LedgerRow, Person, RoleHeld, Unit, Voice
from tests.cast import Desk
from tests.web import stage


def test_each_sees_the_units_they_reach(desk: Desk) -> None:
    """Alice sees the council and what is below; Charlie sees Water Services alone."""
    with stage.clock():
        alice = stage.client(desk.alice).get("/desk/units").content.decode()
        charlie = stage.client(desk.charlie).get("/desk/units").content.decode()
    assert f'id="unit-{desk.top.pk}"' in alice
    assert f'id="unit-{desk.water.pk}"' in alice
    assert f'id="unit-{desk.top.pk}"' not in charlie
    assert "Alice Marsh" not in charlie
    assert "Charlie Hollin" in charlie


def test_a_unit_is_created_below_another(desk: Desk) -> None:
    """Its path lies below its parent's, its zone is the parent's when none was typed."""
    with stage.clock():
        alice = stage.client(desk.alice)
        answer = alice.post("/desk/units/new", {"name": "Streets and Lights", "parent": str(desk.top.pk)})
    unit = Unit.objects.get(name="Streets and Lights")
    assert answer.headers["Location"] == f"/desk/units#unit-{unit.pk}"
    assert unit.path == f"{desk.top.path}{unit.pk}/"
    assert unit.timezone == desk.top.timezone


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("parent", "999"), ("timezone", "Mars/Olympus")])
def test_a_unit_with_a_mistake_is_not_created(desk: Desk, field: str, value: str) -> None:
    """The form comes back with its sentence."""
    facts = {"name": "Parks", "parent": str(desk.top.pk), "timezone": "", field: value}
    with stage.clock():
        answer = stage.client(desk.alice).post("/desk/units/new", facts)
    assert answer.status_code == 400
    assert f'href="#{field}"' in answer.content.decode()
    assert Unit.objects.count() == 2


def invite(desk: Desk, **changes: object) -> object:
    """Alice invites Ida as head of the council."""
    facts = {"name": "Ida Quist", "login": "ida", "unit": str(desk.top.pk), "roles": ["head"], **changes}
    with stage.clock():
        return stage.client(desk.alice).post("/desk/people/new", facts)


def test_the_link_of_an_invitation_is_shown_once_and_works(desk: Desk) -> None:
    """It stands on the answer alone, is whole, and leads the new colleague in."""
    page = invite(desk).content.decode()  # type: ignore[attr-defined]
    address = re.search(r'<code id="once">(http[^<]+)</code>', page)
    assert address is not None
    with stage.clock():
        path = "/" + address[1].split("/", 3)[3]
        ida = stage.client()
        assert ida.post(path).headers["Location"] == "/sign-in/password"
        assert ida.get("/desk/").status_code == 200
        assert address[1] not in stage.client(desk.alice).get("/desk/units").content.decode()
    assert RoleHeld.objects.get(person__login="ida").role == "head"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("login", "a b"),
        ("login", ""),
        ("login", "carol"),
        ("unit", "999"),
        ("roles", []),
        ("roles", ["king"]),
    ],
)
def test_an_invitation_with_a_mistake_invites_nobody(desk: Desk, field: str, value: object) -> None:
    """Also a login that is taken: one sentence, no person, no link."""
    answer = invite(desk, **{field: value})
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert f'href="#{field}"' in answer.content.decode()  # type: ignore[attr-defined]
    assert 'id="once"' not in answer.content.decode()  # type: ignore[attr-defined]
    assert Person.objects.count() == 4


def test_roles_change_and_people_leave_and_return(desk: Desk) -> None:
    """Each change is in the ledger; the last administrator stays."""
    alice = stage.client(desk.alice)
    carol = f"/desk/people/{desk.carol.pk}"
    with stage.clock():
        assert (
            'value="information_officer" id="role-information_officer" checked'
            in alice.get(f"{carol}/roles").content.decode()
        )
        assert alice.post(f"{carol}/roles", {"roles": ["commentator", "nonsense"]}).status_code == 302
        assert list(RoleHeld.objects.filter(person=desk.carol).values_list("role", flat=True)) == [
            "commentator"
        ]
        assert alice.post(f"{carol}/deactivate").status_code == 302
        assert "deactivated" in alice.get("/desk/units").content.decode()
        assert alice.post(f"{carol}/reactivate").status_code == 302
        assert alice.post(f"{carol}/link").status_code == 200
        assert alice.post(f"/desk/people/{desk.alice.pk}/deactivate").status_code == 409
        assert alice.post(f"/desk/people/{desk.alice.pk}/roles", {"roles": []}).status_code == 409
    assert Person.objects.get(pk=desk.alice.pk).is_active
    assert LedgerRow.objects.filter(action__startswith="person.").count() >= 3


def test_an_administrator_below_reaches_nobody_above(desk: Desk) -> None:
    """Who runs Water Services changes no person, unit or voice of the council.

    Sabotage: look people up without the reader's units.
    """
    below = stage.client(stage.person("wendy", Role.ADMINISTRATOR, desk.water))
    with stage.clock():
        for verb in ("link", "deactivate", "reactivate", "roles"):
            assert below.post(f"/desk/people/{desk.carol.pk}/{verb}", {"roles": []}).status_code == 404
        assert below.post(f"/desk/voices/{desk.voice.pk}/retire").status_code == 404
        for form, field in (("units/new", "parent"), ("people/new", "unit"), ("voices/new", "unit")):
            facts = {"name": "X", "login": "xy", "role": "Y", "roles": ["head"], field: str(desk.top.pk)}
            assert below.post(f"/desk/{form}", facts).status_code == 400
            assert f'<option value="{desk.top.pk}"' not in below.get(f"/desk/{form}").content.decode()
    assert Unit.objects.count() == 2
    assert Voice.objects.count() == 1


def test_a_voice_is_registered_and_retired(desk: Desk) -> None:
    """The name and title that the public sees; a retired one stays in the list with its day."""
    alice = stage.client(desk.alice)
    with stage.clock():
        facts = {
            "name": "Press office",
            "role": "Spokespeople of the council",
            "unit": str(desk.top.pk),
            "person": "",
        }
        assert alice.post("/desk/voices/new", facts).status_code == 302
        voice = Voice.objects.get(name="Press office")
        assert alice.post(f"/desk/voices/{voice.pk}/retire").status_code == 302
        page = alice.get("/desk/units").content.decode()
        assert "retired" in page
        for field in ("name", "role"):
            assert alice.post("/desk/voices/new", {**facts, field: " "}).status_code == 400
    assert Voice.objects.count() == 2


def test_settings_show_no_secret(desk: Desk) -> None:
    """The page lists what is in force, and never the password in the database's address."""
    from dataclasses import replace
    from unittest.mock import patch

    from django.conf import settings

    secret = replace(settings.ANSWERABLE, database_url="postgres://desk:s3cret@db/answerable")
    with stage.clock(), patch.object(settings, "ANSWERABLE", secret):
        page = stage.client(desk.alice).get("/desk/settings").content.decode()
    assert "s3cret" not in page
    assert "session_hours" in page
    with stage.clock():
        assert "session_hours" not in stage.client(desk.carol).get("/desk/settings").content.decode()
