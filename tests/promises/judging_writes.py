"""Every write of rapid judgement, tasks and supervision, for the test of promise 9."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from answerable.permissions import Role
from answerable.store import clocks, disputes, emergencies, incidents, rooms, supervision, tasks
from answerable.store.models import Incident, IncidentTask, Room, UnitTold
from tests.cast import Desk
from tests.store.scene import alert, incident, story
from tests.web import stage


def changes(desk: Desk, secret: str) -> dict[str, Callable[[], Any]]:
    """The writes in an order in which each can happen."""
    first, second = alert(desk, story(desk)), alert(desk, story(desk))
    made = incident(desk)
    otto = stage.person("otto", Role.OVERSEER, desk.top)
    incidents.hand_over(desk.carol, made.pk, unit=desk.water, version=1, now=desk.now)
    incidents.hand_over(desk.carol, made.pk, unit=desk.top, version=2, now=desk.now)
    owed = UnitTold.objects.order_by("pk")[0]
    late: dict[str, Any] = {"now": desk.now + timedelta(hours=3)}

    def room(of: Any) -> int:
        return Room.objects.get(alert=of).pk

    def task() -> int:
        return IncidentTask.objects.order_by("pk")[0].pk

    def missed() -> int:
        clocks.mark_missed(**late)
        return int(made.clocks.filter(missed_at__isnull=False).order_by("pk")[0].pk)

    chosen = rooms.Decision(title=secret, level=2, unit=desk.top, owner=desk.bob, told=[desk.water])
    theirs = incident(desk)
    Incident.objects.filter(pk=theirs.pk).update(unit=desk.water)
    return {
        "disputes.contest": lambda: disputes.contest(
            desk.carol, theirs.pk, unit=desk.top, why=secret, now=desk.now
        ),
        "disputes.settle": lambda: disputes.settle(
            desk.carol, theirs.pk, unit=desk.top, note=secret, now=desk.now
        ),
        "rooms.open_room": lambda: rooms.open_room(desk.carol, first.pk, now=desk.now),
        "rooms.come": lambda: rooms.come(desk.bob, room(first), now=desk.now),
        "rooms.assess": lambda: rooms.assess(desk.bob, room(first), level=2, text=secret, now=desk.now),
        "rooms.decide_incident": lambda: rooms.decide_incident(
            desk.bob, room(first), chosen, note=secret, now=desk.now
        ),
        "second room": lambda: rooms.open_room(desk.carol, second.pk, now=desk.now),
        "rooms.decide_nothing": lambda: rooms.decide_nothing(
            desk.bob, room(second), why="not_ours", note=secret, now=desk.now
        ),
        "emergencies.send": lambda: emergencies.send(
            desk.carol, made.pk, conclusion=secret, units=[desk.water], now=desk.now
        ),
        "tasks.add": lambda: tasks.add(desk.carol, made.pk, text=secret, phase="hour", now=desk.now),
        "tasks.finish": lambda: tasks.finish(desk.carol, task(), now=desk.now),
        "tasks.reopen": lambda: tasks.reopen(desk.carol, task(), now=desk.now),
        "tasks.tick": lambda: tasks.tick(desk.carol, made.pk, code="facts", now=desk.now),
        "supervision.explain": lambda: supervision.explain(desk.charlie, owed.pk, text=secret, **late),
        "supervision.record_finding": lambda: supervision.record_finding(
            otto, "clock", missed(), finding="honest_error", text=secret, **late
        ),
    }
