"""When a clock is due, how urgent it is, and what stops it. Plain values in, plain values out.

All times are UTC instants, so a change to or from summer time moves nothing. A deadline is kept up to
and including the very moment it is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from answerable.respond.levels import LASTS, ClockKind, clocks_for

NOW = timedelta(minutes=15)
SOON = timedelta(minutes=60)

State = Literal["over", "now", "soon", "later", "met"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that went out or took place, and may stop a clock."""

    at: datetime
    what: Literal["statement", "conference"]
    holding: bool = False  # a holding line: a first word without the substance
    evidence: bool = False  # it names at least one piece of evidence


def due_at(kind: ClockKind, started: datetime) -> datetime:
    """The deadline of a clock that counts from `started`, in UTC."""
    return started.astimezone(UTC) + LASTS[kind]


def deadlines(level: int, started: datetime) -> tuple[tuple[ClockKind, datetime], ...]:
    """The clocks of a level with their deadlines, soonest first. ValueError outside 1 to 4."""
    return tuple((kind, due_at(kind, started)) for kind, _ in clocks_for(level))


def state(due: datetime, now: datetime, started: datetime, met: datetime | None = None) -> State:
    """How urgent a clock is: met, over, now (last 15 min), soon (last 60 min) or later.

    A clock that is shorter than an hour is `soon` for its last half only, so that it does not begin amber.
    """
    if met is not None:
        return "met"
    left = due - now
    if left < timedelta(0):
        return "over"
    if left <= NOW:
        return "now"
    return "soon" if left <= min(SOON, (due - started) / 2) else "later"


def missed(due: datetime, now: datetime, met: datetime | None = None) -> bool:
    """Whether the deadline passed unkept, also when it was met later."""
    return (met or now) > due


def stops(kind: ClockKind, fact: Fact) -> bool:
    """Whether this fact stops a clock of this kind."""
    if fact.what == "conference":
        return kind is ClockKind.CONFERENCE
    match kind:
        case ClockKind.HOLDING:
            return True
        case ClockKind.STATEMENT:
            return fact.evidence and not fact.holding
        case ClockKind.ANSWER:
            return not fact.holding
        case ClockKind.CONFERENCE:
            return False


def met_at(kind: ClockKind, facts: Iterable[Fact]) -> datetime | None:
    """The moment the clock stopped: the earliest fact that stops it, None while it runs."""
    return min((fact.at for fact in facts if stops(kind, fact)), default=None)
