"""A public post is answered once by a registered voice that invites; the case is the person's own to open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, connection, transaction

from answerable.errors import BadInput, Conflict
from answerable.publish.networks.bluesky import POSTS
from answerable.run import inviting
from answerable.run import sender as running
from answerable.settings import Settings
from answerable.store import channels, erase, invitations, reply_bank, voices
from answerable.store.keyring import Keyring
from answerable.store.models import (
    Case,
    Invitation,
    ItemRow,
    LedgerRow,
    ReplyText,
    Source,
    Submission,
)
from tests.cast import Desk
from tests.collect import pds_server
from tests.publish.mastodon_accounts import Town, town
from tests.run.test_sender import channel, on_mastodon, settings_of
from tests.store.casework import cleo, hana
from tests.store.inviting import WORDS, heard, text
from tests.store.scene import at_once
from tests.web import stage
from tests.web.forms import Writer, fresh_counts

pytestmark = pytest.mark.store

MERLE = "merle_of_the_mill@elsewhere.example"


@pytest.fixture(autouse=True)
def counts() -> Iterator[None]:
    with fresh_counts():
        yield


def invite(desk: Desk, item: ItemRow, **facts: Any) -> Invitation:
    """Carol asks for it."""
    values: dict[str, Any] = {
        "unit": desk.top, "text": ReplyText.objects.filter(invites=True).first() or text(desk),
        "channel": channels.standing().first(), "why": "complaint", "ring": Keyring.open(desk.home),
        "desk": "https://answers.example", "now": desk.now,
    }  # fmt: skip
    return invitations.invite(desk.carol, item.pk, **values | facts)


def address_of(made: Invitation) -> str:
    return f"{django_settings.ANSWERABLE.address}/i/{made.slug}"


def deliver(settings: Settings, now: datetime) -> None:
    """One round of the sender."""
    sending = running.sender(settings)
    for taken in invitations.take(now, sending.keyring):
        inviting.deliver(sending, taken, now)


def everything() -> str:
    """All that the database holds, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [
                bytes(value) if isinstance(value, memoryview) else value for row in cursor for value in row
            ]
    return repr(found)


@pytest.fixture
def server(desk: Desk) -> Iterator[Town]:
    with town() as made:
        on_mastodon(desk, made)
        yield made


def test_from_a_post_to_a_case_in_the_persons_own_words(desk: Desk, server: Town) -> None:
    """Carol invites on the item's page; the reply stands below the post and in the register; who came by it has a case.

    Of who wrote the post nothing is anywhere: not in the rows, not in the case.
    """
    item = heard(desk, server.said(MERLE, 7))
    chosen, carol = text(desk), stage.client(desk.carol)
    address = f"/desk/items/{item.pk}/invite"
    with stage.clock():
        assert address in carol.get(f"/desk/items/{item.pk}").content.decode()
        assert WORDS in carol.get(address).content.decode()
        posted = {"text": chosen.pk, "channel": channels.standing()[0].pk}
        assert carol.post(address, posted).status_code == 400, "without a reason nothing goes out"
        assert Invitation.objects.count() == 0
        assert carol.post(address, posted | {"why": "complaint"}).status_code == 302
        assert LedgerRow.objects.filter(action="invitation.send", reason="post_complaint").count() == 1
        deliver(settings_of(desk, server.allowed), stage.LATER)
        made = Invitation.objects.get()
        assert "@council/1" in carol.get(f"/desk/items/{item.pk}").content.decode()
    reply = server.statuses["1"]
    assert (reply["in_reply_to_id"], reply["visibility"]) == ("17", "public")
    assert reply["text"].startswith(f"@{MERLE} {WORDS}"), "whom it answers is told"
    assert reply["text"].endswith(f"Bob Saltmarsh, Spokesperson, Brackwater Council\n{address_of(made)}")
    assert (made.state, made.address) == ("sent", "https://town.example/@council/1")
    register = stage.client().get(f"/voices/{desk.voice.pk}/").content.decode()
    assert made.address in register
    assert WORDS in register
    writer = Writer()
    assert b"invited you" in writer.get(f"/i/{made.slug}").content
    writer.tell("My street is dark", at=f"/i/{made.slug}")
    told, case = Submission.objects.get(), Case.objects.get()
    assert (told.came_by, case.came_by, told.story_id, case.unit) == (
        "post",
        "post",
        item.thread.story_id,
        desk.top,
    )
    with stage.clock():
        page = carol.get(f"/desk/cases/{case.pk}").content.decode()
    assert f'/desk/stories/{item.thread.story_id}"' in page
    assert "merle_of_the_mill" not in everything()
    assert "elsewhere.example" not in everything()


