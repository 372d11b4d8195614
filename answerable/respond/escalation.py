"""Who is told that a deadline comes near or has passed, and when: handler, head, superior, public list.

Each step is owed once. What was told stays told, whatever happens to the clock on the wall afterwards.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Step(StrEnum):
    """The steps in their order; the value is what rows hold."""

    REMINDER = "reminder"  # the handler, before it is due
    HEAD = "head"  # the head of the unit, when it is overdue
    SUPERIOR = "superior"  # the unit above
    PUBLIC = "public"  # the public overdue list, with the unit's own explanation


@dataclass(frozen=True, slots=True)
class Plan:
    """How long before or after the deadline each step is owed."""

    reminder: timedelta = timedelta(hours=-4)
    head: timedelta = timedelta(0)
    superior: timedelta = timedelta(hours=24)
    public: timedelta = timedelta(hours=48)

    @classmethod
    def quarters(cls, lasts: timedelta) -> Plan:
        """For the clock of an incident: a quarter before it is due, at once, a quarter and a half after.

        So the longer a promise, the longer the desk has to mend it before the next person hears.
        """
        return cls(reminder=-lasts / 4, head=timedelta(0), superior=lasts / 4, public=lasts / 2)

    def at(self, step: Step, due: datetime, started: datetime) -> datetime:
        """When a step is owed; never before the clock started."""
        offset: timedelta = getattr(self, step.value)
        return max(due + offset, started)


def owed(
    plan: Plan,
    *,
    due: datetime | None,
    started: datetime,
    now: datetime,
    told: Collection[Step],
    met: datetime | None,
) -> tuple[Step, ...]:
    """The steps to take now, in order.

    Nothing while the clock is paused (`due` None). After an answer only what was owed before it is still
    told, so that an answer in the night is not followed by an alarm in the morning.
    """
    if due is None:
        return ()
    until = now if met is None else min(now, met)
    return tuple(step for step in Step if step not in told and plan.at(step, due, started) < until + _TINY)


def next_at(
    plan: Plan, *, due: datetime | None, started: datetime, told: Collection[Step], met: datetime | None
) -> datetime | None:
    """When to look again: the earliest step still owed, None when none is.

    An answer may lie ahead of a clock that was set back: what is owed before it is still to come.
    """
    if due is None:
        return None
    coming = (plan.at(step, due, started) for step in Step if step not in told)
    return min((at for at in coming if met is None or at <= met), default=None)


_TINY = timedelta(microseconds=1)
