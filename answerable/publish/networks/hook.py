"""Statements to a webhook: the whole text as JSON, signed as Standard Webhooks 1.0 say.

Its `webhook-id` is the key of the delivery: a receiver that saw it leaves the repeat out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from answerable.publish.channels import refuse_wrong_side
from answerable.publish.notify.http import encoded, post_bytes
from answerable.publish.notify.message import Post
from answerable.publish.notify.webhook import signed_headers
from answerable.records import Outgoing, Receipt


@dataclass(frozen=True, slots=True)
class Hook:
    """One receiver."""

    address: str
    post: Post
    secret: str = field(default="", repr=False)
    name: str = "webhook"
    exercise: bool = False

    def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
        """Any 2xx is the receipt. It names where the public reads the text, since a webhook is no place."""
        refuse_wrong_side(self, outgoing)
        facts = outgoing.extra
        body = encoded(
            {
                "type": "statement.corrected" if facts.get("first_version") else "statement.published",
                "timestamp": facts.get("published", "") or now.isoformat(timespec="seconds"),
                "data": {
                    "key": outgoing.key,
                    "statement": int(facts.get("statement", "0")),
                    "version": int(facts.get("version", "0")),
                    "kind": facts.get("kind", ""),
                    "title": outgoing.title,
                    "text": outgoing.text,
                    "language": outgoing.language,
                    "voice": {"name": outgoing.voice, "id": outgoing.voice_id},
                    "unit": outgoing.unit,
                    "machine_help": outgoing.machine_help,
                    "link": facts.get("link", ""),
                },
            }
        )
        headers = signed_headers(outgoing.key, body, self.secret, now)
        post_bytes(self.post, self.address, body, headers)
        return Receipt(self.name, outgoing.key, now, facts.get("link", ""))

    def try_out(self, now: datetime) -> None:
        """A test that says so and carries no statement."""
        body = encoded({"type": "test", "timestamp": now.isoformat(timespec="seconds"), "data": {}})
        key = f"test-{int(now.timestamp())}"
        post_bytes(self.post, self.address, body, signed_headers(key, body, self.secret, now))
