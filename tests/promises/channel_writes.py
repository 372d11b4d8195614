"""Every write about channels and deliveries, for the test of promise 9."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from answerable.store import channels, invitations, outbox
from answerable.store.keyring import Keyring
from answerable.store.models import ChannelRow, Delivery
from tests.cast import Desk
from tests.store.inviting import heard, text
from tests.store.scene import draft, publish


def changes(desk: Desk, secret: str) -> dict[str, Callable[[], Any]]:
    """The writes in an order in which each can happen."""
    ring = Keyring.open(desk.home)
    facts: dict[str, Any] = {"unit": desk.top, "ring": ring, "now": desk.now}
    hook = {"kind": "webhook", "address": "https://hook.example/statements"}
    channels.add(desk.alice, **hook, name="First", **facts)
    channels.add(desk.alice, kind="assisted", name="Radio", **facts)
    publish(desk, draft(desk))
    Delivery.objects.filter(channel__kind="webhook").update(state="failed", tries=1)

    def one() -> ChannelRow:
        return ChannelRow.objects.get(name="First", exercise=False)

    def of(kind: str) -> int:
        return Delivery.objects.get(channel__kind=kind, version__number=1, exercise=False).pk

    failed, asked = of("webhook"), of("assisted")
    net = channels.add(
        desk.alice, kind="mastodon", name="Town", address="https://town.example", secret="t", **facts
    )
    post, words = heard(desk, "https://town.example/@merle/1"), text(desk, f"{secret} may tell us more here.")
    asks = {"unit": desk.top, "text": words, "channel": net, "why": "report", "ring": ring, "now": desk.now}
    return {
        "channels.add": lambda: channels.add(desk.alice, **hook, name=secret, secret="sesame", **facts),
        "channels.renew_secret": lambda: channels.renew_secret(desk.alice, one(), "abc", ring, now=desk.now),
        "invitations.invite": lambda: invitations.invite(
            desk.carol, post.pk, desk="https://a.example", **asks
        ),
        "outbox.again": lambda: outbox.again(desk.bob, failed, now=desk.now),
        "outbox.confirm": lambda: outbox.confirm(desk.bob, asked, clipping=secret, now=desk.now),
        "channels.pause": lambda: channels.pause(desk.alice, one(), now=desk.now),
        "channels.resume": lambda: channels.resume(desk.alice, one(), now=desk.now),
        "channels.remove": lambda: channels.remove(desk.alice, one(), ring, now=desk.now),
    }
