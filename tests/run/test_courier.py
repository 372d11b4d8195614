"""From an alert to a phone: what is raised goes out, whatever is killed, at most once more and under its own key."""

from __future__ import annotations

import email
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.policy import default

import pytest
from django.urls import reverse

from answerable.collect.fetch import Fetcher
from answerable.errors import NotReady
from answerable.run import courier as running
from answerable.settings import Settings, load
from answerable.store import calls, notices, people, ways
from answerable.store.keyring import Keyring
from answerable.store.models import Notice, Person, Source
from answerable.web.call_text import read_token
from tests.cast import Desk
from tests.publish.rooms import TOKEN, post_office, room
from tests.run.desks import beside, until
from tests.store.test_calls import ordered, raised


def settings_of(desk: Desk, **changes: object) -> Settings:
    found = load({"ANSWERABLE_HOME": str(desk.home), "ANSWERABLE_PUBLIC_URL": "https://answers.example"})
    return replace(found, **changes)  # type: ignore[arg-type]


def hook(desk: Desk, person: Person, url: str, shape: str = "json") -> None:
    ways.add(person, kind="webhook", shape=shape, address=url, keyring=Keyring.open(desk.home), now=desk.now)


def deliver(desk: Desk, settings: Settings, now: datetime | None = None) -> None:
    """One round of the courier."""
    sender = running.courier(settings)
    for taken in notices.take(now or desk.now, sender.keyring):
        sender.deliver(taken, now or desk.now)


def test_an_alert_reaches_people_by_mail_room_and_phone(desk: Desk) -> None:
    """Each way gets it, in the person's language, with counts and links and no word of a private post."""
    people.set_language(desk.carol, "es", desk.now)
    desk.carol.refresh_from_db()
    with room() as server, post_office() as office:
        ring = Keyring.open(desk.home)
        hook(desk, desk.carol, server.url("/slack"), "slack")
        ways.add(
            desk.carol,
            kind="ntfy",
            address=server.url("/ntfy/desk-alerts"),
            secret=TOKEN,
            keyring=ring,
            now=desk.now,
        )
        ways.add(desk.carol, kind="mail", address="carol@brackwater.example", keyring=ring, now=desk.now)
        ordered(desk, desk.carol)
        call = raised(desk)
        Source.objects.update(source_class="public")
        settings = settings_of(
            desk, allow_private=tuple(server.allowed), smtp_host="localhost", smtp_port=office.port,
            smtp_security="none", mail_from="desk@answers.example",
        )  # fmt: skip
        deliver(desk, settings)
        assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}
        letter = email.message_from_bytes(office.letters[0].content, policy=default)
        text = str(letter.get_content())
        assert f"Alerta {call.alert_id}: 1 mensaje en 10 min" in letter["Subject"]
        assert "Lo habitual" in text
        assert "Una máquina" in text
        assert "Fenmoor is brown" not in text, "a private post's words stay in the desk"
        token = text.split("https://answers.example/call/")[1].split(maxsplit=1)[0]
        assert read_token(token) == (call.pk, desk.carol.pk)
        slack, phone = (
            next(
                body
                for (path, _, _), body in zip(server.asked, server.payloads(), strict=True)
                if path == wanted
            )
            for wanted in ("/slack", "/ntfy/")
        )
        assert "/call/" not in slack["text"], "whoever reads a room is not this person"
        assert "/call/" in phone["click"]


def test_words_of_an_outlet_may_leave(desk: Desk) -> None:
    """A newspaper's heading is public anyway, and says at once what the alert is about."""
    with room() as server:
        hook(desk, desk.carol, server.url("/json"))
        ordered(desk, desk.carol)
        raised(desk)
        server.answers["/json"] = (200, b"")
        deliver(desk, settings_of(desk, allow_private=tuple(server.allowed)))
        lines = server.payloads()[0]["data"]["lines"]
        assert lines[0] == "“The water in Fenmoor is brown.” (Fenmoor Gazette)"


def test_an_exercise_says_so_and_goes_to_who_takes_part(desk: Desk) -> None:
    """Title and foot are marked, and no phone is woken."""
    with room() as server:
        hook(desk, desk.bob, server.url("/json"))
        ways.set_hours(desk.bob, ways.Hours(None, None, "", wake=False, drills=True), now=desk.now)
        ordered(desk, desk.carol, desk.bob)
        raised(desk, exercise=True)
        server.answers["/json"] = (200, b"")
        deliver(desk, settings_of(desk, allow_private=tuple(server.allowed)))
        data = server.payloads()[0]["data"]
        assert data["title"].startswith("EXERCISE: ")
        assert "This is an exercise" in data["note"]
        assert (data["exercise"], data["urgent"]) == (True, False)
        assert "/exercise/stories/" in data["link"]


