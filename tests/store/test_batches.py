"""What fell due while the desk was down is settled in a few transactions, none of them long, none half done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from answerable.respond.escalation import Step
from answerable.store import batches, case_clocks, clocks, escalations, ledger
from answerable.store.models import Case, CaseStep, Clock, Escalation, Incident, LedgerRow
from tests.cast import Desk
from tests.store.casework import case
from tests.store.scene import incident

pytestmark = pytest.mark.store

LATER = timedelta(days=3)


def overdue(desk: Desk, count: int) -> int:
    """Major incidents whose clocks all passed; returns how many clocks."""
    for number in range(count):
        row = Incident.objects.create(
            title=f"Matter {number}",
            level=2,
            unit=desk.top,
            opened_by=desk.carol,
            opened_at=desk.now,
            heard_at=desk.now,
        )
        clocks.follow_level(row, None, desk.now)
    return Clock.objects.count()


def transactions(seen: CaptureQueriesContext) -> int:
    """How many began."""
    return sum(query["sql"].upper().startswith("BEGIN") for query in seen.captured_queries)


def test_what_was_missed_meanwhile_shares_its_transactions(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """60 clocks: five transactions to mark them, five for all of their steps, each step in the ledger once."""
    monkeypatch.setattr(batches, "MOST", 12)
    monkeypatch.setattr(batches, "HELD_S", 60.0)
    count = overdue(desk, 20)
    assert count == 60
    with CaptureQueriesContext(connection) as seen:
        assert clocks.mark_missed(desk.now + LATER) == count
    assert transactions(seen) == 5
    with CaptureQueriesContext(connection) as seen:
        assert escalations.tick(desk.now + LATER) == Escalation.objects.count() == 4 * count
    assert transactions(seen) == 5
    assert clocks.mark_missed(desk.now + LATER) == escalations.tick(desk.now + LATER) == 0
    assert LedgerRow.objects.filter(action="clock.escalate").count() == 4 * count
    assert ledger.verify_stored() is None


def test_steps_of_cases_share_their_transactions_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine late cases, one told of before: two transactions, every owed step once, and one line for each case.

    Sabotage: take `owed(...)` out of `case_clocks.escalate`, or out of `escalations._take`.
    """
    made = [case(desk, f"Lamp {number} is dark").pk for number in range(9)]
    soon = Case.objects.get(pk=made[0])
    assert soon.due_at
    with transaction.atomic():
        assert case_clocks.escalate(soon, soon.due_at) == 2  # reminder and head
    monkeypatch.setattr(batches, "MOST", 5)
    monkeypatch.setattr(batches, "HELD_S", 60.0)
    late = soon.due_at + timedelta(days=3)
    with CaptureQueriesContext(connection) as seen:
        assert case_clocks.tick(late) == 2 + 8 * 4
    assert transactions(seen) == 2
    steps = list(CaseStep.objects.values_list("case", "step"))
    assert sorted(steps) == sorted((pk, step.value) for pk in made for step in Step)
    assert case_clocks.tick(late) == 0
    assert LedgerRow.objects.filter(action="case.step").count() == 10


def test_of_what_passed_while_the_desk_was_down_only_what_is_owed_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told before stays told once, and a clock that was kept before its end is told of to nobody.

    Sabotage: in `respond.escalation.owed` forget `told`, or what was met.
    """
    monkeypatch.setattr(batches, "HELD_S", 60.0)
    overdue(desk, 3)
    first, second, *rest = Clock.objects.order_by("due_at", "id")
    assert escalations.tick(first.due_at) == 2 * 3  # three clocks of an hour: reminder and head
    Clock.objects.filter(pk=second.pk).update(met_at=second.due_at)
    kept = rest[-1]
    Clock.objects.filter(pk=kept.pk).update(met_at=kept.started_at)
    escalations.tick(desk.now + LATER)
    told = {clock: list(steps_of(clock)) for clock in Clock.objects.values_list("pk", flat=True)}
    assert told[second.pk] == ["reminder", "head"]
    assert told[kept.pk] == []
    others = [steps for pk, steps in told.items() if pk not in (second.pk, kept.pk)]
    assert others == [["reminder", "head", "superior", "public"]] * 7


def steps_of(clock: int) -> list[str]:
    """What was told of a clock, in the order of the telling."""
    return list(Escalation.objects.filter(clock=clock).order_by("id").values_list("step", flat=True))


def test_nobody_waits_longer_than_one_row_for_a_slow_batch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the time of a batch is over after its first row, each row has a transaction of its own."""
    monkeypatch.setattr(batches, "HELD_S", 0.0)
    count = overdue(desk, 2)
    with CaptureQueriesContext(connection) as seen:
        assert clocks.mark_missed(desk.now + LATER) == count
    assert transactions(seen) == count


def test_a_batch_is_taken_as_a_whole_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble in the second of two batches keeps the first, undoes the second, and the next tick takes it."""
    monkeypatch.setattr(batches, "MOST", 3)
    monkeypatch.setattr(batches, "HELD_S", 60.0)
    incident(desk, raised=desk.now)
    overdue(desk, 1)
    ids = list(Clock.objects.order_by("id").values_list("pk", flat=True))

    def take(number: int) -> int:
        Clock.objects.filter(pk=number).update(missed_at=desk.now)
        if number == ids[-1]:
            raise RuntimeError("the power went")
        return 1

    with pytest.raises(RuntimeError, match="power"):
        batches.settle(ids, take)
    assert set(Clock.objects.filter(missed_at__isnull=False).values_list("pk", flat=True)) == set(ids[:3])
    assert clocks.mark_missed(desk.now + LATER) == 3
