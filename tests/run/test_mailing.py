"""Statements by mail: asked twice, told once, alone in each letter, gone by one click, over a real SMTP server."""

from __future__ import annotations

import email
import os
import re
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.policy import default
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client

from answerable.run import mailing, sender
from answerable.store import channels, mailings, outbox, subscriptions
from answerable.store.drafts import Wording
from answerable.store.keyring import Keyring
from answerable.store.models import Delivery, Subscription, SubscriptionLetter, Unit
from answerable.store.submissions import sealed
from tests.cast import Desk
from tests.publish.rooms import PostOffice, post_office
from tests.run.test_answer_courier import settings_of
from tests.run.test_sender import channel
from tests.store.scene import at_once, draft, publish
from tests.web.test_public_pages import correct

INES, OMAR = "ines@example.org", "omar@example.org"
LINK = re.compile(r"https://answers\.example(/subscribe/\S+)")


def deliver(desk: Desk, office: PostOffice) -> None:
    """One round of the channels, then letters until none is due."""
    settings = settings_of(desk, office.port)
    sending = sender.sender(settings)
    now = datetime.now(UTC)
    for taken in outbox.take(now):
        sending.deliver(taken, now)
    letters = mailing.mailing(settings)
    while mailing.send_some(letters):
        pass


def subscribe(desk: Desk, address: str, *kinds: str, unit: Unit | None = None, language: str = "en") -> int:
    """Somebody who asked and said yes."""
    ring = Keyring.open(desk.home)
    row = subscriptions.ask(address, kinds, unit, language=language, ring=ring, now=desk.now)
    assert row is not None
    assert subscriptions.confirm(row.pk, ring, desk.now)
    SubscriptionLetter.objects.filter(subscription=row.pk).update(state="sent", sent_at=desk.now)
    return row.pk


def read(letter: Any) -> tuple[email.message.EmailMessage, str]:
    found = email.message_from_bytes(letter.content, policy=default)
    return found, str(found.get_content())


def test_nothing_follows_without_a_yes_and_one_click_ends_it(desk: Desk) -> None:
    """The page asks by letter; only the yes brings statements; the raw letter's own header ends them (RFC 8058).

    Sabotage: let the question count as the answer.
    """
    channel(desk, channels.MAIL)
    public = Client()
    page = public.get("/subscribe/").content.decode()
    seal = re.search(r'name="seal" value="([^"]+)"', page)
    assert seal
    asked = public.post(
        "/subscribe/", {"seal": seal[1], "contact": f" {INES} ", "kind": ["warning", "clarification"]}
    )
    assert asked.status_code == 302
    with post_office() as office:
        publish(desk, draft(desk))
        deliver(desk, office)
        question, words = read(office.letters[0])
        assert len(office.letters) == 1, "a statement went to somebody who never said yes"
        assert question["List-Unsubscribe"] is None
        yes = LINK.search(words)
        assert yes
        assert "Yes, send it to me" in public.get(yes[1]).content.decode()
        assert Subscription.objects.filter(confirmed_at=None).exists(), "opening the link alone does nothing"
        assert public.post(yes[1]).status_code == 302
        publish(desk, draft(desk, title="The pumps run again", machine_help="Shortened by machine"))
        deliver(desk, office)
        told, words = read(office.letters[1])
        assert told["Subject"] == "The pumps run again"
        for part in (
            "Bob Saltmarsh, Spokesperson",
            "Shortened by machine",
            "https://answers.example/statements/",
        ):
            assert part in words
        assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        leave = urlsplit(told["List-Unsubscribe"].strip("<>")).path
        gone = Client(enforce_csrf_checks=True).post(leave, {"List-Unsubscribe": "One-Click"})
        assert gone.status_code == 302
        assert not Subscription.objects.exists()
        publish(desk, draft(desk))
        deliver(desk, office)
        assert len(office.letters) == 2
        assert Client().post(leave).status_code == 302, "leaving twice is leaving once"


def test_each_gets_what_they_asked_for_alone_and_in_their_language(desk: Desk) -> None:
    """Kind, area and language decide; nobody stands in another's letter; a correction reaches the same people.

    Sabotage: send one letter with all in its To.
    """
    channel(desk, channels.MAIL)
    water = Unit.objects.get(name="Water Services")
    other = Unit.objects.create(name="Schools", parent=desk.top, path=f"{desk.top.path}999/")
    subscribe(desk, INES, language="es")
    subscribe(desk, OMAR, unit=water)
    subscribe(desk, "schools@example.org", unit=other)
    subscribe(desk, "warnings@example.org", "warning")
    spanish = Wording("full", "es", "El agua está marrón", "Se rompió una tubería.")
    with post_office() as office:
        version = publish(desk, draft(desk, wordings=[spanish]))
        deliver(desk, office)
        for one in Delivery.objects.all():
            mailings.spread(one, datetime.now(UTC))  # once more changes nothing
        deliver(desk, office)
        got = {letter.rcpt_tos[0]: read(letter)[0] for letter in office.letters}
        assert all(letter.rcpt_tos == [read(letter)[0]["To"]] for letter in office.letters)
        assert set(got) == {INES, OMAR, "schools@example.org"}, "said by the top unit, it is for every area"
        assert got[INES]["Subject"] == "El agua está marrón"
        assert len(office.letters) == 3
        correct(desk, version.statement)
        deliver(desk, office)
        assert Counter(letter.rcpt_tos[0] for letter in office.letters)[OMAR] == 2
        assert sum(row.audience or 0 for row in Delivery.objects.all()) == len(office.letters)