def test_once_for_each_post_however_it_is_heard(desk: Desk, server: Town) -> None:
    """Of a hundred who ask at once one wins; by another source, and after the item left, it is still the same post.

    Sabotage: make the key of the post from the source's own key.
    """
    link = server.said(MERLE, 7)
    item, chosen = heard(desk, link), text(desk)
    for _ in range(50):
        results = at_once(*(partial(invite, desk, item, text=chosen),) * 2)
        assert all(isinstance(one, Invitation | Conflict) for one in results), results
    assert (Invitation.objects.count(), LedgerRow.objects.filter(action="invitation.send").count()) == (1, 1)
    other = heard(desk, link, address="https://town.example/tags/water")
    with pytest.raises(Conflict, match="never again"):
        invite(desk, other)
    with transaction.atomic():
        erase.erase([item.pk, other.pk], reason="age", now=desk.now)
    with pytest.raises(Conflict, match="never again"):
        invite(desk, heard(desk, link, address="https://town.example/public/local"))


def test_nothing_goes_below_a_post_that_is_gone(desk: Desk, server: Town) -> None:
    """Deleted where we heard it, deleted on its network, no longer public, or our words retired: no word goes out.

    Sabotage: let `Mastodon.send` post without the post it answers.
    """
    settings, chosen = settings_of(desk, server.allowed), text(desk)
    left, gone, private, kept = (heard(desk, server.said(MERLE, number)) for number in (1, 2, 3, 4))
    for item in (left, gone, private):
        invite(desk, item, text=chosen)
    with transaction.atomic():
        erase.erase([left.pk], reason="upstream", now=desk.now)
    del server.others["https://elsewhere.example/@merle_of_the_mill/2"]
    server.others["https://elsewhere.example/@merle_of_the_mill/3"]["visibility"] = "private"
    for minutes in range(5):
        deliver(settings, desk.now + timedelta(minutes=minutes))
    assert set(Invitation.objects.values_list("state", "trouble")) == {
        ("dropped", "post_gone"), ("dropped", "post_not_public"),
    }  # fmt: skip
    invite(desk, kept, text=chosen)
    reply_bank.retire(cleo(desk), chosen.pk, now=desk.now)
    deliver(settings, desk.now + timedelta(hours=1))
    assert Invitation.objects.get(item=kept.pk).trouble == "no_longer_holds"
    assert server.texts == []


