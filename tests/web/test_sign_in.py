"""The way in: passwords, one-time links, sessions, and what a stranger can learn from trying (nothing)."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session

from answerable.store import people
from answerable.store.models import LedgerRow, Person
from tests.cast import NOW, PASSWORD, Desk
from tests.web import stage

NEW = "four herons on the Saltgate wall"


def test_login_and_password_open_the_desk(desk: Desk) -> None:
    """A right pair leads to where one wanted to go; the session cookie is out of reach of scripts."""
    browser = stage.client()
    answer = browser.post(
        "/sign-in", {"login": "carol", "password": PASSWORD, "next": "/desk/stories?q=water"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/stories?q=water")
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == settings.ANSWERABLE.session_hours * 3600
    assert browser.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("login", "password"), [("carol", "wrong"), ("nobody", PASSWORD), ("", ""), ("carol\x00", "x")]
)
def test_a_wrong_pair_gets_one_calm_sentence(desk: Desk, login: str, password: str) -> None:
    """The same words whether the login exists or not, and what was typed stays, but for the password.

    Sabotage: say which of the two was wrong.
    """
    answer = stage.client().post("/sign-in", {"login": login, "password": password})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Login and password do not fit together." in page
    assert PASSWORD not in page
    assert "sessionid" not in answer.cookies


def test_an_unknown_login_costs_as_much_as_a_wrong_password(desk: Desk) -> None:
    """One hash in both cases, so that the time taken does not tell who works here.

    Sabotage: answer at once when the login is unknown.
    """
    for login in ("carol", "nobody-at-all"):
        with (
            patch.object(
                Argon2PasswordHasher, "encode", autospec=True, side_effect=Argon2PasswordHasher.encode
            ) as encode,
            patch.object(
                Argon2PasswordHasher, "verify", autospec=True, side_effect=Argon2PasswordHasher.verify
            ) as verify,
        ):
            stage.client().post("/sign-in", {"login": login, "password": "wrong"})
        assert encode.call_count + verify.call_count == 1, login


def test_passwords_are_kept_as_argon2(desk: Desk) -> None:
    """Nothing weaker is ever written."""
    people.set_password(desk.carol, NEW, NOW)
    assert Person.objects.get(pk=desk.carol.pk).password.startswith("argon2$argon2id$")


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/sign-out",
        "/desk",
    ],
)
def test_sign_in_leads_nowhere_foreign(desk: Desk, wanted: str) -> None:
    """Only addresses of the desk itself; anything else leads to Now."""
    answer = stage.client().post("/sign-in", {"login": "carol", "password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == "/desk/"


def test_sign_in_makes_a_new_session(desk: Desk) -> None:
    """A session id that somebody planted before is worth nothing after."""
    browser = stage.client()
    browser.post("/sign-in", {"login": "carol", "password": PASSWORD})
    planted = browser.session.session_key
    browser.post("/sign-in", {"login": "bob", "password": PASSWORD})
    assert browser.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_ends_the_session_on_the_server(desk: Desk) -> None:
    """The old cookie opens nothing any more; a GET does not sign anybody out."""
    browser = stage.client(desk.carol)
    cookie = browser.cookies["sessionid"].value
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/desk/").status_code == 200
    browser.post("/sign-out")
    thief = stage.client()
    thief.cookies["sessionid"] = cookie
    assert thief.get("/desk/").status_code == 302


def test_a_deactivated_person_is_out_with_the_next_click(desk: Desk) -> None:
    """No waiting for the session to end.

    Sabotage: fetch the person of a session without asking whether they are active.
    """
    browser = stage.client(desk.charlie)
    assert browser.get("/desk/").status_code == 200
    people.deactivate(desk.alice, desk.charlie, reason="left", now=NOW)
    assert browser.get("/desk/").status_code == 302


def test_a_live_fragment_never_holds_the_sign_in_page(desk: Desk) -> None:
    """When the session ended, htmx is told to take the whole page there."""
    answer = stage.client().get("/desk/now/live", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in"
    assert answer.content == b""


def invited(desk: Desk) -> str:
    """A fresh token for a new colleague."""
    return people.invite(desk.alice, login="ida", name="Ida Quist", unit=desk.top, roles=["head"], now=NOW)[1]  # type: ignore[list-item]


def test_opening_a_one_time_link_does_not_use_it_up(desk: Desk) -> None:
    """Mail scanners and previews fetch links; only the button redeems.

    Sabotage: redeem on GET.
    """
    token = invited(desk)
    with stage.clock():
        for _ in range(3):
            page = stage.client().get(f"/sign-in/once/{token}")
            assert page.status_code == 200
            assert "Ida Quist" in page.content.decode()
        answer = stage.client().post(f"/sign-in/once/{token}")
    assert answer.headers["Location"] == "/sign-in/password"


def test_a_one_time_link_works_once(desk: Desk) -> None:
    """The second time it says in one sentence what to do; so does one that never was."""
    token = invited(desk)
    with stage.clock():
        assert stage.client().post(f"/sign-in/once/{token}").status_code == 302
        for again in (token, "never-was", "%00"):
            for method in ("get", "post"):
                answer = getattr(stage.client(), method)(f"/sign-in/once/{again}")
                assert answer.status_code == 410
                assert "Ask your administrator for a new one" in answer.content.decode()


def test_a_one_time_link_expires(desk: Desk) -> None:
    """After its term it opens nothing."""
    token = invited(desk)
    with stage.clock(NOW + timedelta(days=8)):
        assert stage.client().post(f"/sign-in/once/{token}").status_code == 410


def test_the_first_visit_ends_with_a_password(desk: Desk) -> None:
    """Link, password, desk; the next time login and password are enough."""
    browser = stage.client()
    with stage.clock():
        browser.post(f"/sign-in/once/{invited(desk)}")
        assert browser.get("/sign-in/password").status_code == 200
        saved = browser.post("/sign-in/password", {"password": NEW, "again": NEW})
        assert saved.status_code == 302
        assert "Your password is set." in browser.get(saved.headers["Location"]).content.decode()
    assert stage.client().post("/sign-in", {"login": "ida", "password": NEW}).status_code == 302
    assert LedgerRow.objects.filter(action__startswith="person.password").count() <= 1


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("short", "short", "at least 12 characters"),
        (NEW, NEW + "x", "The two passwords differ"),
        ("password12345", "password12345", "too common or too like your name"),
        ("carol fenn carol", "carol fenn carol", "too common or too like your name"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(desk: Desk, first: str, second: str, said: str) -> None:
    """What is wrong stands beside the field, and nothing was changed."""
    browser = stage.client(desk.carol)
    before = Person.objects.get(pk=desk.carol.pk).password
    answer = browser.post("/sign-in/password", {"password": first, "again": second})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert Person.objects.get(pk=desk.carol.pk).password == before


def test_a_new_password_ends_every_other_session(desk: Desk) -> None:
    """Whoever changes a password keeps this session and closes the others."""
    here, there = stage.client(desk.carol), stage.client(desk.carol)
    here.post("/sign-in/password", {"password": NEW, "again": NEW})
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


def test_a_desk_that_hears_nothing_real_begins_in_the_drill(desk: Desk) -> None:
    """The first page after the first sign-in is alive."""
    from answerable.store import drills

    drills.begin(now=NOW)
    answer = stage.client().post("/sign-in", {"login": "carol", "password": PASSWORD})
    assert answer.headers["Location"] == "/exercise/"
    stage.source(desk)
    answer = stage.client().post("/sign-in", {"login": "carol", "password": PASSWORD})
    assert answer.headers["Location"] == "/desk/"
