"""Notices to a phone by ntfy: published as JSON to the server, so that every script and sign survives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit, urlunsplit

from answerable.errors import ChannelTrouble
from answerable.publish.notify.http import cut, field_of, post_json, said
from answerable.publish.notify.message import Message, Post, Target
from answerable.records import Json

MESSAGE_BYTES = 4096  # what a longer text becomes is an attachment, which a lock screen does not show
URGENT, USUAL = 5, 3  # of ntfy's 1 (min) to 5 (max)


@dataclass(frozen=True, slots=True)
class Ntfy:
    """A topic, with an access token where the server asks for one."""

    post: Post

    def send(self, message: Message, to: Target, _now: datetime) -> str:
        """The receipt is the id that the server gave the message."""
        server, topic = split(to.address)
        payload: dict[str, Json] = {
            "topic": topic,
            "title": message.title,
            "message": cut("\n".join([*message.lines, message.foot]), MESSAGE_BYTES),
            "priority": URGENT if message.urgent and not message.exercise else USUAL,
            "tags": ["test_tube"] if message.exercise else ["ear"],
            "click": message.answer or message.link,
        }
        if message.answer and message.link:
            payload["actions"] = [{"action": "view", "label": message.link_words, "url": message.link}]
        headers = {"Authorization": f"Bearer {to.secret}"} if to.secret else {}
        body = post_json(self.post, server, payload, headers)
        number = field_of(body, "id")
        return f"id {number}"[:80] if number else said(body, to.secret) or "2xx"


def split(address: str) -> tuple[str, str]:
    """(address of the server, topic) of a topic's URL. ChannelTrouble when it names no topic."""
    parts = urlsplit(address)
    before, _, topic = parts.path.rstrip("/").rpartition("/")
    if not topic or parts.query:
        raise ChannelTrouble("no_topic", permanent=True)
    return urlunsplit((parts.scheme, parts.netloc, before + "/", "", "")), unquote(topic)
