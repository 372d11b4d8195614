"""Trying passwords: few tries, the same for every login, whatever a header claims; owners are not locked out."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, connections
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from answerable.store import sign_in
from answerable.store.models import SignInTry
from answerable.web.entry.caller import caller
from answerable.web.public.security_txt import security_txt
from tests.cast import PASSWORD, Desk
from tests.web import stage

LIMIT = 3  # fewer than in earnest: hashing a password is slow on purpose


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 5 <= sign_in.OF_A_LOGIN < sign_in.OF_AN_ADDRESS
    monkeypatch.setattr(sign_in, "OF_A_LOGIN", LIMIT)


def tried(browser: Client, login: str, password: str = "wrong", **extra: str) -> int:
    """One try; the answer's status."""
    return browser.post("/sign-in", {"login": login, "password": password}, **extra).status_code  # type: ignore[arg-type]


def test_too_many_tries_lock_known_and_unknown_logins_alike(desk: Desk) -> None:
    """After some wrong tries the right password opens nothing; the pages for both logins are the same.

    Sabotage: count only logins that exist.
    """
    pages = []
    with stage.clock():
        for login in ("carol", "nobody-here"):
            browser = stage.client()
            assert [tried(browser, login) for _ in range(LIMIT)] == [400] * LIMIT
            answer = browser.post("/sign-in", {"login": login, "password": PASSWORD})
            assert answer.status_code == 429
            assert answer.headers["Retry-After"] == "900"
            assert "Wait 15 minutes" in answer.content.decode()
            assert "sessionid" not in answer.cookies
            page = answer.content.decode().replace(login, "…")
            pages.append(page.split('name="csrfmiddlewaretoken"')[0] + page.split('name="next"')[1])
    assert pages[0] == pages[1]


def test_a_locked_try_costs_the_same_for_everybody(desk: Desk) -> None:
    """No password is hashed while it is locked, neither for a known login nor for an unknown one."""
    with stage.clock():
        for login in ("carol", "nobody-here"):
            for _ in range(LIMIT):
                tried(stage.client(), login)
            with (
                patch.object(Argon2PasswordHasher, "encode", autospec=True) as encode,
                patch.object(Argon2PasswordHasher, "verify", autospec=True) as verify,
            ):
                assert tried(stage.client(), login, PASSWORD) == 429
            assert encode.call_count + verify.call_count == 0


def test_the_lock_ends_by_itself_and_a_right_pair_starts_anew(desk: Desk) -> None:
    """Fifteen minutes later the right pair opens; after it all tries are there again."""
    browser = stage.client()
    with stage.clock():
        for _ in range(LIMIT):
            tried(browser, "carol")
        assert tried(browser, "carol", PASSWORD) == 429
    with stage.clock(stage.LATER + timedelta(minutes=15)):
        assert tried(stage.client(), "carol", PASSWORD) == 302
        assert [tried(stage.client(), "carol") for _ in range(LIMIT)] == [400] * LIMIT
        assert tried(stage.client(), "carol") == 429


def test_strangers_do_not_lock_out_a_device_that_was_here(desk: Desk) -> None:
    """Carol's own browser signs in while strangers keep her login locked; a forged mark opens nothing."""
    mine = stage.client()
    with stage.clock():
        assert tried(mine, "carol", PASSWORD) == 302
        mark = mine.cookies["device"].value
        assert "carol" not in mark
        for _ in range(LIMIT + 1):
            tried(stage.client(), "carol")
        assert tried(stage.client(), "carol", PASSWORD) == 429
        assert tried(mine, "carol", PASSWORD) == 302
        for forged in (f"{mark}0", "x.y", ".", f"other.{mark.partition('.')[2]}"):
            thief = stage.client()
            thief.cookies["device"] = forged
            assert tried(thief, "carol", PASSWORD) == 429
        other = stage.client()
        other.cookies["device"] = mark
        for _ in range(LIMIT):
            tried(other, "bob")
        assert tried(other, "bob", PASSWORD) == 429


def test_one_address_cannot_try_many_logins(desk: Desk) -> None:
    """Wrong tries from one address add up over all logins, until the address has to wait."""
    with stage.clock(), patch.object(sign_in, "OF_AN_ADDRESS", 4):
        answers = [tried(stage.client(), f"name{n}") for n in range(6)]
        assert answers == [400] * 4 + [429] * 2
        assert tried(stage.client(), "carol", PASSWORD) == 429
        assert tried(stage.client(), "carol", PASSWORD, REMOTE_ADDR="203.0.113.9") == 302


@given(
    st.lists(st.ip_addresses().map(str), max_size=4),
    st.sampled_from(["X-Forwarded-For", "X-Real-IP", "Forwarded"]),
)
def test_forwarding_headers_are_not_believed(addresses: list[str], header: str) -> None:
    """Without a trusted proxy a header changes nothing about who is counted."""
    request = RequestFactory().post(
        "/sign-in", headers={header: ", ".join(addresses)}, REMOTE_ADDR="198.51.100.7"
    )
    assert caller(request) == "198.51.100.7"


