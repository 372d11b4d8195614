"""Beside the password: codes from an app, passkeys, and sessions that are seen, replaced and ended."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from answerable.store import code_apps
from answerable.store.keyring import Keyring
from answerable.store.models import CodeApp, DeskSession, LedgerRow, Passkey, Person, SpareCode
from answerable.web.entry.entering import device_of
from tests.cast import NOW, PASSWORD, Desk
from tests.web import stage
from tests.web.authenticator import PRESENT, Authenticator

MINUTE = timedelta(minutes=1)
SAFETY = "/sign-in/safety"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(login: str = "carol", at: datetime | None = NOW) -> Client:
    """A browser in which somebody typed login and password; `at` None: at this very moment."""
    browser = stage.client(HTTP_USER_AGENT=FIREFOX)
    with stage.clock(at) if at else nullcontext():
        answer = browser.post("/sign-in", {"login": login, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return bool(browser.get("/desk/stories").status_code == 200)


def with_code_app(desk: Desk, person: Person) -> tuple[str, list[str]]:
    """A person whose sign-in asks for a code: the app's secret and the spare codes."""
    ring = Keyring.open(desk.home)
    secret = code_apps.begin(person, keyring=ring, now=NOW - MINUTE)
    code = pyotp.TOTP(secret).at(NOW - MINUTE)
    return secret, code_apps.confirm(person, code, keyring=ring, now=NOW - MINUTE)


# Codes


def test_a_code_app_is_connected_by_its_first_code(desk: Desk) -> None:
    """The picture and the secret are shown until a code fits; spare codes are shown once; the row is sealed."""
    carol = signed_in()
    with stage.clock(NOW):
        page = carol.post(f"{SAFETY}/code").content.decode()
        found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
        assert found is not None
        secret = found.group(1)
        assert 'class="qr"' in page
        assert carol.post(f"{SAFETY}/code", {"code": "000000"}).status_code == 400
        assert not code_apps.in_use(desk.carol)
        done = carol.post(f"{SAFETY}/code", {"code": pyotp.TOTP(secret).at(NOW)}).content.decode()
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", done)) == code_apps.SPARE
    assert code_apps.in_use(desk.carol)
    assert secret.encode() not in bytes(CodeApp.objects.get().sealed)
    assert LedgerRow.objects.filter(action="code_app.add").count() == 1


def test_the_password_alone_opens_nothing_any_more(desk: Desk) -> None:
    """After the right password nobody is signed in until the code was typed; then it goes where one wanted."""
    secret, _ = with_code_app(desk, desk.carol)
    browser = stage.client()
    with stage.clock(NOW):
        typed = {"login": "carol", "password": PASSWORD, "next": "/desk/stories"}
        answer = browser.post("/sign-in", typed)
        assert answer.headers["Location"] == "/sign-in/code"
        assert browser.get("/desk/stories").status_code == 302
        assert browser.post("/sign-in/code", {"code": "123456"}).status_code == 400
        answer = browser.post("/sign-in/code", {"code": pyotp.TOTP(secret).at(NOW)})
        assert answer.headers["Location"] == "/desk/stories"
        assert browser.get("/desk/stories").status_code == 200


def test_a_code_counts_once_and_an_old_one_never(desk: Desk) -> None:
    """Who looked over a shoulder cannot use the code again; codes of two minutes ago or ahead are refused."""
    secret, spare = with_code_app(desk, desk.carol)
    ring = Keyring.open(desk.home)

    def proves(code: str, at: datetime = NOW) -> bool:
        return code_apps.proves(desk.carol, code, keyring=ring, now=at)

    app = pyotp.TOTP(secret)
    assert proves(app.at(NOW))
    assert not proves(app.at(NOW))
    assert not proves(app.at(NOW - MINUTE / 2)), "an older code after a newer one"
    assert not proves(app.at(NOW + 10 * MINUTE), NOW + 8 * MINUTE)
    assert proves(app.at(NOW + 10 * MINUTE), NOW + 10 * MINUTE + MINUTE / 2), "half a minute late is in time"
    assert proves(f" {spare[0].upper()} ")
    assert not proves(spare[0])
    assert not code_apps.proves(desk.bob, spare[1], keyring=ring, now=NOW), "of somebody else"
    assert SpareCode.objects.filter(used_at=None).count() == code_apps.SPARE - 1


