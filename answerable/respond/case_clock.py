"""When a case is due: working time under the calendar of whoever holds it, stopped while it is paused.

A hand-off keeps what is left, and counts it by the new unit's hours. Only an answer stops the clock for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answerable.respond.working_hours import NOTHING, WorkingHours, after, worked


@dataclass(frozen=True, slots=True)
class Leg:
    """From `since` on, the case is counted by these hours."""

    since: datetime
    hours: WorkingHours


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands between these instants; `until` None: it still stands."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One deadline. ValueError without a leg, or with one that begins after the clock."""

    started: datetime
    lasts: timedelta  # working time until it is due
    legs: tuple[Leg, ...]  # in order; the first holds at the start
    pauses: tuple[Pause, ...] = ()  # in any order; they may overlap

    def __post_init__(self) -> None:
        if not self.legs or self.legs[0].since > self.started:
            raise ValueError("somebody holds a case from its first moment on")
        if list(self.legs) != sorted(self.legs, key=lambda leg: leg.since):
            raise ValueError("hand-offs follow each other")


def due(clock: CaseClock) -> datetime | None:
    """The instant the case is due, UTC; None while it is paused before that instant."""
    left = clock.lasts
    for since, until, hours in _running(clock):
        if until is None:
            return after(hours, since, left)
        passed = worked(hours, since, until)
        if passed >= left:
            return after(hours, since, left)
        left -= passed
    return None


def used(clock: CaseClock, now: datetime) -> timedelta:
    """Working time that has counted against the case so far."""
    total = NOTHING
    for since, until, hours in _running(clock):
        if since < now:
            total += worked(hours, since, min(now, until) if until else now)
    return total


def _running(clock: CaseClock) -> Sequence[tuple[datetime, datetime | None, WorkingHours]]:
    """The stretches in which the clock runs, in order, each with its hours; the last may have no end."""
    stretches: list[tuple[datetime, datetime | None, WorkingHours]] = []
    ends: list[datetime | None] = [*(leg.since for leg in clock.legs[1:]), None]
    for leg, end in zip(clock.legs, ends, strict=True):
        since: datetime | None = max(leg.since, clock.started).astimezone(UTC)
        for pause in sorted(clock.pauses, key=lambda one: one.since):
            if since is None or (end is not None and pause.since >= end):
                break
            if pause.until is not None and pause.until <= since:
                continue
            if pause.since > since:
                stretches.append((since, pause.since, leg.hours))
            since = pause.until
        if since is not None and (end is None or since < end):
            stretches.append((since, end, leg.hours))
    return stretches
