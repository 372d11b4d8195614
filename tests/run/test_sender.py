"""From approved to every channel: each text goes out, whatever is killed, at most once more and under its key."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerable.publish.networks.bluesky import record_key
from answerable.run import sender as running
from answerable.settings import Settings, load
from answerable.store import channels, outbox, statements
from answerable.store.keyring import Keyring
from answerable.store.models import ChannelRow, Delivery
from tests.cast import Desk
from tests.collect import pds_server
from tests.publish.mastodon_accounts import TOKEN, Town, town
from tests.publish.rooms import STANDARD_SECRET, Room, room
from tests.run.desks import beside, until
from tests.store.scene import draft, incident, publish

BASE = "https://answers.example"


def settings_of(desk: Desk, *allowed: str) -> Settings:
    found = load({"ANSWERABLE_HOME": str(desk.home), "ANSWERABLE_PUBLIC_URL": BASE})
    return replace(found, allow_private=allowed)


def channel(desk: Desk, kind: str, **facts: Any) -> ChannelRow:
    """Alice adds a channel."""
    values: dict[str, Any] = {"name": kind.title(), "unit": desk.top, "now": desk.now, **facts}
    return channels.add(desk.alice, kind=kind, ring=Keyring.open(desk.home), **values)


def on_mastodon(desk: Desk, at: Town) -> ChannelRow:
    return channel(desk, "mastodon", address=at.address, account="@council", secret=TOKEN)


def by_webhook(desk: Desk, at: Room) -> ChannelRow:
    return channel(desk, "webhook", address=at.url("/json"), secret=STANDARD_SECRET)


def deliver(settings: Settings, now: datetime) -> None:
    """One round of the sender, one text after the other."""
    sending = running.sender(settings)
    sending.luck = lambda: 0.5
    for taken in outbox.take(now):
        sending.deliver(taken, now)


def states(desk: Desk) -> dict[str, str]:
    return {row.channel.kind: row.state for row in Delivery.objects.select_related("channel")}


def test_one_publication_reaches_each_channel(desk: Desk) -> None:
    """A network, a webhook and a hub get it, each in its form; the receipts say where it stands."""
    with town() as server, room() as other:
        other.answers["/hub"] = (202, b"")
        on_mastodon(desk, server)
        by_webhook(desk, other)
        channel(desk, "hub", address=other.url("/hub"))
        version = publish(desk, draft(desk, machine_help="Translated by machine"))
        assert set(states(desk).values()) == {"waiting"}, "publishing itself speaks to nobody"
        deliver(settings_of(desk, server.allowed, *other.allowed), desk.now)
        assert set(states(desk).values()) == {"sent"}
        page = f"{BASE}/statements/{version.statement_id}/"
        posted = server.texts[0]
        for part in (version.title, page, "Bob Saltmarsh, Spokesperson, Brackwater Council", "by machine"):
            assert part in posted
        hooked = next(one for one in other.payloads_of("/json"))
        assert (hooked["data"]["voice"]["id"], hooked["data"]["link"]) == (desk.voice.pk, page)
        assert "A main broke at 06:40" in hooked["data"]["text"]
        pinged = [body.decode() for path, _, body in other.asked if path == "/hub"]
        assert len(pinged) == 3
        assert all("hub.mode=publish" in one for one in pinged)
        receipt = Delivery.objects.get(channel__kind="mastodon")
        assert (receipt.address, receipt.said) == ("https://town.example/@council/1", posted)


def test_a_correction_answers_the_first_post_and_overtakes_what_waits(desk: Desk) -> None:
    """Readers of the first post see the correction under it; an old text that still waits never goes out."""
    with town() as server:
        on_mastodon(desk, server)
        settings = settings_of(desk, server.allowed)
        version = publish(desk, draft(desk))
        deliver(settings, desk.now)

        def corrected(note: str) -> None:
            newer = statements.revise(
                desk.carol, version.statement_id, title="The rust is not harmless", text="Boil it.",
                change_note=note, now=desk.now,
            )  # fmt: skip
            publish(desk, newer)

        corrected("the rust")
        corrected("the rust, again")
        deliver(settings, desk.now)
        first, second = server.statuses.values()
        assert second["in_reply_to_id"] == first["id"]
        assert second["text"].startswith("Correction: ")
        found = Delivery.objects.order_by("version__number").values_list("state", flat=True)
        assert list(found) == ["sent", "overtaken", "sent"]


def test_an_exercise_goes_to_twins_alone(desk: Desk) -> None:
    """A drill's text takes the way of each channel up to its end, which is a page of the exercise."""
    with town() as server, room() as other:
        on_mastodon(desk, server)
        by_webhook(desk, other)
        publish(desk, draft(desk, incident(desk, exercise=True)))
        deliver(settings_of(desk, server.allowed, *other.allowed), desk.now)
        assert (server.seen, other.asked) == ([], [])
        rows = list(Delivery.objects.select_related("channel"))
        assert {(row.channel.kind, row.state, row.exercise) for row in rows} == {
            ("mastodon", "sent", True), ("webhook", "sent", True),
        }  # fmt: skip
        for row in rows:
            assert row.address == f"{BASE}/exercise/deliveries/{row.pk}"
            assert "EXERCISE" in row.said or row.channel.kind == "webhook"


