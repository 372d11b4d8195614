"""Promise 5: the clock shows. Deadlines are public where the matter is public; a missed one asks for its reason.

Sabotage: let the public page leave out clocks that were missed; the breach is no longer seen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from answerable.store import clocks, incidents
from answerable.store.models import Clock, Incident
from tests.cast import Desk
from tests.store.scene import draft, incident, publish

SABOTAGE = (
    "answerable/store/reading/public_incidents.py",
    "Clock.objects.filter(dropped_at=None)",
    "Clock.objects.filter(dropped_at=None, missed_at=None)",
)

MISSED = {
    "holding_60m": "We missed our promise of a first word",
    "statement_5h": "We missed our promise of a full statement",
    "conference_24h": "We missed our promise of a press conference",
    "answer_48h": "We missed our promise of an answer",
}
RUNNING = {
    "holding_60m": "Holding line, 60 min",
    "statement_5h": "Authoritative statement, 5 h",
    "conference_24h": "Press conference, 24 h",
    "answer_48h": "Answer, 48 h",
}


def page(row: Incident) -> str:
    """The public page of an incident."""
    return Client(HTTP_HOST="127.0.0.1").get(f"/incidents/{row.pk}/").content.decode()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> Callable[[float], None]:
    """Set the clock of the web to so many hours after the tests' now, and mark what that makes late."""

    def move(hours: float) -> None:
        moment = desk.now + timedelta(hours=hours)
        monkeypatch.setattr("answerable.web.middleware.timezone.now", lambda: moment)
        clocks.mark_missed(moment)

    return move


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_every_clock_of_a_public_matter_is_public(
    desk: Desk, at: Callable[[float], None], level: int
) -> None:
    """Each clock that runs stands on the public page with its deadline, whatever the level."""
    row = incident(desk, level=level, raised=desk.now)
    at(0.1)
    said = page(row)
    for clock in row.clocks.all():
        assert RUNNING[clock.kind] in said
        assert clock.due_at.strftime("%H:%M (UTC)") in said


@pytest.mark.parametrize("level", [1, 3])
def test_every_missed_clock_is_said_and_owes_its_reason(
    desk: Desk, at: Callable[[float], None], level: int
) -> None:
    """Two days of silence: each clock of the level is a breach in words, each owes an explanation."""
    row = incident(desk, level=level, raised=desk.now)
    at(49)
    said = page(row)
    kinds = list(row.clocks.values_list("kind", flat=True))
    assert all(MISSED[kind] in said for kind in kinds)
    assert said.count("We owe you an explanation.") == len(kinds)


def test_an_answer_that_comes_late_does_not_hide_the_breach(desk: Desk, at: Callable[[float], None]) -> None:
    """Met late is said as late, with how late; it still owes its explanation."""
    row = incident(desk, level=3, raised=desk.now)
    publish(desk, draft(desk, row), desk.now + timedelta(hours=50))
    at(51)
    said = page(row)
    assert MISSED["answer_48h"] in said
    assert "It came 2 h late" in said
    assert "We owe you an explanation." in said


def test_a_lower_level_hides_no_breach(desk: Desk, at: Callable[[float], None]) -> None:
    """Lowering the level afterwards leaves the missed clocks where everybody sees them."""
    row = incident(desk, level=1, raised=desk.now)
    at(6)
    row.refresh_from_db()
    later = desk.now + timedelta(hours=6)
    incidents.change_level(desk.carol, row.pk, level=4, version=row.version, now=later)
    said = page(row)
    assert MISSED["holding_60m"] in said
    assert MISSED["statement_5h"] in said
    assert Clock.objects.get(incident=row, kind="conference_24h").dropped_at == later
