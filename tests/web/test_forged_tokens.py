"""Forged tokens of every kind: cut, flipped, swapped, signed by another key, made for another use. None opens anything."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.core import signing

from answerable.store import people
from answerable.store.models import Call, OneTimeLink, Submission
from answerable.web.call_text import SALT, token
from tests.cast import Desk
from tests.store.test_calls import ordered, raised
from tests.web import stage
from tests.web.forms import Writer, fresh_counts

# What a program writes that knows how others make their tokens.
GUESSES = (
    "", "0", "1", "-1", "null", "true", "[]", "{}", "none", "admin", "../../etc/passwd", "%00", "\x00", "a" * 4000,
    "0 OR 1=1", "' OR '1'='1", "<script>", "١٢٣", "０", "🔑", "undefined", "NaN",
    base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=") + "." + base64.urlsafe_b64encode(
        b'{"sub":"alice"}').decode().rstrip("=") + ".",
    json.dumps([1, 1]), signing.b64_encode(b"[1,1]").decode(), signing.dumps([1, 1], key="another key", salt=SALT),
    signing.dumps([1, 1], salt="another use"), signing.dumps("admin"),
)  # fmt: skip


def forged(real: str, other: str, rng: random.Random) -> list[str]:
    """Tokens near a real one: none of them is it, nor the other real one."""
    near = [real[:-1], real[1:], real + "A", real[::-1], real.swapcase(), f" {real}", f"{real}\n", real * 2]
    near += [
        real[: len(real) // 2] + other[len(other) // 2 :],
        other[: len(other) // 2] + real[len(real) // 2 :],
    ]
    for place in rng.sample(range(len(real)), 8):
        letter = rng.choice([one for one in "AbZ09_-" if one != real[place]])
        near.append(real[:place] + letter + real[place + 1 :])
    if real.count(":") == 2:
        mine, theirs = real.split(":"), other.split(":")
        near += [
            ":".join((theirs[0], *mine[1:])),
            ":".join((mine[0], "zzzzzz", mine[2])),
            ":".join(mine[:2]),
            mine[0],
        ]
    return [one for one in (*near, *GUESSES) if one not in (real, other)]


def tried(made: list[str], accepted: Callable[[str], bool], seed: int) -> None:
    """At least forty of a kind, and none is accepted."""
    print(f"seed {seed}")
    assert len(made) >= 40
    assert [one for one in made if accepted(one)] == []


def test_a_forged_one_time_link_signs_nobody_in(desk: Desk, seed: int) -> None:
    """Opened and pressed: no session, and no link is spent; the real one still works.

    Sabotage: compare only the beginning of the hash.
    """
    real, other = (people.new_link(desk.alice, one, now=desk.now) for one in (desk.carol, desk.bob))

    def accepted(one: str) -> bool:
        address = f"/sign-in/once/{quote(one, safe='')}"
        browser = stage.client()
        answers = [browser.get(address).status_code, browser.post(address).status_code]
        return "sessionid" in browser.cookies or not {404, 410} >= set(answers)

    with stage.clock():
        tried(forged(real, other, random.Random(seed)), accepted, seed)
        assert not OneTimeLink.objects.exclude(used_at=None).exists()
        assert stage.client().post(f"/sign-in/once/{real}").status_code == 302


def test_a_forged_link_of_a_notice_answers_no_call(desk: Desk, seed: int) -> None:
    """Nobody has taken the call afterwards; the real link takes it.

    Sabotage: read the payload without its signature.
    """
    ordered(desk, desk.carol, desk.bob)
    call = raised(desk)
    real, other = token(call.pk, desk.carol.pk), token(call.pk, desk.bob.pk)

    def accepted(one: str) -> bool:
        address = f"/call/{quote(one, safe='')}"
        answers = {stage.client().get(address).status_code, stage.client().post(address).status_code}
        return not {404, 410} >= answers

    with stage.clock():
        tried(forged(real, other, random.Random(seed)), accepted, seed)
        assert Call.objects.get().answered_at is None
        assert stage.client().post(f"/call/{real}").status_code == 200


def test_a_forged_session_opens_no_page(desk: Desk, seed: int) -> None:
    """Every page of the desk leads to the sign-in; the real cookie opens it."""
    carol, bob = stage.client(desk.carol), stage.client(desk.bob)
    real, other = (browser.cookies["sessionid"].value for browser in (carol, bob))

    def accepted(one: str) -> bool:
        sent = one.encode().decode("latin-1")  # as bytes of a header come
        answer = stage.client().get("/desk/", HTTP_COOKIE=f"sessionid={sent}")
        return answer.status_code != 302 or not answer.headers["Location"].startswith("/sign-in")

    with stage.clock():
        # Spaces around a cookie are no part of it.
        made = [one for one in forged(real, other, random.Random(seed)) if one.strip() not in (real, other)]
        tried(made, accepted, seed)
        assert carol.get("/desk/").status_code == 200


def test_a_forged_seal_sends_no_message(desk: Desk, seed: int) -> None:
    """A public form whose seal is not ours stores nothing; the same words with the real one are stored."""
    with fresh_counts():
        writer, other = Writer(), Writer()
        for one in (writer, other):
            one.fill("The lamp is dark on Mill Lane.")
        page = writer.seen
        assert page is not None
        seals = [
            one.seen.content.decode().split('name="seal" value="')[1].split('"')[0]
            for one in (writer, other)
            if one.seen
        ]

        def accepted(made: str) -> bool:
            with fresh_counts():
                writer.seen = page
                writer.post(seal=made)
            return Submission.objects.exists()

        tried(forged(seals[0], seals[1], random.Random(seed)), accepted, seed)
        writer.seen = page
        writer.post()
        assert Submission.objects.count() == 1


@pytest.mark.parametrize("length", [19])
def test_a_forged_code_shows_no_message(desk: Desk, seed: int, length: int) -> None:
    """The page of a code that was never given says that there is none."""
    with fresh_counts():
        real, other = Writer().tell("The lamp is dark."), Writer().tell("The bench is broken.")
        assert len(real) == length

        def accepted(one: str) -> bool:
            with fresh_counts():
                answer = Writer().get(f"/follow/{quote(one, safe='')}")
            return b"The lamp is dark" in answer.content or b"The bench is broken" in answer.content

        # How a code is written does not matter: letters in the other case and other signs between them are the code.
        known = {_spelled(real), _spelled(other)}
        made = [one for one in forged(real, other, random.Random(seed)) if _spelled(one) not in known]
        tried(made, accepted, seed)
        assert b"The lamp is dark" in Writer().get(f"/follow/{real}").content


def _spelled(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
