"""A disputed owner: settled by the unit above within 30 minutes, or it goes up, each time exactly once."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.store import disputes
from answerable.store.models import Dispute, Incident, LedgerRow, Notice, TimelineEntry, Unit, UnitTold
from answerable.store.reading.needs import needs
from tests.cast import Desk
from tests.store.scene import at_once, incident
from tests.store.test_calls import ordered
from tests.web import stage

pytestmark = pytest.mark.store

MINUTE = timedelta(minutes=1)


def below(parent: Unit, name: str) -> Unit:
    made = Unit.objects.create(name=name, parent=parent, timezone="Europe/London")
    made.path = f"{parent.path}{made.pk}/"
    made.save()
    return made


def of_unit(desk: Desk, unit: Unit) -> Incident:
    made = incident(desk, raised=desk.now)
    Incident.objects.filter(pk=made.pk).update(unit=unit)
    made.refresh_from_db()
    return made


def test_the_unit_above_is_called_and_settles_it(desk: Desk) -> None:
    """Charlie says that Parks should answer; the council is called, decides, and Parks is told to take over."""
    parks = below(desk.top, "Parks")
    made = of_unit(desk, desk.water)
    ordered(desk, desk.carol)
    disputes.contest(desk.charlie, made.pk, unit=parks, why="The leak is in the park.", now=desk.now)
    assert list(Notice.objects.values_list("person__login", flat=True)) == ["carol"]
    due = [(need.kind, need.due) for need in needs(desk.carol, exercise=False) if need.kind == "dispute"]
    assert due == [("dispute", desk.now + 30 * MINUTE)]
    disputes.settle(desk.carol, made.pk, unit=parks, note="It is their pipe.", now=desk.now + 10 * MINUTE)
    made.refresh_from_db()
    assert made.unit == parks
    assert UnitTold.objects.filter(incident=made, unit=parks, why="hand_over").exists()
    assert not [need for need in needs(desk.carol, exercise=False) if need.kind == "dispute"]
    kinds = list(TimelineEntry.objects.filter(incident=made).order_by("id").values_list("kind", flat=True))
    assert kinds.count("disputed") == kinds.count("dispute_settled") == 1


def test_who_disputes_does_not_settle(desk: Desk) -> None:
    """Only the unit above decides; the two that quarrel read it, and the owner may also stay."""
    made = of_unit(desk, desk.water)
    parks = below(desk.top, "Parks")
    disputes.contest(desk.charlie, made.pk, unit=parks, why="Not ours.", now=desk.now)
    with pytest.raises(NotAllowed):
        disputes.settle(desk.charlie, made.pk, unit=parks, now=desk.now)
    version = Incident.objects.get(pk=made.pk).version
    disputes.settle(desk.bob, made.pk, unit=desk.water, note="It is.", now=desk.now)
    made.refresh_from_db()
    assert (made.unit, made.version) == (desk.water, version)


def test_what_is_refused(desk: Desk) -> None:
    """No words, the present owner, the top unit, a second dispute, one that is settled, an unknown person."""
    made, parks = of_unit(desk, desk.water), below(desk.top, "Parks")
    for unit, why in ((parks, " "), (desk.water, "Ours.")):
        with pytest.raises(BadInput):
            disputes.contest(desk.charlie, made.pk, unit=unit, why=why, now=desk.now)
    with pytest.raises(BadInput, match="stands above"):
        disputes.contest(desk.carol, incident(desk).pk, unit=desk.water, why="Theirs.", now=desk.now)
    with pytest.raises(NotAllowed):
        stranger = stage.person("pia", Role.INFORMATION_OFFICER, parks)
        disputes.contest(stranger, made.pk, unit=parks, why="Ours.", now=desk.now)
    disputes.contest(desk.charlie, made.pk, unit=parks, why="Theirs.", now=desk.now)
    with pytest.raises(Conflict):
        disputes.contest(desk.charlie, made.pk, unit=parks, why="Again.", now=desk.now)
    disputes.settle(desk.carol, made.pk, unit=parks, now=desk.now)
    with pytest.raises(Conflict):
        disputes.settle(desk.carol, made.pk, unit=desk.water, now=desk.now)


def test_it_goes_up_once_for_each_unit_above_whatever_the_clock_does(desk: Desk, seed: int) -> None:
    """Three units stand above; ticks jump to and fro by hours and days: each is told once, the top keeps it."""
    rng = random.Random(seed)
    street = below(below(below(desk.water, "North"), "Fenmoor"), "Mill Lane")
    made = of_unit(desk, street)
    disputes.contest(desk.carol, made.pk, unit=desk.top, why="Too big for us.", now=desk.now)
    now = desk.now
    for _ in range(60):
        now += rng.choice(
            (MINUTE, 20 * MINUTE, 60 * MINUTE, -60 * MINUTE, timedelta(days=1), -timedelta(days=1))
        )
        disputes.tick(now)
    for hours in range(1, 5):
        disputes.tick(desk.now + timedelta(days=90, hours=hours))
    told = list(UnitTold.objects.filter(incident=made).order_by("id").values_list("unit__name", flat=True))
    assert told == ["Fenmoor", "North", "Water Services", "Brackwater Council"]
    found = Dispute.objects.get()
    assert (found.judge, found.rises, found.due_at) == (desk.top, 3, None)
    assert LedgerRow.objects.filter(action="dispute.rise").count() == 3


def test_two_settle_at_once_and_one_wins(desk: Desk) -> None:
    """Both decide in the same moment: one decision stands, the other person is told."""
    parks = below(desk.top, "Parks")
    for _ in range(5):
        made = of_unit(desk, desk.water)
        disputes.contest(desk.charlie, made.pk, unit=parks, why="Not ours.", now=desk.now)
        results = at_once(
            lambda n=made.pk: disputes.settle(desk.carol, n, unit=parks, now=desk.now),
            lambda n=made.pk: disputes.settle(desk.bob, n, unit=desk.water, now=desk.now),
        )
        assert sorted(type(one).__name__ for one in results) == ["Conflict", "Dispute"]
        won = Dispute.objects.get(incident=made)
        made.refresh_from_db()
        assert made.unit == won.unit


def test_the_pages_of_a_dispute(desk: Desk) -> None:
    """Raised and settled by forms; the incident shows who quarrels, why, and by when it is settled."""
    parks, made = below(desk.top, "Parks"), of_unit(desk, desk.water)
    page = f"/desk/incidents/{made.pk}"
    with stage.clock(desk.now):
        charlie, carol = stage.client(desk.charlie), stage.client(desk.carol)
        assert "Brackwater Council is told now" in charlie.get(f"{page}/dispute").content.decode()
        assert charlie.post(f"{page}/dispute", {"unit": "", "why": "Theirs."}).status_code == 400
        assert (
            charlie.post(f"{page}/dispute", {"unit": parks.pk, "why": "The park leaks."}).status_code == 302
        )
        shown = carol.get(page).content.decode()
        assert "Charlie Hollin says that Parks should answer for it." in shown
        assert "Settle who answers" in shown
        assert "Settle who answers</a>" not in charlie.get(page).content.decode()
        assert "The park leaks." in carol.get(f"{page}/dispute/settle").content.decode()
        assert carol.post(f"{page}/dispute/settle", {"unit": parks.pk, "note": "Yes."}).status_code == 302
        assert carol.get(f"{page}/dispute/settle").status_code == 409
        assert "Brackwater Council settled it: Parks answers" in carol.get(page).content.decode()
