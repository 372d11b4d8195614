"""Sign-in by the organisation's own sign-in: who proves to be somebody invited here, and nobody else."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from django.test import Client

from answerable.store import people
from answerable.store.models import DeskSession, Identity, LedgerRow
from answerable.web.entry import oidc
from tests.cast import NOW, Desk
from tests.web import stage
from tests.web.oidc_issuer import CLIENT, Issuer, b64, encoded, issuer, made_key

pytestmark = pytest.mark.store

BEGIN = "/sign-in/organisation"
Bend = Callable[[Issuer], object]


def tried(there: Issuer, browser: Client | None = None, **bent: str) -> tuple[Client, int, str]:
    """A browser goes there and comes back: the status, and where it is led or what it reads."""
    browser = browser or stage.client()
    with stage.clock(NOW):
        away = browser.get(BEGIN)
        assert away.status_code == 302, away.content.decode()
        answer = browser.get(there.authorize(away.headers["Location"], **bent))
    return browser, answer.status_code, answer.headers.get("Location") or answer.content.decode()


def is_in(browser: Client) -> bool:
    with stage.clock(NOW):
        return bool(browser.get("/sign-in/safety").status_code == 200)


def test_somebody_invited_signs_in_and_is_known_by_the_subject_from_then_on(desk: Desk) -> None:
    """The login joins once; afterwards another name there changes nothing, and a new holder of it is nobody."""
    with issuer() as there:
        browser, status, _ = tried(there)
        assert status == 302
        assert is_in(browser)
        assert DeskSession.objects.get().how == "oidc"
        joined = Identity.objects.get()
        assert (joined.person, joined.issuer, joined.subject) == (desk.carol, there.address, "248289")
        there.claims = {"preferred_username": "renamed"}
        assert is_in(tried(there)[0])
        there.claims = {"sub": "another", "preferred_username": "carol"}
        browser, status, page = tried(there)
        assert (status, is_in(browser)) == (403, False)
        assert "You are not invited to this desk yet" in page
        assert Identity.objects.count() == LedgerRow.objects.filter(action="identity.join").count() == 1


def test_who_was_not_invited_or_has_left_is_nobody(desk: Desk) -> None:
    """Being somebody there opens nothing here: no account is made, and a deactivated one stays shut."""
    with issuer() as there:
        there.claims = {"preferred_username": "stranger"}
        assert tried(there)[1] == 403
        there.claims = {}
        tried(there)
        people.deactivate(desk.alice, desk.carol, now=desk.now)
        browser, status, _ = tried(there)
        assert (status, is_in(browser)) == (403, False)
        assert not people.Person.objects.filter(login="stranger").exists()


def test_off_by_default(desk: Desk) -> None:
    """Without an issuer in the settings there is no address and no button; with one, both."""
    browser = stage.client()
    assert {browser.get(path).status_code for path in (BEGIN, f"{BEGIN}/back")} == {404}
    assert BEGIN not in browser.get("/sign-in").content.decode()
    with issuer():
        assert f'href="{BEGIN}' in browser.get("/sign-in").content.decode()


def test_what_is_published_is_fetched_under_guard(desk: Desk) -> None:
    """An issuer at a private address that the settings do not allow is never connected to."""
    with issuer(known=False) as there:
        assert stage.client().get(BEGIN).status_code == 503
        assert there.server.asked == []


@pytest.mark.parametrize(
    "bent",
    [
        {"issuer": "https://other.example"},
        {"token_endpoint": None},
        {"jwks_uri": "javascript:alert(1)"},
        {"authorization_endpoint": "file:///etc/passwd"},
    ],
)
def test_an_issuer_that_is_not_what_it_should_be_is_not_used(desk: Desk, bent: dict[str, object]) -> None:
    """Another name than in the settings, or an address that is none, leads nobody away."""
    with issuer() as there:
        there.about(**bent)
        assert stage.client().get(BEGIN).status_code == 503


def _hs256(there: Issuer, claims: dict[str, Any]) -> str:
    """The public key taken for a shared secret: the classic confusion."""
    kept = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    body = there.key.public_key().public_bytes(*kept)
    said = encoded({"alg": "HS256", "kid": there.kid}, claims)
    return said + "." + b64(hmac.digest(body, said.encode(), hashlib.sha256))


def _shared(claims: dict[str, Any]) -> str:
    said = encoded({"alg": "HS256", "kid": "shared"}, claims)
    mac = hmac.digest(b"a secret that was published by mistake!!", said.encode(), hashlib.sha256)
    return f"{said}.{b64(mac)}"


def _later(there: Issuer, claims: dict[str, Any]) -> str:
    """Signed for somebody else, then changed."""
    head, _, signature = there.signed({**claims, "sub": "1"}).split(".")
    return ".".join((head, encoded({}, claims).split(".")[1], signature))


AT = int(NOW.timestamp())
CLAIMS: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://other.example"},
    "no issuer": {"iss": None},
    "for another desk": {"aud": "other"},
    "for nobody": {"aud": None},
    "for many, by nobody": {"aud": [CLIENT, "other"]},
    "for us, by another": {"azp": "other"},
    "too late": {"exp": AT - 61},
    "no end": {"exp": None},
    "an end in words": {"exp": "tomorrow"},
    "made long ago": {"iat": AT - 3600},
    "made tomorrow": {"iat": AT + 86_400},
    "made never": {"iat": None},
    "not yet": {"nbf": AT + 3600},
    "for another try": {"nonce": "other"},
    "for any try": {"nonce": None},
    "about nobody": {"sub": None},
    "about an empty name": {"sub": ""},
    "about a number": {"sub": 248289},
    "about a long name": {"sub": "2" * 256},
}
TOKENS: dict[str, Callable[[Issuer, dict[str, Any]], str]] = {
    "unsigned": lambda _, claims: encoded({"alg": "none"}, claims) + ".",
    "unsigned, in other letters": lambda _, claims: encoded({"alg": "nOnE"}, claims) + ".",
    "a public key as secret": _hs256,
    "a published secret": lambda _, claims: _shared(claims),
    "another key": lambda there, claims: there.signed(claims, made_key()),
    "another key, no name": lambda there, claims: there.signed(claims, made_key(), kid=""),
    "changed afterwards": _later,
    "cut short": lambda there, claims: there.signed(claims)[:-8],
    "no token": lambda _, __: "",
    "words": lambda _, __: "a.b.c",
    "a list": lambda there, claims: there.signed([claims]),  # type: ignore[arg-type]
}
ANSWERS: dict[str, dict[str, str]] = {
    "another state": {"state": "other"},
    "no state": {"state": ""},
    "from another issuer": {"iss": "https://other.example"},
    "from no issuer": {"iss": ""},
    "another code": {"code": "other"},
    "no code": {"code": ""},
    "an error": {"code": "", "error": "access_denied"},
}


def test_no_forged_answer_signs_anybody_in(desk: Desk) -> None:
    """37 ways to lie, by claims, by signature, by the way back: each is refused, and nobody is joined.

    Sabotage: leave any line out of `wrong` in `oidc.Provider._believed`.
    """
    lies: list[tuple[str, Bend, dict[str, str]]] = [
        *(
            (name, lambda there, bent=bent: setattr(there, "claims", bent), {})
            for name, bent in CLAIMS.items()
        ),
        *(
            (name, lambda there, make=make: setattr(there, "token", lambda claims: make(there, claims)), {})
            for name, make in TOKENS.items()
        ),
        *((name, lambda _: None, bent) for name, bent in ANSWERS.items()),
    ]
    assert len(lies) == 37
    with issuer() as there:
        for name, bend, bent in lies:
            there.claims, there.token = {}, None
            bend(there)
            with stage.clock(NOW):
                browser, status, _ = tried(there, stage.client(REMOTE_ADDR=f"9.9.9.{len(name)}"), **bent)
            assert status == 403, name
            assert not is_in(browser), name
        assert not Identity.objects.exists()
        there.claims, there.token = {}, None
        assert is_in(tried(there)[0])


def test_an_answer_counts_once_in_its_own_browser_for_ten_minutes(desk: Desk) -> None:
    """Sent again, in another browser or late, it is worth nothing."""
    with issuer() as there:
        first, other = stage.client(), stage.client()
        with stage.clock(NOW):
            back = there.authorize(first.get(BEGIN).headers["Location"])
            assert other.get(back).status_code == 400
            assert first.get(back).status_code == 302
            assert stage.client().get(back).status_code == 400
            late = there.authorize(other.get(BEGIN).headers["Location"])
        with stage.clock(NOW + timedelta(minutes=11)):
            assert other.get(late).status_code == 400
        assert not is_in(other)


def test_new_keys_are_found_and_unknown_ones_do_not_hammer_the_issuer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that is not known is looked for once in a while, not once for each lie."""
    with issuer() as there:
        tried(there)
        there.token = lambda claims: there.signed(claims, made_key(), kid="unknown")
        for _ in range(3):
            assert tried(there)[1] == 403
        assert sum(line.startswith("GET /keys") for line in there.server.asked) == 1
        monkeypatch.setattr(oidc, "AGAIN_S", 0)
        there.key, there.kid, there.token = made_key(), "second", None
        there.publish_keys()
        assert is_in(tried(there)[0])


@pytest.mark.parametrize(("verified", "status"), [(True, 302), (False, 403), ("true", 403), (None, 403)])
def test_an_address_counts_as_login_only_when_it_was_verified(
    desk: Desk, verified: object, status: int
) -> None:
    """Anybody may write the address of somebody else into a profile."""
    people.Person.objects.filter(pk=desk.carol.pk).update(login="carol@town.example")
    with issuer(oidc_login_claim="email") as there:
        there.claims = {"email": "carol@town.example", "email_verified": verified}
        assert tried(there)[1] == status


def test_who_is_joined_can_part_and_join_anew(desk: Desk) -> None:
    """On one's own page, after a fresh sign-in; the next sign-in joins the subject that comes then."""
    with issuer() as there:
        browser, _, _ = tried(there)
        with stage.clock(NOW):
            assert "open the desk for me?" in browser.get("/sign-in/safety").content.decode()
            assert browser.post("/sign-in/safety/organisation").status_code == 302
        assert not Identity.objects.exists()
        there.claims = {"sub": "moved"}
        assert is_in(tried(there)[0])
        assert Identity.objects.get().subject == "moved"
