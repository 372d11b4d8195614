"""Every write about how an incident is spoken of, for the test of promise 9."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from answerable.store import conferences, shared_lines
from answerable.store.models import ConferenceQuestion, SharedLine
from tests.cast import Desk
from tests.store.scene import incident


def changes(desk: Desk, secret: str) -> dict[str, Callable[[], Any]]:
    """The writes in an order in which each can happen."""
    made = incident(desk).pk
    ahead: dict[str, Any] = {"at": desk.now + timedelta(hours=3), "place": secret, "now": desk.now}

    def question() -> int:
        return ConferenceQuestion.objects.order_by("pk")[0].pk

    def line() -> int:
        return SharedLine.objects.order_by("pk")[0].pk

    return {
        "conferences.plan": lambda: conferences.plan(desk.carol, made, voice=desk.voice, **ahead),
        "conferences.call_off": lambda: conferences.call_off(desk.carol, made, now=desk.now),
        "conferences.expect": lambda: conferences.expect(desk.carol, made, text=secret, now=desk.now),
        "conferences.prepare": lambda: conferences.prepare(
            desk.carol, question(), prepared=secret, now=desk.now
        ),
        "conferences.asked": lambda: conferences.asked(
            desk.carol, made, number=question(), outlet=secret, now=desk.now
        ),
        "conferences.give": lambda: conferences.give(desk.bob, question(), answer=secret, now=desk.now),
        "shared_lines.write": lambda: shared_lines.write(desk.carol, made, text=secret, now=desk.now),
        "shared_lines.link": lambda: shared_lines.link(desk.carol, made, units=[desk.water], now=desk.now),
        "shared_lines.approve": lambda: shared_lines.approve(desk.bob, line(), now=desk.now),
        "shared_lines.retire": lambda: shared_lines.retire(desk.bob, line(), now=desk.now),
    }