def test_codes_cannot_be_guessed(desk: Desk) -> None:
    """Ten wrong codes and no code is looked at for a quarter of an hour, not even the right one."""
    secret, _ = with_code_app(desk, desk.carol)
    browser = stage.client()
    with stage.clock(NOW):
        browser.post("/sign-in", {"login": "carol", "password": PASSWORD})
        said = [browser.post("/sign-in/code", {"code": f"{n:06}"}).status_code for n in range(12)]
        assert set(said[:10]) == {400}
        assert browser.post("/sign-in/code", {"code": pyotp.TOTP(secret).at(NOW)}).status_code == 429


def test_the_second_step_needs_the_first(desk: Desk) -> None:
    """Without a right password before, and ten minutes after it, the page of the code leads to the start."""
    secret, _ = with_code_app(desk, desk.carol)
    assert stage.client().post("/sign-in/code", {"code": "123456"}).headers["Location"] == "/sign-in"
    browser = stage.client()
    with stage.clock(NOW):
        browser.post("/sign-in", {"login": "carol", "password": PASSWORD})
    later = NOW + 11 * MINUTE
    with stage.clock(later):
        answer = browser.post("/sign-in/code", {"code": pyotp.TOTP(secret).at(later)})
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(browser)


# Sessions


def test_a_person_sees_where_they_are_signed_in_and_ends_it_at_once(desk: Desk) -> None:
    """Two browsers: the second is named by kind alone; ended from the first, its next request is nobody's."""
    here, there = signed_in(at=None), signed_in(at=None)
    page = here.get(SAFETY).content.decode()
    assert page.count("Firefox, Linux") == 2
    other = DeskSession.objects.order_by("-id")[0]
    assert here.post(f"{SAFETY}/sessions/{other.pk}").status_code == 302
    assert not is_in(there)
    assert is_in(here)
    assert LedgerRow.objects.filter(action="session.end").count() == 1


def test_every_other_session_ends_also_one_nobody_listed(desk: Desk) -> None:
    """Sessions that began before they were listed end as well; those of other people stay."""
    here, there, bob = signed_in(at=None), signed_in(at=None), signed_in("bob", at=None)
    unlisted = stage.client(desk.carol)
    assert is_in(unlisted)
    here.post(f"{SAFETY}/sessions")
    assert [is_in(one) for one in (here, there, unlisted, bob)] == [True, False, False, True]


