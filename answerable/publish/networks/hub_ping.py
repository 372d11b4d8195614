"""WebSub (W3C): tells a hub that our feeds changed, so that their subscribers hear at once.

The text itself is in the feeds; a ping that comes twice makes the hub look twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from answerable.publish.channels import refuse_wrong_side
from answerable.publish.notify.http import post_bytes
from answerable.publish.notify.message import Post
from answerable.records import Outgoing, Receipt


@dataclass(frozen=True, slots=True)
class HubPing:
    """One hub and the feeds it serves."""

    hub: str
    topics: tuple[str, ...]  # addresses of our feeds
    post: Post
    name: str = "hub"
    exercise: bool = False

    def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
        """Every feed is named in a request of its own: hubs differ in what they make of a list."""
        refuse_wrong_side(self, outgoing)
        ping(self.post, self.hub, self.topics)
        return Receipt(self.name, outgoing.key, now, self.topics[0])


def ping(post: Post, hub: str, topics: Iterable[str]) -> None:
    """Tell the hub. ChannelTrouble when it does not take one of them."""
    for topic in topics:
        body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode()
        post_bytes(post, hub, body, {"Content-Type": "application/x-www-form-urlencoded", "Accept": "*/*"})
