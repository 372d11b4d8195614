"""What fell due while the desk was down is settled in a few transactions, none of them long, none half done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.store import batches, clocks, escalations, ledger
from answerable.store.models import Clock, Escalation, Incident, LedgerRow
from tests.cast import Desk
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
