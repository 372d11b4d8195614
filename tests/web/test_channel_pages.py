"""The pages of channels and deliveries: a channel is tried before it is kept, what did not arrive is seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from django.conf import settings as django_settings

from answerable.permissions import Role
from answerable.store import statements
from answerable.store.models import ChannelRow, Delivery, LedgerRow
from tests.cast import Desk
from tests.collect.servers import HOST
from tests.publish.mastodon_accounts import TOKEN, town
from tests.run.test_sender import channel, deliver, on_mastodon, settings_of
from tests.store.scene import draft, publish
from tests.web import stage

FORM = {"kind": "mastodon", "name": "Mastodon of the council", "account": "@council"}


@contextmanager
def reaching_loopback() -> Iterator[None]:
    """The operator's own list opens the address of the local servers."""
    ours = replace(django_settings.ANSWERABLE, allow_private=(HOST,))
    with patch.object(django_settings, "ANSWERABLE", ours):
        yield


def test_a_channel_is_tried_before_it_is_kept_and_its_secret_is_never_shown(desk: Desk) -> None:
    """A wrong token is told at the form; the right one lies in the key file and in no page, row or log."""
    alice = stage.client(desk.alice)
    with town() as server, reaching_loopback():
        form = {**FORM, "address": server.address, "unit": desk.top.pk}
        wrong = alice.post("/desk/channels/new", {**form, "secret": "not the t0ken"})
        assert wrong.status_code == 400
        assert "HTTP 401" in wrong.content.decode()
        assert "not the t0ken" not in wrong.content.decode()
        assert not ChannelRow.objects.exists()
        assert alice.post("/desk/channels/new", {**form, "secret": TOKEN}).status_code == 302
        row = ChannelRow.objects.get(exercise=False)
        alice.post(f"/desk/channels/{row.pk}/test")
        page = alice.get("/desk/channels").content.decode()
        assert "1,200 followers" in page
        assert 'aria-current="page">Statements' in page, "the bar says where we are"
        assert TOKEN not in page
        assert TOKEN not in repr(list(ChannelRow.objects.values()) + list(LedgerRow.objects.values()))
        assert TOKEN in (desk.home / "keys.json").read_text()
        alice.post(f"/desk/channels/{row.pk}/pause")
        publish(desk, draft(desk))
        deliver(settings_of(desk, server.allowed), desk.now)
        assert not server.seen, "a paused channel says nothing"
        alice.post(f"/desk/channels/{row.pk}/resume")
        deliver(settings_of(desk, server.allowed), desk.now)
        assert len(server.statuses) == 1
        alice.post(f"/desk/channels/{row.pk}/remove")
        assert TOKEN not in (desk.home / "keys.json").read_text()
        assert "No channel but our own page" in alice.get("/desk/channels").content.decode()


def test_what_did_not_arrive_is_listed_found_and_tried_again(desk: Desk) -> None:
    """A refusal stands in the list with its reason, the search finds it, and one button sends it."""
    with town() as server:
        on_mastodon(desk, server)
        bob = stage.client(desk.bob)
        assert "Nothing went to a channel yet" in bob.get("/desk/deliveries?state=all").content.decode()
        publish(desk, draft(desk))
        server.answer = (422, b"{}")
        deliver(settings_of(desk, server.allowed), desk.now)
        row = Delivery.objects.get()
        page = bob.get("/desk/deliveries?q=brown").content.decode()
        assert "Given up" in page
        assert "HTTP 422" in page
        assert "No delivery is like this" in bob.get("/desk/deliveries?q=nowhere").content.decode()
        export = b"".join(bob.get("/desk/deliveries.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        (line,) = csv.DictReader(io.StringIO(export))
        assert (line["state"], line["key"]) == ("failed", row.key)
        server.answer = None
        assert bob.post(f"/desk/deliveries/{row.pk}/again").status_code == 302
        deliver(settings_of(desk, server.allowed), Delivery.objects.get().due_at)
        shown = bob.get(f"/desk/deliveries/{row.pk}").content.decode()
        assert "https://town.example/@council/1" in shown
        assert "Everything arrived" in bob.get("/desk/deliveries").content.decode()


def test_what_a_voice_posts_by_hand_counts_once_it_is_recorded(desk: Desk) -> None:
    """Weibo, a newspaper: the words are ready; only a registered voice records where, and until then it is open."""
    channel(desk, "assisted", name="Weibo")
    publish(desk, draft(desk))
    row = Delivery.objects.get()
    bob, hana = stage.client(desk.bob), stage.client(stage.person("hana", Role.HEAD, desk.top))
    page = bob.get(f"/desk/deliveries/{row.pk}").content.decode()
    assert "A main broke at 06:40" in page
    address = f"/desk/deliveries/{row.pk}/confirm"
    assert bob.post(address, {"link": "", "clipping": " "}).status_code == 400
    assert bob.post(address, {"link": "javascript:alert(1)"}).status_code == 400
    assert hana.post(address, {"link": "https://weibo.example/1"}).status_code == 403, "a head is no voice"
    assert bob.post(address, {"link": "https://weibo.example/1", "audience": "5000"}).status_code == 302
    assert bob.post(address, {"link": "https://weibo.example/2"}).status_code == 409
    row.refresh_from_db()
    assert (row.state, row.address, row.posted_by) == ("sent", "https://weibo.example/1", desk.bob)


def test_how_far_a_correction_reached(desk: Desk) -> None:
    """Of those who saw the first version the share is told that the correction reached, without what is unknown."""
    bob = stage.client(desk.bob)
    for name in ("Weibo", "Estuary Post", "Radio"):
        channel(desk, "assisted", name=name)
    version = publish(desk, draft(desk))

    def confirm(number: int, name: str, audience: str) -> None:
        row = Delivery.objects.get(version__number=number, channel__name=name)
        bob.post(f"/desk/deliveries/{row.pk}/confirm", {"clipping": "seen", "audience": audience})

    confirm(1, "Weibo", "3000")
    confirm(1, "Estuary Post", "1000")
    confirm(1, "Radio", "")
    newer = statements.revise(
        desk.carol, version.statement_id, title="Boil it", text="It is not harmless.", change_note="rust",
        now=desk.now,
    )  # fmt: skip
    publish(desk, newer)
    confirm(2, "Weibo", "3100")
    page = bob.get(f"/desk/statements/{version.statement_id}/travel").content.decode()
    assert "The last correction reached 3,000 of the 4,000 people whom channels know of." in page
    assert "1 channel does not say" in page
