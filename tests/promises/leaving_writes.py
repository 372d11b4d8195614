"""Every write about texts that leave by themselves and replies elsewhere, for the test of promise 9."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from answerable.permissions import Role
from answerable.store import departures, press, voice_replies
from answerable.store.models import PressQuestion
from tests.cast import Desk
from tests.store.scene import draft, publish, story
from tests.store.test_departures import approved, bobs, head


def changes(desk: Desk, secret: str) -> dict[str, Callable[[], Any]]:
    """The writes in an order in which each can happen."""
    hana = head(desk, "hana", Role.HEAD)
    planned, alone = approved(desk), bobs(desk, title=secret)
    out = publish(desk, draft(desk))
    about = story(desk)
    later = desk.now + timedelta(minutes=10)

    def settle() -> None:
        departures.tick(later)
        departures.settle_owed(hana, alone.pk, alone.text_hash, outcome="objected", note=secret, now=later)

    return {
        "departures.plan": lambda: departures.plan(
            desk.bob, planned.pk, planned.text_hash, at=later, now=desk.now
        ),
        "departures.call_off": lambda: departures.call_off(desk.bob, planned.pk, now=desk.now),
        "departures.invoke": lambda: departures.invoke(
            desk.bob, alone.pk, alone.text_hash, ground="life", now=desk.now
        ),
        "departures.settle_owed": settle,
        "press.ask": lambda: press.ask(
            desk.carol, unit=desk.top, outlet="Fenmoor Gazette", text=secret, due_at=later, now=desk.now
        ),
        "press.answer_all": lambda: press.answer_all(
            desk.bob, [PressQuestion.objects.get().pk], out.statement_id, now=desk.now
        ),
        "press.point_to": lambda: press.point_to(
            desk.carol, about.pk, outlet="Fenmoor Gazette", note=secret, now=desk.now
        ),
        "voice_replies.note": lambda: voice_replies.note(
            desk.carol, out.statement_id, link="https://gazette.example/r/1", said_at=desk.now, now=desk.now
        ),
    }
