"""The clock: once a second it marks deadlines that passed; once a day it fixes the ledger's head and keeps
the report of the day that is over.

What it does twice changes nothing, so a kill, a restart or a second clock loses and doubles nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import DatabaseError, connection

from answerable.run import answer_courier, courier, emptying
from answerable.run.start import django
from answerable.store import (
    calls,
    case_clocks,
    clocks,
    departures,
    disputes,
    escalations,
    hearing,
    inbox,
    ledger,
    open_days,
    question_samples,
    questions,
    reporting,
    submissions,
    terms,
)
from answerable.store.keyring import Keyring

LOG = logging.getLogger(__name__)
TICK_S = 1.0
AFTER_TROUBLE_S = 5.0


def main(stop: threading.Event) -> None:
    """Run the clock of this data folder until `stop`."""
    settings = django()
    courier.start(settings, stop)
    answer_courier.start(settings, stop)
    emptying.start(settings, stop)
    run_clock(stop)


def run_clock(
    stop: threading.Event,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    every: float = TICK_S,
) -> None:
    """Tick until `stop`. A database error costs one line and a few seconds; deadlines wait in their rows."""
    headed: date | None = None
    watch = hearing.Watch()
    trouble = ""
    while not stop.is_set():
        try:
            headed = tick(now(), headed)
            if deaf := watch.tick(now()):
                LOG.info("%d source%s fell silent.", deaf, "" if deaf == 1 else "s")
            if trouble:
                LOG.info("The database answers again; no deadline was lost.")
            trouble, pause = "", every
        except DatabaseError as error:
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            if said != trouble:
                LOG.warning("Deadlines are not marked for now (%s); trying again, none is lost.", said)
            trouble, pause = said, max(every, min(AFTER_TROUBLE_S, every * 5))
            connection.close()  # a broken connection heals only by a new one
        stop.wait(pause)


def tick(now: datetime, headed: date | None) -> date | None:
    """One round; `headed` is the last day whose head is known to be fixed, and so is the answer."""
    marked = clocks.mark_missed(now)
    if marked:
        LOG.info("%d deadline%s passed.", marked, "" if marked == 1 else "s")
    if stepped := case_clocks.tick(now):
        LOG.info("%d step%s of cases taken.", stepped, "" if stepped == 1 else "s")
    if told := escalations.tick(now):
        LOG.info("%d step%s of escalation taken.", told, "" if told == 1 else "s")
    if rose := disputes.tick(now):
        LOG.info("%d dispute%s went up.", rose, "" if rose == 1 else "s")
    if called := calls.tick(now):
        LOG.info("%d step%s of calls taken.", called, "" if called == 1 else "s")
    if left := departures.tick(now):
        LOG.info("%d statement%s left at its time.", left, "" if left == 1 else "s")
    if reporting.keep_yesterday(now):
        LOG.info("The report of the day that is over is kept.")
    question_samples.draw_due(now)
    if gone := submissions.forget_due(now):
        LOG.info("Left by their term, contacts and messages of forms together: %d.", gone)
    if now.second % 5 == 0 and (joined := inbox.join_later(now)):
        LOG.info("%d message%s joined a decided group.", joined, "" if joined == 1 else "s")
    today = now.astimezone(UTC).date()
    if headed == today:
        return headed
    questions.mark_again(now)
    terms.sweep(now)
    if open_days.keep(Keyring.open(settings.ANSWERABLE.home), now) is not None:
        LOG.info("The open data of the day is kept.")
    return today if ledger.daily_head(now) is not None else None
