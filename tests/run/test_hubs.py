"""WebSub: a feed's hub tells us at once; only what it signed comes in, by the same parser and door; polling stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.feeds.hubs import advertised, is_signed
from answerable.run.intake import Tools
from answerable.store import hubs, sources
from answerable.store.models import HubSubscription, ItemRow, Source
from tests.run.hub_server import Hub, publisher
from tests.run.test_collectors import added, ask, listening
from tests.web import stage

pytestmark = pytest.mark.store


def reachable(tools: Tools) -> None:
    """The desk has a public address, so that a hub can reach it."""
    tools.settings = replace(tools.settings, public_url="https://desk.example/")


def titles() -> list[str]:
    return sorted(ItemRow.objects.values_list("title", flat=True))


def subscribed(desk: Any, tools: Tools, hub: Hub) -> Source:
    """Visited once, asked for and verified."""
    reachable(tools)
    source = ask(tools, added(desk, f"{hub.address}/feed"))
    assert hub.verify().status_code == 200
    return source


@pytest.mark.parametrize("in_header", [False, True])
def test_a_feed_that_offers_a_hub_is_subscribed_and_verified(desk: Any, in_header: bool) -> None:
    """Found in the document or in a header; the request is the specification's, and only what was asked holds."""
    with publisher(in_header=in_header) as hub, listening(desk) as tools:
        reachable(tools)
        source = ask(tools, added(desk, f"{hub.address}/feed"))
        (asked,) = hub.asked
        assert asked["hub.mode"] == "subscribe"
        assert asked["hub.topic"] == f"{hub.address}/feed"
        assert asked["hub.callback"].startswith("https://desk.example/hub/")
        assert 20 <= len(asked["hub.secret"]) < 200
        assert hub.verify(topic="http://127.0.0.1/other").status_code == 404
        assert hub.verify(mode="unsubscribe").status_code == 404
        assert HubSubscription.objects.get().state == "asked"
        answer = hub.verify()
        assert (answer.status_code, answer.content) == (200, b"a challenge <b>")
        assert answer.headers["Content-Type"].startswith("text/plain")
        row = HubSubscription.objects.get()
        assert row.state == "active"
        assert row.lease_until is not None
        assert row.lease_until > datetime.now(UTC) + timedelta(days=9)
        ask(tools, source)
        assert len(hub.asked) == 1, "asked once, not at each visit"


def test_what_the_hub_delivers_is_read_without_a_visit(desk: Any) -> None:
    """Signed and new: an item by the same door. The feed is visited no more than before, and later all the same."""
    with publisher() as hub, listening(desk) as tools:
        source = subscribed(desk, tools, hub)
        hub.entries["b"] = "Water clear again"
        assert hub.publish("b").status_code == 202
        source.refresh_from_db()
        assert source.next_try_at is not None
        assert source.next_try_at <= datetime.now(UTC)
        (file,) = (desk.home / "hub" / str(source.pk)).iterdir()
        assert b"clear" not in file.read_bytes()
        source = ask(tools, source)
        assert titles() == ["Brown water in Fenmoor", "Water clear again"]
        assert (hub.visits, source.trouble, source.fails) == (1, "", 0)
        assert source.next_try_at > datetime.now(UTC) + timedelta(hours=1), (
            "polling goes on at a longer interval"
        )
        assert not any((desk.home / "hub" / str(source.pk)).iterdir())
        hub.entries["c"] = "Sirens tested on Monday"
        HubSubscription.objects.update(polled_at=datetime.now(UTC) - timedelta(hours=3))
        ask(tools, source)
        assert hub.visits == 2
        assert len(titles()) == 3, "nothing is stored twice, and what the hub kept to itself is found"


def test_only_what_is_signed_with_the_secret_of_this_address_comes_in(desk: Any) -> None:
    """A wrong signature is answered alike and used for nothing; a stranger's address is gone."""
    with publisher() as hub, listening(desk) as tools:
        source = subscribed(desk, tools, hub)
        hub.entries["b"] = "Planted by a stranger"
        assert hub.publish("b", secret="guessed").status_code == 202
        body = hub.document("b")
        assert hub.client.post(hub.path, body, content_type="application/atom+xml").status_code == 202
        assert hub.client.post("/hub/unknown", body, content_type="text/xml").status_code == 410
        big = b"x" * (hubs.MOST_BYTES + 1)
        assert hub.client.post(hub.path, big, content_type="text/xml").status_code == 413
        assert not (desk.home / "hub" / str(source.pk)).exists()
        for method in ("sha1", "sha384", "sha512"):
            assert hub.publish("a", method=method).status_code == 202
        assert len(list((desk.home / "hub" / str(source.pk)).iterdir())) == 3
        ask(tools, source)
        assert titles() == ["Brown water in Fenmoor"]


def test_a_document_that_is_no_feed_costs_only_itself(desk: Any) -> None:
    """What cannot be read is left; what was delivered after it is read."""
    with publisher() as hub, listening(desk) as tools:
        source = subscribed(desk, tools, hub)
        row = HubSubscription.objects.get()
        now = datetime.now(UTC)
        for number, body in enumerate((b"<!DOCTYPE x [<!ENTITY e 'e'>]><feed>&e;</feed>", b"\xff\xfe", b"")):
            hubs.keep(desk.home, tools.keyring, source.pk, body, "text/xml", now + timedelta(seconds=number))
        hub.entries["b"] = "Water clear again"
        hub.publish("b")
        ask(tools, source)
        assert "Water clear again" in titles()
        assert row.token not in hubs.secret(tools.keyring, row.token)


