"""The clock process marks what passed, once, through errors and restarts, and stops when it is told."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from answerable.run import clock
from answerable.store import clocks, ledger
from answerable.store.models import Clock, LedgerHead
from tests.cast import Desk
from tests.store.scene import incident, ledger_rows

pytestmark = pytest.mark.store


class _Hands:
    """A clock's time that jumps, and stops the loop after so many readings."""

    def __init__(self, stop: threading.Event, start: datetime, step: timedelta, readings: int) -> None:
        self.stop, self.at, self.step, self.left = stop, start, step, readings

    def __call__(self) -> datetime:
        self.at += self.step
        self.left -= 1
        if self.left <= 0:
            self.stop.set()
        return self.at


def _run(start: datetime, step: timedelta, readings: int) -> None:
    stop = threading.Event()
    clock.run_clock(stop, _Hands(stop, start, step, readings), every=0.001)


def test_every_deadline_is_marked_once_as_time_passes(desk: Desk) -> None:
    """Two clocks run over the same day, one after the other: three deadlines, three rows, one head a day."""
    made = incident(desk)
    for _ in range(2):
        _run(made.heard_at, timedelta(hours=1), 30)
    assert Clock.objects.filter(missed_at__isnull=False).count() == 3
    assert [row[0] for row in ledger_rows()].count("clock.miss") == 3
    assert LedgerHead.objects.count() == 2
    assert ledger.verify_stored() is None


def test_a_long_sleep_loses_no_deadline(desk: Desk) -> None:
    """After a week without a clock the first tick marks all that passed."""
    made = incident(desk)
    _run(made.heard_at, timedelta(days=7), 1)
    assert Clock.objects.filter(missed_at=made.heard_at + timedelta(days=7)).count() == 3


def test_a_database_error_costs_one_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The same trouble ten times is said once; afterwards deadlines are marked as if nothing had been."""
    made = incident(desk)
    real: Callable[[datetime], int] = clocks.mark_missed
    calls = []

    def sometimes(now: datetime) -> int:
        calls.append(now)
        if len(calls) <= 10:
            raise OperationalError("database is locked\nfor now")
        return real(now)

    monkeypatch.setattr(clocks, "mark_missed", sometimes)
    with caplog.at_level(logging.INFO, "answerable.run.clock"):
        _run(made.heard_at, timedelta(hours=1), 12)
    said = [record.getMessage() for record in caplog.records]
    assert [line for line in said if "locked" in line] == [
        "Deadlines are not marked for now (OperationalError: database is locked for now); trying again, none is lost."
    ]
    assert sum("answers again" in line for line in said) == 1
    assert Clock.objects.filter(missed_at__isnull=False).count() == 2


def test_the_head_waits_for_the_first_row(desk: Desk) -> None:
    """An empty ledger has no head; the day's head is fixed as soon as there is a row."""
    assert clock.tick(desk.now, None) is None
    incident(desk)
    assert clock.tick(desk.now, None) == desk.now.date()
    assert LedgerHead.objects.get().row == 1


def test_it_stops_within_a_second(desk: Desk) -> None:
    """Told to stop, it does not finish its pause."""
    stop = threading.Event()
    running = threading.Thread(target=clock.run_clock, args=(stop,), kwargs={"every": 30.0})
    running.start()
    time.sleep(0.2)
    before = time.monotonic()
    stop.set()
    running.join(5)
    assert not running.is_alive()
    assert time.monotonic() - before < 1
