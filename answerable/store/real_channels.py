"""From a channel's row and its secret to the object that speaks there; and how one is tried."""

from __future__ import annotations

from datetime import datetime

from answerable.errors import ChannelTrouble
from answerable.publish.channels import Channel
from answerable.publish.networks.asking import Line
from answerable.publish.networks.bluesky import Bluesky
from answerable.publish.networks.hook import Hook
from answerable.publish.networks.hub_ping import HubPing, ping
from answerable.publish.networks.mastodon import Mastodon
from answerable.store import channels
from answerable.store.models import ChannelRow

FEEDS = ("/feed.atom", "/feed.rss", "/feed.json")


def real_channel(row: ChannelRow, secret: str, line: Line, base: str) -> Channel:
    """The channel of a row of the real side. ChannelTrouble where nothing is sent by machine."""
    if row.exercise:
        raise ChannelTrouble("by_hand", permanent=True)
    if row.kind == channels.MASTODON:
        return Mastodon(row.address, line, secret)
    if row.kind == channels.BLUESKY:
        return Bluesky(row.address, row.account, line, secret)
    if row.kind == channels.WEBHOOK:
        return Hook(row.address, line.post, secret)
    if row.kind == channels.HUB:
        return HubPing(row.address, tuple(f"{base}{path}" for path in FEEDS), line.post)
    raise ChannelTrouble("by_hand", permanent=True)


def try_out(channel: Channel, now: datetime) -> int | None:
    """Speak to its server without publishing. How many follow it, where it says so. Raises ChannelTrouble."""
    if isinstance(channel, Mastodon | Bluesky):
        return channel.followers()
    if isinstance(channel, Hook):
        channel.try_out(now)
    if isinstance(channel, HubPing):
        ping(channel.post, channel.hub, channel.topics)  # it looks, and finds nothing new
    return None