def test_a_sender_that_dies_repeats_nothing(
    desk: Desk, server: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between sending and its receipt, also an hour later when keys are forgotten: one reply stands there."""
    settings = settings_of(desk, server.allowed)
    invite(desk, heard(desk, server.said(MERLE, 7)))
    with monkeypatch.context() as dying:
        dying.setattr(invitations, "delivered", _end)
        with pytest.raises(KeyboardInterrupt):
            deliver(settings, desk.now)
    assert (len(server.statuses), Invitation.objects.get().state) == (1, "sending")
    server.forgets = True
    deliver(settings, desk.now + timedelta(minutes=1))
    assert Invitation.objects.get().state == "sending", "its lease runs"
    deliver(settings, desk.now + timedelta(minutes=3))
    assert (len(server.statuses), Invitation.objects.get().state) == (1, "sent")


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def test_only_public_posts_of_people_are_answered_and_in_a_voice(desk: Desk, server: Town) -> None:
    """No exercise, no outlet, no feed, no text that is not approved, no voice that is retired; also not by SQL."""
    item, chosen = heard(desk, server.said(MERLE, 7)), text(desk)
    waits = reply_bank.write(
        cleo(desk), unit=desk.top, title="T", text=WORDS, language="en", invites=True, now=desk.now
    )
    plain = reply_bank.write(cleo(desk), unit=desk.top, title="T", text=WORDS, language="en", now=desk.now)
    reply_bank.approve(hana(desk), plain.pk, now=desk.now)
    for wrong in (waits, ReplyText.objects.get(pk=plain.pk)):
        with pytest.raises(BadInput, match="approved invitation"):
            invite(desk, item, text=wrong)
    feed = heard(desk, "https://fenmoor.example/1", kind="feeds", address="https://fenmoor.example/other")
    paper = heard(desk, "https://town.example/@gazette/1", address="https://town.example/tags/news")
    Source.objects.filter(pk=paper.source_id).update(source_class="outlet")
    drill = heard(desk, server.said(MERLE, 8), address="https://town.example/tags/drill", exercise=True)
    for one in (feed, paper, drill):
        with pytest.raises(BadInput, match="public post"):
            invite(desk, one)
    with pytest.raises(BadInput, match="at most 180"):
        reply_bank.write(
            cleo(desk), unit=desk.top, title="T", text=WORDS * 2, language="en", invites=True, now=desk.now
        )
    good = {
        "unit": desk.top, "voice": desk.voice, "channel": channels.standing()[0], "text": chosen, "by": desk.carol,
        "why": "report", "made_at": desk.now, "due_at": desk.now,
    }  # fmt: skip
    twin = channels.standing(exercise=True)[0]
    for number, change in enumerate(({"text": waits}, {"channel": twin}, {"item": drill.pk})):
        facts = good | {"item": item.pk, "post": bytes([number]), "slug": f"s{number}"} | change
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(**facts)
    made = Invitation.objects.create(**good | {"item": item.pk, "post": b"p", "slug": "sp", "said": WORDS})
    for change in ({"said": "Other words"}, {"post": b"q"}, {"item": 7}, {"slug": "sq"}, {"text": waits}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=made.pk).update(**change)
    made.delete()
    voices.retire(desk.alice, desk.voice, now=desk.now)
    with pytest.raises(BadInput, match="registered voice"):
        invite(desk, item, text=chosen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(**good | {"item": item.pk, "post": b"x", "slug": "sx"})
    assert Invitation.objects.count() == 0


@pytest.mark.skipif(bool(pds_server.missing()), reason=pds_server.missing() or "there is one")
def test_below_a_post_on_bluesky(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a real server of the network: the reply names post and root; a post that is gone there is left alone.
    A sender that dies, and finds the post gone afterwards, knows its own reply.
    """
    with pds_server.pds() as network:
        network.call(
            "com.atproto.server.createAccount",
            {"handle": "council.test", "email": "council@mail.test", "password": "app-password"},
        )
        channel(desk, "bluesky", address=network.address, account="council.test", secret="app-password")
        settings = settings_of(desk, f"{pds_server.HOST}:{network.port}")
        root = network.post("merle", "The lamps in Mill Lane are dark")
        strong = next(one for one in network.records("merle.test") if one["uri"] == root)
        said = {"uri": root, "cid": strong["cid"]}
        below = network.post("merle", "Since Monday!", reply={"root": said, "parent": said})
        gone = network.post("merle", "Never mind")
        for uri in (below, gone):
            did, rkey = uri.split("/")[2], uri.rsplit("/", 1)[1]
            link = f"https://bsky.app/profile/{did}/post/{rkey}"
            invite(desk, heard(desk, link, kind="bluesky", external_id=uri, address="https://relay.example"))
        network.delete("merle", gone)
        now = datetime.now(UTC)
        with monkeypatch.context() as dying:
            dying.setattr(invitations, "delivered", _end)
            with pytest.raises(KeyboardInterrupt):
                deliver(settings, now)
        assert len(network.records("council.test")) == 1
        network.delete("merle", below)  # the reply stands, though the next try finds no post
        for minutes in (3, 6):
            deliver(settings, now + timedelta(minutes=minutes))
        assert sorted(Invitation.objects.values_list("state", flat=True)) == ["dropped", "sent"]
        replies = network.records("council.test")
        assert len(replies) == 1
        value = replies[0]["value"]
        assert (value["reply"]["parent"]["uri"], value["reply"]["root"]) == (below, said)
        assert value["text"].startswith(WORDS)
        assert POSTS in replies[0]["uri"]
        assert did not in everything()
