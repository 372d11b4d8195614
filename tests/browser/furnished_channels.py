"""The channels of the furnished desk: two that are posted by hand, and mail."""

from __future__ import annotations

from answerable.store import channels
from answerable.store.keyring import Keyring
from tests.cast import Desk


def ways_out(desk: Desk) -> None:
    """What is published later waits in each of them."""
    ring = Keyring.open(desk.home)
    for name, kind in (
        ("Weibo", channels.ASSISTED),
        ("Estuary Post", channels.ASSISTED),
        ("Mail", channels.MAIL),
    ):
        channels.add(desk.alice, kind=kind, name=name, unit=desk.top, ring=ring, now=desk.now)
