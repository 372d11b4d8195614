"""A furnished desk's dispute about who answers."""

from __future__ import annotations

from typing import Any

from answerable.store import disputes, incidents
from tests.cast import Desk


def contested(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """Water Services says that the council should answer, which has not settled it yet."""
    of = incidents.open_incident(
        desk.carol, title="A pond under Hollin Bridge", level=4, unit=desk.water, story_ids=[2], now=desk.now
    )
    why = "Three services work there."
    disputes.contest(desk.charlie, of.pk, unit=desk.top, why=why, now=desk.now)
    where["desk:dispute_settle"] = {"number": of.pk}