def test_refused_letters_are_noted_and_an_address_that_is_gone_is_forgotten(desk: Desk) -> None:
    """A refusal for good stands at its letter; after three in a row the address is deleted, and the counts stay.

    Sabotage: try again what was refused for good.
    """
    channel(desk, channels.MAIL)
    subscribe(desk, INES)
    subscribe(desk, OMAR)
    with post_office() as office:
        office.refuse[OMAR] = "550 5.1.1 no such user"
        for _ in range(3):
            publish(desk, draft(desk))
            deliver(desk, office)
        assert Counter(SubscriptionLetter.objects.exclude(delivery=None).values_list("state", flat=True)) == {
            "sent": 3, "failed": 3,
        }  # fmt: skip
        assert [letter.rcpt_tos[0] for letter in office.letters] == [INES] * 3
        assert SubscriptionLetter.objects.filter(state="failed", trouble__contains="550").count() == 3
        assert Subscription.objects.count() == 1


def test_no_row_tells_an_address_and_a_letter_is_one_senders(desk: Desk) -> None:
    """The address stands in no column; of many senders one gets each letter; an unanswered question is forgotten.

    Sabotage: take letters without a lease.
    """
    channel(desk, channels.MAIL)
    ring = Keyring.open(desk.home)
    subscribe(desk, INES)
    for _ in range(subscriptions.MOST_ASKED):
        assert subscriptions.ask(OMAR, (), None, language="en", ring=ring, now=desk.now)
    assert subscriptions.ask(OMAR.upper(), (), None, language="en", ring=ring, now=desk.now) is None
    for table in (Subscription, SubscriptionLetter):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")
            kept = repr(
                [bytes(value) if isinstance(value, memoryview) else value for row in cursor for value in row]
            )
        assert "example.org" not in kept
        assert "omar" not in kept.lower()
    taken = at_once(*[lambda: mailings.take(desk.now, ring)] * 4)
    numbers = Counter(one.row.pk for some in taken for one in some)
    assert set(numbers.values()) == {1}
    assert subscriptions.forget_due(desk.now + subscriptions.ANSWER_WITHIN + timedelta(minutes=1)) > 0
    assert Subscription.objects.count() == 1


def test_a_repeat_after_a_kill_has_the_same_id(desk: Desk) -> None:
    """Between sending and the receipt the sender is gone: the letter goes once more under the same Message-ID.

    Sabotage: make the id from the moment.
    """
    channel(desk, channels.MAIL)
    subscribe(desk, INES)
    with post_office() as office:
        publish(desk, draft(desk))
        deliver(desk, office)
        SubscriptionLetter.objects.exclude(delivery=None).update(
            state="sending", leased_until=datetime.now(UTC)
        )
        deliver(desk, office)
        ids = [read(letter)[0]["Message-ID"] for letter in office.letters]
        assert len(ids) == 2
        assert len(set(ids)) == 1


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_twenty_thousand_get_one_letter_each(desk: Desk) -> None:
    """Everybody gets one letter, alone in it; every refusal is noted; it says how many went in a second."""
    count = int(os.environ.get("ANSWERABLE_TEST_SUBSCRIBERS", "20000"))
    channel(desk, channels.MAIL)
    ring = Keyring.open(desk.home)
    Subscription.objects.bulk_create(
        [
            Subscription(
                id=n, sealed=sealed(ring, "subscription", n, f"s{n}@example.org"), language="en",
                asked_at=desk.now, confirmed_at=desk.now,
            )
            for n in range(1, count + 1)
        ],
        batch_size=500,
    )  # fmt: skip
    with post_office() as office:
        office.refuse.update({f"s{n}@example.org": "550 no such user" for n in range(1, count + 1, 100)})
        publish(desk, draft(desk), datetime.now(UTC))
        began = time.monotonic()
        stop = mailing.threading.Event()
        settings = replace(settings_of(desk, office.port))
        threads = [mailing.start(settings, stop)]
        threads.append(mailing.threading.Thread(target=sender.run_sender, args=(settings, stop)))
        threads[1].start()
        refused = len(office.refuse)
        while len(office.letters) < count - refused and time.monotonic() - began < 900:
            time.sleep(0.2)
        took = time.monotonic() - began
        stop.set()
        for thread in threads:
            thread.join(60)
        got = Counter(letter.rcpt_tos[0] for letter in office.letters)
    failed = SubscriptionLetter.objects.filter(state="failed").count()
    print(
        f"{len(office.letters)} letters in {took:.1f} s: {len(office.letters) / took:.0f}/s, {failed} refused noted"
    )
    assert set(got.values()) == {1}
    assert len(got) == count - refused
    assert all(len(letter.rcpt_tos) == 1 for letter in office.letters)
    assert failed == refused