@contextmanager
def _receiver(desk: Desk, kind: str) -> Iterator[tuple[str, Any]]:
    """A channel of this kind at a local receiver: what must be allowed, and how to count what arrived."""
    if kind == "mastodon":
        with town() as server:
            on_mastodon(desk, server)
            yield server.allowed, lambda: (Counter(server.seen), len(server.statuses))
    elif kind == "bluesky":
        with pds_server.pds() as server:
            server.call(
                "com.atproto.server.createAccount",
                {"handle": "council.test", "email": "council@mail.test", "password": "app-password"},
            )
            channel(desk, "bluesky", address=server.address, account="council.test", secret="app-password")

            def records() -> tuple[Counter[str], int]:
                found = server.records("council.test")
                return Counter(), len(found)

            yield f"{pds_server.HOST}:{server.port}", records
    else:
        with room() as other:
            other.answers["/hub"] = (202, b"")
            if kind == "webhook":
                by_webhook(desk, other)
            else:
                channel(desk, "hub", address=other.url("/hub"))

            def came() -> tuple[Counter[str], int]:
                keys = Counter(headers.get("webhook-id", body.decode()) for _, headers, body in other.asked)
                return keys, len(keys)

            yield other.allowed[0], came


POINTS = ("due", "leased", "worded", "sent", "received")


