"""Sends an invitation below a public post: by the channel of the network, once, under its own key.

What the network calls the post, and its writer, is used for this one request and written down nowhere.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from answerable.records import Receipt
from answerable.run.sending import noted
from answerable.store import invitations, statements
from answerable.store.invitations import Taken

if TYPE_CHECKING:
    from answerable.run.sender import Sender


def deliver(sending: Sender, taken: Taken, now: datetime) -> None:
    """Send one and write down how it went."""
    row = taken.row

    def send() -> Receipt:
        words = statements.spoken(
            row.voice,
            key=f"invitation-{row.pk}",
            title=row.text.title,
            text=row.said,
            language=row.text.language,
            extra={
                "post": taken.target,
                "link": row.said.rpartition("\n")[2],
                "published": row.made_at.astimezone(UTC).isoformat(),
                "again": "1" if taken.tries > 1 else "",
            },
        )
        return sending.channel(row.channel).send(words, now)

    noted(
        f"Invitation {row.pk}",
        send,
        lambda receipt: invitations.delivered(taken, receipt, datetime.now(UTC)),
        lambda trouble: invitations.not_delivered(taken, trouble, now, sending.luck()),
    )
