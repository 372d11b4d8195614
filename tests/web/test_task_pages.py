"""Checklists, receipts after a hand-over, and the supervision list with its findings, as people use them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.respond.checklists import PHASES, checklist
from answerable.respond.levels import LEVELS
from answerable.store import clocks, incidents, receipts, supervision, tasks, timeline
from answerable.store.models import IncidentTask, Person, Supervision, UnitTold
from answerable.store.reading.oversight import issues
from tests.cast import NOW, Desk
from tests.store.scene import at_once, incident, ledger_rows
from tests.web import stage

HOUR = timedelta(hours=1)


def otto(desk: Desk) -> Person:
    """The overseer of the council."""
    return stage.person("otto", Role.OVERSEER, desk.top)


def test_every_task_of_a_checklist_stands_once() -> None:
    """No code in two phases, at no level; a minor matter asks for less."""
    for level in LEVELS:
        codes = [code for phase in PHASES for code in checklist(level, phase)]
        assert len(codes) == len(set(codes))
    assert set(checklist(4, "hour")) < set(checklist(1, "hour"))


def test_the_checklist_is_worked_and_every_step_stands_in_the_timeline(desk: Desk) -> None:
    """Done, open again, done by another: the page shows who and when, the ledger has a row for each."""
    made = incident(desk)
    carol = stage.client(desk.carol)
    address = f"/desk/incidents/{made.pk}/tasks"
    with stage.clock():
        assert "Name one owner" in carol.get(address).content.decode()
        carol.post(f"{address}/tick", {"code": "owner"})
        row = IncidentTask.objects.get()
        assert row.done_by_id == desk.carol.pk
        assert carol.post(f"{address}/tick", {"code": "owner"}).status_code == 409
        carol.post(f"{address}/tick", {"task": str(row.pk), "open": "1"})
        carol.post(
            f"{address}/add", {"text": "Call the waterworks", "phase": "hour", "person": str(desk.bob.pk)}
        )
        page = carol.get(address).content.decode()
        assert "Call the waterworks" in page
        assert carol.post(f"{address}/add", {"text": " ", "phase": "hour"}).status_code == 400
        assert carol.post(f"{address}/tick", {"code": "nonsense"}).status_code == 409
        assert "Call the waterworks" in carol.get(f"/desk/incidents/{made.pk}").content.decode()
    kinds = [entry.kind for entry in reversed(timeline.entries(made.pk))]
    assert kinds == ["opened", "task_done", "task_open", "task_added"]
    assert [row[0] for row in ledger_rows()[-3:]] == ["task.done", "task.open", "task.add"]


def test_two_tick_the_same_task_and_one_wins(desk: Desk) -> None:
    """The other is told; there is one row, one entry, one ledger row."""
    made = incident(desk)
    results = at_once(
        *[lambda by=by: tasks.tick(by, made.pk, code="facts", now=NOW) for by in (desk.bob, desk.carol)]
    )
    assert sum(isinstance(one, Conflict) for one in results) == 1
    assert [row[0] for row in ledger_rows()].count("task.done") == 1
    with pytest.raises(NotAllowed):
        tasks.tick(desk.charlie, made.pk, code="owner", now=NOW)


def test_a_hand_over_to_another_unit_asks_for_its_receipt(desk: Desk) -> None:
    """Nothing is lost between two units: the new one says that it has it, or the list of the overseer says so.

    Sabotage: hand over without telling.
    """
    made = incident(desk)
    incidents.hand_over(desk.carol, made.pk, unit=desk.water, version=1, now=NOW)
    row = UnitTold.objects.get()
    assert (row.unit_id, row.why, row.due_at) == (desk.water.pk, "hand_over", NOW + timedelta(minutes=30))
    watcher = otto(desk)
    assert not issues(watcher, NOW + timedelta(minutes=30))
    assert [(one.kind, one.what) for one in issues(watcher, NOW + timedelta(minutes=31))] == [
        ("told", "hand_over")
    ]
    receipts.receive(desk.charlie, row.pk, NOW + timedelta(minutes=10))
    assert not issues(watcher, NOW + HOUR)
    incidents.hand_over(desk.charlie, made.pk, unit=desk.water, owner=desk.charlie, version=2, now=NOW)
    assert UnitTold.objects.count() == 1


def test_a_missed_clock_runs_from_explanation_to_an_honest_error(desk: Desk) -> None:
    """Issue, explanation, finding: all on one page; the unit reads the finding, and nobody finds twice.

    Sabotage: let a finding be overwritten.
    """
    made = incident(desk)
    late = made.heard_at + 2 * HOUR
    clocks.mark_missed(late)
    clock = clocks.unexplained().get()
    incidents.explain_clock(
        desk.carol, made.pk, clock_id=clock.pk, text="The pager was mute.", version=1, now=late
    )
    browser = stage.client(otto(desk))
    address = f"/desk/oversight/clock/{clock.pk}"
    with stage.clock(late):
        page = browser.get("/desk/oversight").content.decode()
        assert "The pager was mute." in page
        assert f'href="{address}"' in page
        assert f'href="/desk/incidents/{made.pk}"' not in page
        assert browser.post(address, {"finding": "honest_error", "text": " "}).status_code == 400
        browser.post(address, {"finding": "honest_error", "text": "In good faith."})
        assert browser.post(address, {"finding": "avoidable", "text": "No."}).status_code == 400
        theirs = stage.client(desk.carol).get("/desk/oversight").content.decode()
        assert "Honest error, tolerated" in theirs
        assert "In good faith." in theirs
        assert stage.client(desk.carol).get(address).status_code == 403
    kept = Supervision.objects.get()
    assert (kept.finding, kept.text) == ("honest_error", "In good faith.")
    assert [row[0] for row in ledger_rows()].count("finding.record") == 1


def test_an_ignored_message_is_explained_once_by_its_own_unit(desk: Desk) -> None:
    """Before it is overdue there is nothing to explain; another unit cannot; the words stay."""
    made = incident(desk)
    incidents.hand_over(desk.carol, made.pk, unit=desk.water, version=1, now=NOW)
    row = UnitTold.objects.get()
    with pytest.raises(Conflict):
        supervision.explain(desk.charlie, row.pk, text="Early.", now=NOW)
    dan = stage.person("dan", Role.COMMENTATOR, desk.top)
    with pytest.raises(NotAllowed):
        supervision.explain(dan, row.pk, text="Not mine.", now=NOW + HOUR)
    charlie = stage.client(desk.charlie)
    with stage.clock(NOW + HOUR):
        form = charlie.get(f"/desk/told/{row.pk}/explain").content.decode()
        assert "Water Services owed a receipt" in form
        charlie.post(f"/desk/told/{row.pk}/explain", {"text": "Nobody was on duty."})
        assert charlie.post(f"/desk/told/{row.pk}/explain", {"text": "Else."}).status_code == 400
        assert "Nobody was on duty." in charlie.get(f"/desk/incidents/{made.pk}").content.decode()
    assert Supervision.objects.get().explanation == "Nobody was on duty."
    with pytest.raises(BadInput):
        supervision.record_finding(otto(desk), "told", row.pk, finding="guilty", text="x", now=NOW + HOUR)


def test_an_exercise_is_not_supervised(desk: Desk) -> None:
    """Its missed clocks stand in no list and get no finding. Sabotage: leave the mark out of the query."""
    made = incident(desk, exercise=True)
    late = made.heard_at + 2 * HOUR
    clocks.mark_missed(late)
    watcher = otto(desk)
    assert not issues(watcher, late)
    clock = made.clocks.filter(missed_at__isnull=False).first()
    assert clock is not None
    with pytest.raises(NotAllowed):
        supervision.record_finding(watcher, "clock", clock.pk, finding="no_fault", text="x", now=late)
