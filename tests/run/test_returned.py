"""Letters to subscribers read back over IMAP: what came back is noted at its letter; one click leaves, from the raw mail."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email.policy import default
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from answerable.store import channels, mailings, sources
from answerable.store.models import Delivery, ItemRow, Source, Subscription, SubscriptionLetter
from tests.collect.dovecot import PASSWORD, Dovecot
from tests.collect.test_returned import report
from tests.publish.rooms import PostOffice, post_office
from tests.run.test_collectors import ask, listening
from tests.run.test_mailing import INES, OMAR, deliver, subscribe
from tests.run.test_sender import channel
from tests.store.scene import draft, publish

pytestmark = pytest.mark.store
HOME = "desk@town.example"  # whose mailbox brings what comes back


def back(office: PostOffice, to: str, **changes: Any) -> bytes:
    """The report about the last letter to somebody."""
    raw = next(one.content for one in reversed(office.letters) if one.rcpt_tos == [to])
    return report(raw.decode(), **changes)


def test_what_comes_back_is_noted_and_three_times_ends_it(desk: Any, server: Dovecot) -> None:
    """Taken by the server and sent back later: the letter failed, the count of readers shrinks; a report that is
    forged, late or read twice changes nothing; after three the address is gone.

    Sabotage: believe a link that we did not sign, or begin the count anew with each letter that is taken.
    """
    channel(desk, channels.MAIL)
    ines = subscribe(desk, INES)
    subscribe(desk, OMAR)
    with listening(desk) as tools, post_office() as office:
        tools.fetcher = server.fetcher()
        tools.keyring.keep_password(server.address(HOME), PASSWORD)
        source = sources.add(
            desk.alice, kind="mailbox", address=server.address(HOME), name="Town mailbox",
            source_class="public", purpose="service failure", unit=desk.top, now=desk.now,
        )  # fmt: skip

        def comes(*mails: bytes) -> Source:
            server.deliver(*mails, user=HOME)
            return ask(tools, source)

        publish(desk, draft(desk))
        deliver(desk, office)
        token = urlsplit(read(office, OMAR)["List-Unsubscribe"].strip("<>")).path.rsplit("/", 1)[-1].encode()
        forged = back(office, OMAR).replace(token, token[:-3] + b"abc")
        assert comes(forged, back(office, OMAR, action="delayed", status="4.4.7")).trouble == ""
        assert not SubscriptionLetter.objects.filter(state="failed").exists()
        assert Delivery.objects.get().audience == 2
        for round_ in (1, 2, 3):
            comes(back(office, INES))
            server.forget_uids(HOME)
            ask(tools, source)  # read again, nothing is counted twice
            failed = SubscriptionLetter.objects.filter(state="failed", trouble="came back: 5.1.1")
            assert failed.count() == round_
            assert Subscription.objects.filter(pk=ines).exists() == (round_ < 3)
            publish(desk, draft(desk))
            deliver(desk, office)
        comes(back(office, OMAR, status="4.4.1"))
        assert Subscription.objects.get().returned == 0, "a server that is away says nothing of the address"
        assert SubscriptionLetter.objects.filter(state="failed").count() == 4
        assert list(Delivery.objects.order_by("pk").values_list("audience", flat=True)) == [1, 1, 1, 0]
        assert not ItemRow.objects.exists(), "a report is nobody's word"
    assert mailings.numbers(Delivery.objects.order_by("pk")[0].pk) == {"sent": 1, "failed": 1}


def test_the_raw_letter_leaves_by_one_click(desk: Any, server: Dovecot) -> None:
    """Delivered to a real mailbox and fetched from there as it lies: its headers alone end it (RFC 8058)."""
    channel(desk, channels.MAIL)
    subscribe(desk, INES)
    with post_office() as office:
        publish(desk, draft(desk, title="Wasser — agua — 水"))
        deliver(desk, office)
        server.deliver(office.letters[0].content, user=INES)
    with server.spoken(INES) as box:
        raw = box.fetch(box.search(), ["BODY.PEEK[]"])
    (letter,) = [email.message_from_bytes(one[b"BODY[]"], policy=default) for one in raw.values()]
    assert letter["Subject"] == "Wasser — agua — 水"
    head = next(iter(raw.values()))[b"BODY[]"].partition(b"\r\n\r\n")[0]
    assert b"\r\nList-Unsubscribe: <https://" in head, "no mail program decodes an encoded word there"
    assert (letter["To"], letter["Cc"], letter["Bcc"]) == (INES, None, None)
    click, _, value = str(letter["List-Unsubscribe-Post"]).partition("=")
    place = urlsplit(str(letter["List-Unsubscribe"]).strip("<>"))
    assert place.scheme == "https"
    answer = Client(enforce_csrf_checks=True).post(place.path, {click: value})
    assert answer.status_code == 302
    assert not Subscription.objects.exists()


def read(office: PostOffice, to: str) -> Any:
    """The last letter to somebody."""
    raw = next(one.content for one in reversed(office.letters) if one.rcpt_tos == [to])
    return email.message_from_bytes(raw, policy=default)


def test_a_letter_that_stayed_ends_the_count(desk: Any) -> None:
    """Only letters that neither were refused nor came back within five days prove that somebody is there."""
    channel(desk, channels.MAIL)
    number = subscribe(desk, INES)
    with post_office() as office:
        for days, refused, count in ((0, True, 1), (1, False, 1), (3, False, 1), (7, False, 0), (8, True, 1)):
            office.refuse = {INES: "550 no such user"} if refused else {}
            publish(desk, draft(desk))
            deliver(desk, office)
            latest = SubscriptionLetter.objects.order_by("-pk")[0]
            at = datetime.now(UTC) + days * (mailings.STAYS / 5)
            assert Subscription.objects.get(pk=number).returned >= 0
            if latest.state == "sent":
                mailings.delivered(_again(latest), at)
            assert Subscription.objects.get(pk=number).returned == count, days


def _again(row: SubscriptionLetter) -> mailings.Taken:
    """As its sender holds it."""
    SubscriptionLetter.objects.filter(pk=row.pk).update(state="sending")
    row = SubscriptionLetter.objects.select_related("subscription").get(pk=row.pk)
    return mailings.Taken(row, "", row.tries)