def test_nobody_ends_the_session_of_somebody_else(desk: Desk) -> None:
    """The number of a colleague's session is as good as one that never was."""
    signed_in("bob", at=None)
    theirs = DeskSession.objects.get()
    carol = signed_in(at=None)
    assert carol.post(f"{SAFETY}/sessions/{theirs.pk}").status_code == 409
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_the_key_is_replaced_while_somebody_works(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a quarter of an hour a page gives a new key; the old one dies in a minute; the hours count on."""
    browser = signed_in(at=None)
    now = datetime.now(NOW.tzinfo)
    Session.objects.update(expire_date=now + timedelta(hours=12))
    key = browser.cookies["sessionid"].value
    session = browser.session
    session["keyed_at"], session["entered_at"] = (
        int((now - 20 * MINUTE).timestamp()),
        int((now - 11 * timedelta(hours=1)).timestamp()),
    )
    session.save()
    assert browser.get("/desk/now/live", headers={"HX-Request": "true"}).status_code == 200
    assert browser.cookies["sessionid"].value == key
    assert is_in(browser)
    fresh = browser.cookies["sessionid"]
    assert fresh.value != key
    assert int(fresh["max-age"]) <= 3600, "signing in 11 hours ago leaves one hour"
    assert DeskSession.objects.get().key == fresh.value
    old = stage.client()
    old.cookies["sessionid"] = key
    assert is_in(old), "another tab is still under way with it"
    assert old.cookies["sessionid"].value == key, "and gets no key of its own"
    assert Session.objects.get(session_key=key).expire_date <= datetime.now(NOW.tzinfo) + MINUTE
    browser.post("/sign-out")
    assert not is_in(old), "signing out ends the old key too"


def test_a_new_password_ends_all_other_sessions(desk: Desk) -> None:
    """The browser it was set in stays; its session is listed under its new key."""
    here, there = signed_in(at=None), signed_in(at=None)
    new = "four herons on the Saltgate wall"
    assert here.post("/sign-in/password", {"password": new, "again": new}).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert DeskSession.objects.get(ended_at=None).key == here.cookies["sessionid"].value


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/138.0 Safari/537.36 Edg/138.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/605.1", "Safari, iPhone"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_by_its_kind(agent: str, said: str) -> None:
    """No version and nothing of what it sent: a list of sessions is no fingerprint and no place for markup."""
    assert device_of(agent) == said


# Passkeys


def asked(page: str) -> dict[str, Any]:
    """What the page asks the browser."""
    found = re.search(r'data-options="([^"]*)"', page)
    assert found is not None
    options: dict[str, Any] = json.loads(unescape(found.group(1)))
    return options


def with_passkey(browser: Client, key: Authenticator, at: datetime = NOW) -> Any:
    with stage.clock(at):
        options = asked(browser.get(SAFETY).content.decode())
        return browser.post(f"{SAFETY}/passkeys", {"name": "My phone", "credential": key.make(options)})


def test_a_passkey_opens_the_desk_without_login_or_password(desk: Desk) -> None:
    """Made while signed in, used in another browser; also for somebody whose password asks for a code."""
    key = Authenticator()
    assert with_passkey(signed_in(), key).status_code == 302
    with_code_app(desk, desk.carol)
    browser = stage.client()
    with stage.clock(NOW):
        options = asked(browser.get("/sign-in/passkey?next=/desk/stories").content.decode())
        assert options["userVerification"] == "required"
        assert "allowCredentials" not in options or not options["allowCredentials"]
        answer = browser.post("/sign-in/passkey", {"credential": key.sign(options), "next": "/desk/stories"})
        assert answer.headers["Location"] == "/desk/stories"
        assert is_in(browser)
    assert DeskSession.objects.order_by("-id")[0].how == "passkey"


Cheat = Callable[[Authenticator, dict[str, Any]], str]


def _other_flags(key: Authenticator, options: dict[str, Any]) -> str:
    key.flags = PRESENT
    return key.sign(options)


def _elsewhere(key: Authenticator, options: dict[str, Any]) -> str:
    key.origin = "https://localhost.evil.example"
    return key.sign(options)


def _other_site(key: Authenticator, options: dict[str, Any]) -> str:
    key.rp = "evil.example"
    return key.sign(options)


def _other_key(key: Authenticator, options: dict[str, Any]) -> str:
    return Authenticator(credential=key.credential, count=7).sign(options)


CHEATS: dict[str, Cheat] = {
    "a challenge of one's own": lambda key, options: key.sign({**options, "challenge": "AAAA"}),
    "no finger on it": _other_flags,
    "signed on a false page": _elsewhere,
    "signed for another site": _other_site,
    "another private key": _other_key,
    "a key nobody added": lambda key, options: Authenticator().sign(options),
    "a counter that stands": lambda key, options: key.sign(options, step=0),
    "a counter that falls": lambda key, options: key.sign(options, step=-1),
    "no signature": lambda key, options: key.sign(options, signature=""),
    "signature of something else": lambda key, options: key.sign(options, signature="MEUCIQ"),
    "client data that is no JSON": lambda key, options: key.sign(options, clientDataJSON="AAAA"),
    "client data of making a key": lambda key, options: key.make(options),
    "no authenticator data": lambda key, options: key.sign(options, authenticatorData=""),
    "nothing": lambda key, options: "",
    "no JSON": lambda key, options: "{",
    "a list": lambda key, options: "[]",
    "null": lambda key, options: "null",
    "an endless text": lambda key, options: '{"id":"' + "A" * 50_000 + '"}',
    "a number for an id": lambda key, options: '{"id":1,"rawId":1,"type":"public-key","response":{}}',
    "NUL": lambda key, options: '{"id":"\\u0000","rawId":"\\u0000","type":"public-key","response":{}}',
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_no_forged_passkey_is_accepted(desk: Desk, cheat: str) -> None:
    """Twenty ways to lie, each refused in one sentence; the honest signature afterwards opens the desk."""
    key = Authenticator(count=5)
    assert with_passkey(signed_in(), key).status_code == 302
    browser = stage.client()
    with stage.clock(NOW):
        options = asked(browser.get("/sign-in/passkey").content.decode())
        liar = Authenticator(key.origin, key.rp, key.flags, key.count, key.key, key.credential)
        answer = browser.post("/sign-in/passkey", {"credential": CHEATS[cheat](liar, options)})
        assert answer.status_code == 400
        assert not is_in(browser)
        options = asked(answer.content.decode())
        assert browser.post("/sign-in/passkey", {"credential": key.sign(options)}).status_code == 302


def test_a_signature_counts_once_and_in_its_own_browser_for_five_minutes(desk: Desk) -> None:
    """What was recorded on the wire opens nothing, neither again, nor elsewhere, nor later."""
    key = Authenticator()
    with_passkey(signed_in(), key)
    browser, thief = stage.client(), stage.client()
    with stage.clock(NOW):
        signed = key.sign(asked(browser.get("/sign-in/passkey").content.decode()))
        thief.get("/sign-in/passkey")
        assert thief.post("/sign-in/passkey", {"credential": signed}).status_code == 400
        late = key.sign(asked(thief.get("/sign-in/passkey").content.decode()))
    with stage.clock(NOW + 6 * MINUTE):
        assert thief.post("/sign-in/passkey", {"credential": late}).status_code == 400
    with stage.clock(NOW):
        browser.post("/sign-in/passkey", {"credential": signed})
        browser.post("/sign-out")
        browser.get("/sign-in/passkey")
        assert browser.post("/sign-in/passkey", {"credential": signed}).status_code == 400


@pytest.mark.parametrize(
    "cheat", ["a challenge of one's own", "no finger on it", "signed on a false page", "nothing"]
)
def test_no_passkey_is_added_by_a_lie(desk: Desk, cheat: str) -> None:
    """A passkey is made for our challenge, on our page, by a person who was verified."""
    carol, key = signed_in(), Authenticator()
    if cheat == "no finger on it":
        key.flags = PRESENT
    if cheat == "signed on a false page":
        key.origin = "https://evil.example"
    with stage.clock(NOW):
        options = asked(carol.get(SAFETY).content.decode())
        if cheat == "a challenge of one's own":
            options["challenge"] = "AAAA"
        said = "" if cheat == "nothing" else key.make(options)
        assert carol.post(f"{SAFETY}/passkeys", {"name": "x", "credential": said}).status_code == 400
    assert not Passkey.objects.exists()


def test_an_old_sign_in_changes_no_proof(desk: Desk) -> None:
    """Who finds an open desk after lunch adds no passkey of theirs and takes no code app away."""
    carol, key = signed_in(), Authenticator()
    with_passkey(carol, key)
    with_code_app(desk, desk.carol)
    number = Passkey.objects.get().pk
    with stage.clock(NOW + 16 * MINUTE):
        page = carol.get(SAFETY).content.decode()
        assert "data-options" not in page
        for path in ("/code", "/code/remove", "/passkeys", f"/passkeys/{number}"):
            assert carol.post(SAFETY + path).status_code == 409
    assert Passkey.objects.count() == CodeApp.objects.count() == 1
    with stage.clock(NOW + 14 * MINUTE):
        carol.post(f"{SAFETY}/code/remove")
        carol.post(f"{SAFETY}/passkeys/{number}")
    assert Passkey.objects.count() == CodeApp.objects.count() == 0


def test_a_passkey_of_somebody_who_left_opens_nothing(desk: Desk) -> None:
    """Deactivated, the person's passkey is like one nobody added."""
    key = Authenticator()
    with_passkey(signed_in(), key)
    Person.objects.filter(pk=desk.carol.pk).update(is_active=False)
    browser = stage.client()
    with stage.clock(NOW):
        options = asked(browser.get("/sign-in/passkey").content.decode())
        assert browser.post("/sign-in/passkey", {"credential": key.sign(options)}).status_code == 400