def test_a_lease_is_renewed_before_it_ends_and_an_end_is_no_loss(desk: Any) -> None:
    """Near its end the hub is asked again, while deliveries go on; denied, the feed is polled as before."""
    with publisher() as hub, listening(desk) as tools:
        source = subscribed(desk, tools, hub)
        now = datetime.now(UTC)
        HubSubscription.objects.update(
            lease_until=now + timedelta(hours=2), asked_at=now - timedelta(days=9), polled_at=None
        )
        ask(tools, source)
        assert len(hub.asked) == 2
        assert hub.asked[0] == hub.asked[1]
        assert HubSubscription.objects.get().state == "active"
        assert hub.verify(mode="denied").status_code == 200
        assert hub.publish("a").status_code == 410
        source = ask(tools, source)
        assert hub.visits == 3
        assert source.next_try_at < datetime.now(UTC) + timedelta(hours=1)


def test_a_hub_that_refuses_or_is_not_there_changes_nothing(desk: Any) -> None:
    """The visit went well; the hub is asked again tomorrow, not at each visit."""
    with publisher(status=500) as hub, listening(desk) as tools:
        reachable(tools)
        source = ask(tools, added(desk, f"{hub.address}/feed"))
        assert (source.trouble, source.items) == ("", 1)
        assert HubSubscription.objects.get().state == "refused"
        ask(tools, source)
        assert len(hub.asked) == 1


def test_without_a_public_address_no_hub_is_asked(desk: Any) -> None:
    """A desk on a laptop polls."""
    with publisher() as hub, listening(desk) as tools:
        ask(tools, added(desk, f"{hub.address}/feed"))
        assert hub.asked == []


def test_deliveries_end_with_their_source(desk: Any) -> None:
    """Removed: the hub is told to stop, and what waited is swept away."""
    with publisher() as hub, listening(desk) as tools:
        source = subscribed(desk, tools, hub)
        hub.publish("a")
        sources.remove(desk.alice, source, now=datetime.now(UTC))
        assert hub.publish("a").status_code == 410
        hubs.sweep(desk.home)
        assert not (desk.home / "hub" / str(source.pk)).exists()


@given(st.binary(max_size=300), st.text(max_size=80), st.text(max_size=200))
def test_no_bytes_break_the_search_for_a_hub(body: bytes, header: str, around: str) -> None:
    """Whatever a document or a header holds, the answer is a pair of addresses or nothing."""
    for document in (body, b'{"hubs": ' + body + b"}", f"<link {around} rel=hub>".encode("utf-8", "replace")):
        found = advertised(document, url="https://post.example/feed", link=header)
        assert len(found) in (0, 2)
        assert all(one.startswith(("http://", "https://")) for one in found)


@given(st.binary(max_size=100), st.text(max_size=90))
def test_no_guess_is_a_signature(body: bytes, guess: str) -> None:
    """Only the HMAC of this body under this secret is taken, whatever else the header says."""
    assert not is_signed("a secret", body, guess)
    assert not is_signed("a secret", body, f"sha256={guess}")


@pytest.mark.parametrize(
    ("document", "hub"),
    [
        ('<rss><channel><atom:link rel="hub" href="https://h.example/"/></channel></rss>', "https://h.example/"),
        ("<feed><link href='https://h.example/?a=1&amp;b=2' rel='hub'/></feed>", "https://h.example/?a=1&b=2"),
        ('{"hubs": [{"type": "rssCloud", "url": "https://no.example/"}, {"type": "WebSub", '
         '"url": "https://h.example/"}], "feed_url": "https://post.example/j"}', "https://h.example/"),
        ('<feed><link rel="alternate" href="https://h.example/"/></feed>', ""),
        ('<feed><link rel="hub" href="javascript:alert(1)"/></feed>', ""),
    ],
)  # fmt: skip
def test_hubs_are_found_in_each_kind_of_feed(document: str, hub: str) -> None:
    """RSS with Atom's link, Atom with its quotes and references, JSON Feed; nothing that is no address."""
    found = advertised(document.encode(), url="https://post.example/feed")
    assert list(found[:1]) == ([hub] if hub else [])


def test_the_page_of_a_source_says_what_its_hub_promised(desk: Any) -> None:
    """Whether it tells us, refused, or has not confirmed; nothing where a feed offers none."""
    at = stage.source(desk)

    def page() -> str:
        with stage.clock():
            return stage.client(desk.carol).get(f"/desk/sources/{at.pk}").content.decode()

    assert "WebSub" not in page()
    row = hubs.looked(at.pk, "https://h.example/", "https://post.example/feed", stage.LATER)
    assert "asked, and not confirmed yet" in page()
    hubs.asked(row, accepted=True, now=stage.LATER)
    assert hubs.verified(row.token, row.topic, 86_400, stage.LATER)
    assert "tells us at once" in page()
    hubs.denied(row.token, row.topic, stage.LATER)
    assert "refused; we ask the feed itself" in page()