def killed_and_taken_up(desk: Desk, kind: str, point: str) -> None:
    """Kill at the point, start again: delivered, with one publication outside and at most one repeat."""
    with _receiver(desk, kind) as (allowed, came):
        now = datetime.now(UTC)
        publish(desk, draft(desk), now)
        killed = subprocess.run(
            [sys.executable, "-m", "tests.run.sender_with_a_kill", point],
            env=beside(
                desk.home,
                ANSWERABLE_ALLOW_PRIVATE=allowed,
                ANSWERABLE_PUBLIC_URL=BASE,
            ),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert killed.returncode == -9, killed.stderr
        row = Delivery.objects.get()
        assert (row.state == "sent") == (point == "received"), "a receipt stands only for what arrived"
        settings = settings_of(desk, allowed)
        deliver(settings, datetime.now(UTC))
        deliver(settings, datetime.now(UTC) + outbox.LEASE)
        row.refresh_from_db()
        assert row.state == "sent"
        assert row.address
        keys, publications = came()
        assert publications == (3 if kind == "hub" else 1)
        assert max(keys.values(), default=1) == (2 if point == "sent" and kind in ("webhook", "hub") else 1)


@pytest.mark.parametrize(("kind", "point"), [("webhook", "sent"), ("mastodon", "sent"), ("hub", "leased")])
def test_a_kill_repeats_a_publication_at_most_once(desk: Desk, kind: str, point: str) -> None:
    """A sample of the crash points; `test_every_crash_point_of_every_channel` takes them all.

    Sabotage: write the receipt before sending.
    """
    killed_and_taken_up(desk, kind, point)


@pytest.mark.deep
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("kind", ["mastodon", "bluesky", "webhook", "hub"])
def test_every_crash_point_of_every_channel(desk: Desk, kind: str, point: str) -> None:
    """Killed before it is taken, with the lease, before, after sending, and after the receipt."""
    if kind == "bluesky" and (why := pds_server.missing()):
        pytest.skip(why)
    killed_and_taken_up(desk, kind, point)


def test_an_hour_later_our_own_post_is_found_by_its_link(desk: Desk) -> None:
    """Mastodon forgets a key after an hour: a late repeat looks for the post first, and makes no second one."""
    with town() as server:
        on_mastodon(desk, server)
        settings = settings_of(desk, server.allowed)
        publish(desk, draft(desk))
        server.spoilt = b"<html>502</html>"
        deliver(settings, desk.now)
        assert states(desk) == {"mastodon": "waiting"}, "an answer that names no post is no receipt"
        server.forgets, server.spoilt = True, None
        deliver(settings, desk.now + timedelta(hours=2))
        assert (states(desk), len(server.statuses)) == ({"mastodon": "sent"}, 1)


MISBEHAVIOURS: tuple[tuple[int, bytes, str], ...] = (
    (200, b"", "waiting"),
    (200, b"<html>", "waiting"),
    (200, b"[" * 60_000, "waiting"),
    (200, b'{"id":"1"}', "waiting"),
    (200, b'{"id":"1","url":"javascript:alert(1)"}', "waiting"),
    (500, b"", "waiting"),
    (429, b"", "waiting"),
    (302, b"", "failed"),
    (401, b'{"error":"no"}', "failed"),
    (422, b"", "failed"),
)


def test_a_misbehaving_receiver_gets_no_receipt_and_holds_up_nobody(desk: Desk) -> None:
    """F7 for channels: whatever a server answers, nothing counts as published that is not; others get theirs."""
    with town() as server, room() as other:
        on_mastodon(desk, server)
        by_webhook(desk, other)
        settings = settings_of(desk, server.allowed, *other.allowed)
        for status, body, state in MISBEHAVIOURS:
            server.answer = (status, body)
            version = publish(desk, draft(desk))
            deliver(settings, desk.now)
            row = Delivery.objects.get(version=version, channel__kind="mastodon")
            assert (row.state, row.address, row.sent_at) == (state, "", None), (status, body[:20])
            assert row.trouble
            assert Delivery.objects.get(version=version, channel__kind="webhook").state == "sent"
            Delivery.objects.filter(pk=row.pk).update(state="failed")
        server.answer = None
        outbox.again(desk.bob, row.pk, now=desk.now)
        deliver(settings, desk.now)
        row.refresh_from_db()
        assert row.state == "sent"


def test_a_cut_wire_delays_and_never_invents(desk: Desk) -> None:
    """While the receiver is away nothing counts as sent, tries are spread, and all arrives when it is back."""
    with room() as other:
        by_webhook(desk, other)
        publish(desk, draft(desk))
        there = other.allowed
        away = settings_of(desk, *there)
        other.answers["/json"] = (503, b"")
        now, gaps = desk.now, []
        for _ in range(4):
            deliver(away, now)
            row = Delivery.objects.get()
            assert (row.state, row.sent_at) == ("waiting", None)
            gaps.append((row.due_at - now).total_seconds())
            now = row.due_at
        assert gaps == list(outbox.BACK_OFF_S[:4])
        del other.answers["/json"]
        deliver(away, now)
        assert states(desk) == {"webhook": "sent"}


def test_the_process_sends_by_itself_and_a_hanging_channel_holds_up_no_other(desk: Desk) -> None:
    """The sender finds what is due; while one server does not answer, the others are served."""
    with room() as slow, town() as server:
        let_go = threading.Event()
        slow.hooks.append(lambda: let_go.wait(20) and None)
        by_webhook(desk, slow)
        on_mastodon(desk, server)
        stop = threading.Event()
        settings = settings_of(desk, server.allowed, *slow.allowed)
        thread = threading.Thread(target=running.run_sender, args=(settings, stop, 0.02))
        thread.start()
        try:
            for _ in range(2):
                publish(desk, draft(desk), datetime.now(UTC))
                until(
                    lambda: len(server.statuses) == Delivery.objects.filter(channel__kind="mastodon").count()
                )
            assert not Delivery.objects.filter(channel__kind="webhook", state="sent").exists()
            let_go.set()
            until(lambda: not Delivery.objects.exclude(state="sent").exists(), limit_s=30)
        finally:
            let_go.set()
            stop.set()
            thread.join(20)


def test_a_name_on_bluesky_is_one_for_each_key(seed: int) -> None:
    """The name of a record follows from key and moment, sorts by time, and is what a server takes for a TID."""
    rng = random.Random(seed)
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    names = {record_key(f"statement-{n}", at) for n in range(2_000)}
    assert len(names) == 2_000
    assert record_key("statement-1", at) == record_key("statement-1", at)
    later = at + timedelta(seconds=rng.randint(1, 10**8))
    assert all(name < record_key("x", later) for name in names)
    assert all(len(name) == 13 and name[0] in "234567abcdefghij" for name in names)
