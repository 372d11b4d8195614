"""Which promise of time a public incident shows first, and which ones it has broken.

A promise is a running clock; among them the next word that a statement or a change of state announced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.respond.levels import NEXT_WORD
from answerable.store.reading.public_incidents import ClockSeen, IncidentSeen


@dataclass(frozen=True, slots=True)
class Promise:
    """One time that people may hold us to."""

    kind: str  # a clock's kind, or next_word
    started_at: datetime
    due_at: datetime


def next_promise(incident: IncidentSeen, now: datetime) -> Promise | None:
    """The promise that falls due first; None when nothing is promised any more."""
    if incident.resolved_at is not None:
        return None
    coming = [promise for promise in _promises(incident) if promise.due_at > now]
    return min(coming, key=lambda promise: promise.due_at, default=None)


def overdue_word(incident: IncidentSeen, now: datetime) -> Promise | None:
    """The next word that was promised, when its time has passed and nothing followed."""
    late = [promise for promise in _promises(incident) if promise.kind == NEXT_WORD and promise.due_at <= now]
    return late[0] if late and incident.resolved_at is None else None


def missed(incident: IncidentSeen, now: datetime) -> tuple[ClockSeen, ...]:
    """Clocks that were not kept: past due, met too late or not at all.

    The word that is owed right now stands first on the page already, until its explanation is written.
    """
    late = (clock for clock in incident.clocks if clock.due_at <= (clock.met_at or now))
    return tuple(one for one in late if one.kind != NEXT_WORD or one.met_at or one.explanation)


def shown(incident: IncidentSeen) -> tuple[ClockSeen, ...]:
    """Every clock of the level; of promised words only those that run or came late, for there may be many."""
    return tuple(
        one
        for one in incident.clocks
        if one.kind != NEXT_WORD or one.met_at is None or one.met_at > one.due_at
    )


def words_kept(incident: IncidentSeen) -> tuple[int, int]:
    """(kept in time, over): how many promised words came when they were promised."""
    over = [one for one in incident.clocks if one.kind == NEXT_WORD and (one.met_at or one.missed_at)]
    return sum(one.met_at is not None and one.met_at <= one.due_at for one in over), len(over)


def _promises(incident: IncidentSeen) -> list[Promise]:
    return [
        Promise(clock.kind, clock.started_at, clock.due_at) for clock in incident.clocks if not clock.met_at
    ]
