"""Invitations on the furnished desk: one that was sent, and a post that may be answered."""

from __future__ import annotations

from typing import Any

from answerable.records import Receipt
from answerable.store import channels, invitations
from answerable.store.keyring import Keyring
from tests.cast import Desk
from tests.store.inviting import heard, text


def furnish_invitations(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """`desk:post_invite` is a post without an answer; `public:invited` leads from one that has it."""
    ring, at = Keyring.open(desk.home), desk.now
    network = channels.add(
        desk.alice, kind=channels.MASTODON, name="Town", address="https://town.example", account="@council",
        secret="a token", unit=desk.top, ring=ring, now=at,
    )  # fmt: skip
    answered, other = (heard(desk, f"https://town.example/@merle/{number}") for number in (1, 2))
    asks: dict[str, Any] = {"unit": desk.top, "text": text(desk), "channel": network, "ring": ring, "now": at}
    made = invitations.invite(
        desk.carol, answered.pk, why="complaint", desk="https://answers.example", **asks
    )
    (taken,) = invitations.take(at, ring)
    invitations.delivered(taken, Receipt("mastodon", "", at, "https://town.example/@council/1"), at)
    where["desk:post_invite"] = {"number": other.pk}
    where["desk:item"] = where["desk:item_open"] = {"number": answered.pk}
    where["public:invited"] = {"slug": made.slug}