@pytest.mark.parametrize(
    ("here", "header", "expected"),
    [
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.5", "203.0.113.5"),  # the first was written by the caller
        ("10.0.0.1", "203.0.113.5, 10.0.0.2", "203.0.113.5"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.5, nonsense", "10.0.0.1"),
        ("198.51.100.7", "203.0.113.5", "198.51.100.7"),
        ("::ffff:10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8::1", "", "2001:db8::/64"),
        ("", "203.0.113.5", ""),
    ],
)
def test_a_trusted_proxy_is_believed_for_the_last_step_alone(here: str, header: str, expected: str) -> None:
    """The address a trusted proxy saw counts; what the caller wrote before it does not."""
    table = patch.object(settings, "ANSWERABLE", _Table())
    with table:
        request = RequestFactory().post("/sign-in", headers={"X-Forwarded-For": header}, REMOTE_ADDR=here)
        assert caller(request) == expected


class _Table:
    """Settings with a proxy of ours, and one entry that cannot be read."""

    trusted_proxies = ("10.0.0.0/8", "no network")


def test_rows_name_nobody_and_leave(desk: Desk) -> None:
    """What is kept is a salted hash and two numbers; a day later it is gone with the next try."""
    with stage.clock():
        tried(stage.client(), "carol", REMOTE_ADDR="203.0.113.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sign_in_tries")
        stored = repr(cursor.fetchall())
    assert "carol" not in stored
    assert "203.0.113" not in stored
    old = set(SignInTry.objects.values_list("key", flat=True))
    assert len(old) == 2
    with stage.clock(stage.LATER + timedelta(days=1, minutes=1)):
        tried(stage.client(), "bob", REMOTE_ADDR="203.0.113.78")
    assert not old & set(SignInTry.objects.values_list("key", flat=True))


def test_many_at_once_get_no_more_tries(desk: Desk) -> None:
    """Forty tries at the same moment: no more passwords are looked at than one after the other."""
    door = sign_in.Door("carol", "203.0.113.9")
    admitted: list[bool] = []

    def one() -> None:
        try:
            admitted.append(not sign_in.admit(door, desk.now))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(admitted) == 40
    assert 0 < sum(admitted) <= LIMIT


def test_security_txt_says_whom_to_tell_and_until_when(desk: Desk) -> None:
    """RFC 9116: a contact as a URI and a date within the year; nothing at all without a contact."""
    browser = stage.client()
    assert browser.get("/.well-known/security.txt").status_code == 404

    class Table:
        security_contact = (
            "safe@brackwater.example",
            "https://brackwater.example/report",
            "javascript:x",
            "0123",
        )
        security_policy = "https://brackwater.example/policy"
        public_url = "https://answers.brackwater.example/"
        address = "https://answers.brackwater.example"

    lines = security_txt(Table(), desk.now).splitlines()  # type: ignore[arg-type]
    assert lines == [
        "Contact: mailto:safe@brackwater.example",
        "Contact: https://brackwater.example/report",
        "Expires: 2026-08-29T00:00:00Z",
        "Preferred-Languages: en, es, zh",
        "Canonical: https://answers.brackwater.example/.well-known/security.txt",
        "Policy: https://brackwater.example/policy",
    ]


@pytest.mark.deep
def test_ten_thousand_tries_look_at_few_passwords(desk: Desk) -> None:
    """Many addresses, forged headers, true and made-up logins: few passwords are looked at in a window, the answers
    for logins that exist and that do not are alike and cost the same, and the right password opens nothing meanwhile.
    """
    rng = random.Random(7)
    known = ["alice", "bob", "carol"]
    logins = [*known, *(f"nobody{number}" for number in range(9))]
    statuses: dict[bool, set[int]] = {True: set(), False: set()}
    passwords = 0

    def looked(self: Argon2PasswordHasher, password: str, *_: object) -> object:
        nonlocal passwords
        passwords += 1
        return False

    browser = stage.client()
    with (
        stage.clock(),
        patch.object(Argon2PasswordHasher, "verify", looked),
        patch.object(Argon2PasswordHasher, "encode", looked),
    ):
        for number in range(10_000):
            login = rng.choice(logins)
            address = f"198.51.{rng.randrange(4)}.{rng.randrange(250)}"
            header = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number % 250}", "HTTP_FORWARDED": "for=10.0.0.1"}
            status = tried(browser, login, rng.choice([PASSWORD, "wrong"]), REMOTE_ADDR=address, **header)
            statuses[login in known].add(status)
        asked = []
        for login in (known[0], logins[-1]):
            with CaptureQueriesContext(connection) as queries:
                assert tried(browser, login, PASSWORD, REMOTE_ADDR="192.0.2.2") == 429
            asked.append(len(queries))
    assert passwords <= LIMIT * len(logins)
    assert statuses == {True: {400, 429}, False: {400, 429}}
    assert asked[0] == asked[1], "a login that exists costs as much as one that does not"
    with stage.clock():
        assert tried(stage.client(), "carol", PASSWORD, REMOTE_ADDR="192.0.2.1") == 429
