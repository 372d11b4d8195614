"""Which promise of time a public incident shows first, and which ones it has broken.

A promise is a running clock, or the next word that a statement announced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.store.reading.public_incidents import ClockSeen, IncidentSeen

NEXT_WORD = "next_word"


@dataclass(frozen=True, slots=True)
class Promise:
    """One time that people may hold us to."""

    kind: str  # a clock's kind, or next_word
    started_at: datetime
    due_at: datetime
    statement: int | None = None  # which statement announced it


def next_promise(incident: IncidentSeen, now: datetime) -> Promise | None:
    """The promise that falls due first; None when nothing is promised any more."""
    if incident.resolved_at is not None:
        return None
    coming = [promise for promise in _promises(incident) if promise.due_at > now]
    return min(coming, key=lambda promise: promise.due_at, default=None)


def overdue_word(incident: IncidentSeen, now: datetime) -> Promise | None:
    """The word our newest publication promised, when its time has passed and nothing followed."""
    if incident.resolved_at is not None or not incident.statements:
        return None
    newest = incident.statements[0]
    if newest.next_word_at is None or newest.next_word_at > now:
        return None
    return Promise(NEXT_WORD, newest.published_at, newest.next_word_at, newest.id)


def missed(incident: IncidentSeen, now: datetime) -> tuple[ClockSeen, ...]:
    """Clocks that were not kept: past due, met too late or not at all."""
    return tuple(clock for clock in incident.clocks if clock.due_at <= (clock.met_at or now))


def _promises(incident: IncidentSeen) -> list[Promise]:
    clocks = [
        Promise(clock.kind, clock.started_at, clock.due_at) for clock in incident.clocks if not clock.met_at
    ]
    words = [
        Promise(NEXT_WORD, line.published_at, line.next_word_at, line.id)
        for line in incident.statements
        if line.next_word_at is not None
    ]
    return clocks + words