@pytest.mark.parametrize(("point", "posts"), [("leased", 1), ("sent", 2), ("received", 1)])
def test_a_kill_repeats_a_notice_at_most_once(desk: Desk, point: str, posts: int) -> None:
    """Killed before sending, between sending and the receipt, and after it: sent, at most twice, under one key.

    Sabotage: write the receipt before sending.
    """
    with room() as server:
        server.answers["/json"] = (200, b"")
        hook(desk, desk.carol, server.url("/json"))
        ordered(desk, desk.carol)
        raised(desk, now=datetime.now(UTC))
        killed = subprocess.run(
            [sys.executable, "-m", "tests.run.courier_with_a_kill", point],
            env=beside(desk.home, ANSWERABLE_ALLOW_PRIVATE=server.allowed[0]),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert killed.returncode == -9, killed.stderr
        settings = settings_of(desk, allow_private=tuple(server.allowed))
        deliver(desk, settings, datetime.now(UTC))
        deliver(desk, settings, datetime.now(UTC) + notices.LEASE)
        keys = Counter(headers["webhook-id"] for _, headers, _ in server.asked)
        assert list(keys.values()) == [posts]
        assert Notice.objects.get().state == "sent"
        if posts > 1:
            assert "You may have this notice already" in str(server.payloads()[1])


def test_a_cut_wire_delays_and_never_invents(desk: Desk) -> None:
    """While the room is away nothing counts as sent; when it is back the notice arrives."""
    with room() as server:
        hook(desk, desk.carol, server.url("/json"))
        ordered(desk, desk.carol)
        raised(desk)
        server.answers["/json"] = (503, b"")
        settings = settings_of(desk, allow_private=tuple(server.allowed))
        deliver(desk, settings)
        row = Notice.objects.get()
        assert (row.state, row.trouble, row.receipt, row.sent_at) == ("waiting", "HTTP 503", "", None)
        server.answers["/json"] = (200, b"")
        deliver(desk, settings, row.due_at)
        assert Notice.objects.get().state == "sent"


def test_the_thread_sends_and_survives(desk: Desk) -> None:
    """The courier beside the clock finds what is due by itself, also after an error it did not foresee."""
    with room() as server:
        server.answers["/json"] = (200, b"thanks")
        hook(desk, desk.carol, server.url("/json"))
        stop = threading.Event()
        settings = settings_of(desk, allow_private=tuple(server.allowed))
        thread = threading.Thread(target=running.run_courier, args=(settings, stop, 0.02))
        thread.start()
        try:
            way = desk.carol.ways.get()
            for turn in range(2):
                notices.test(desk.carol, way.pk, datetime.now(UTC) + timedelta(seconds=-60 + 20 * turn))
                until(lambda: not Notice.objects.exclude(state="sent").exists(), limit_s=20)
        finally:
            stop.set()
            thread.join(20)
        assert [one["data"]["title"] for one in server.payloads()] == [
            "Test: notices of the desk reach you here"
        ] * 2
        assert Notice.objects.first().receipt == "thanks"  # type: ignore[union-attr]


def test_mail_settings_are_checked_at_the_start(desk: Desk) -> None:
    """Unencrypted mail leaves this machine never; a wrong word or sender stops the start with one sentence."""
    assert running.mail_server(settings_of(desk)) is None
    fine = {"smtp_host": "mail.example", "mail_from": "desk@answers.example"}
    found = running.mail_server(settings_of(desk, **fine, smtp_password="sesame"))
    assert found is not None
    assert (found.security, "sesame" in repr(found)) == ("starttls", False)
    for wrong in ({"smtp_security": "none"}, {"smtp_security": "ssl3"}, {"mail_from": "nobody"}):
        with pytest.raises(NotReady):
            running.mail_server(settings_of(desk, **{**fine, **wrong}))


def test_the_paths_of_a_notice_are_those_of_the_desk(desk: Desk) -> None:
    """A notice names pages by hand, so that sending needs no pages: they are where the desk has them."""
    assert reverse("desk:story", kwargs={"number": 5}) == "/desk/stories/5"
    assert reverse("exercise:story", kwargs={"number": 5}) == "/exercise/stories/5"
    assert reverse("desk:sources") == "/desk/sources"
    assert reverse("desk:reach") == "/desk/settings/reach"
    assert reverse("entry:call", kwargs={"token": "x"}) == "/call/x"


def test_the_guard_of_the_fetcher_is_the_only_way_out(desk: Desk) -> None:
    """Notices leave through the very fetcher that listens, with the same list of allowed addresses."""
    sender = running.courier(settings_of(desk, allow_private=("10.1.0.0/16",)))
    assert sender.post.__func__ is Fetcher.post  # type: ignore[attr-defined]
    assert timedelta(minutes=10) == calls.USUAL
