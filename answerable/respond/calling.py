"""Who is called next, and when: one person after the other, not in their quiet hours, until somebody answers.

Plain values in, plain values out. The order of people is a value, whatever made it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of each day in which a person is not called, on the wall clock of their zone."""

    start: time
    end: time  # earlier than `start`: on the next day; the same: never quiet
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Callee:
    """One person in an order."""

    person: int
    reachable: bool = True  # has a way, may answer, and takes part where it is a drill
    quiet: Quiet | None = None
    wake: bool = False  # urgent calls come through quiet hours: the person's own choice


@dataclass(frozen=True, slots=True)
class Step:
    """What to do now."""

    calls: tuple[tuple[int, datetime], ...]  # (person, when the notice goes out)
    due: datetime | None  # when to look again; None: nobody is left


def quiet_until(quiet: Quiet | None, at: datetime) -> datetime | None:
    """The end of the quiet hours that `at` lies in (UTC); None when it lies in none."""
    if quiet is None or quiet.start == quiet.end:
        return None
    local = at.astimezone(quiet.zone)
    now = local.time()
    if quiet.start < quiet.end:
        inside = quiet.start <= now < quiet.end
    else:
        inside = now >= quiet.start or now < quiet.end
    if not inside:
        return None
    day = local.date() if now < quiet.end else local.date() + timedelta(days=1)
    # When clocks are set back an hour comes twice: the end is the first one that still lies ahead.
    ends = (
        datetime.combine(day, quiet.end.replace(fold=fold), quiet.zone).astimezone(UTC) for fold in (0, 1)
    )
    return next((end for end in ends if end > at), at + timedelta(hours=1))


def next_step(
    order: Sequence[Callee], called: Set[int], *, urgent: bool, wait: timedelta, now: datetime
) -> Step:
    """Call the first person who was not called yet and is awake.

    Those before them who sleep get their notice when they wake. When everybody left sleeps, nobody is
    called: we look again when the first of them wakes.
    """
    sleepers: list[tuple[int, datetime]] = []
    for callee in order:
        if callee.person in called or not callee.reachable:
            continue
        wakes = None if urgent and callee.wake else quiet_until(callee.quiet, now)
        if wakes is None:
            return Step((*sleepers, (callee.person, now)), now + wait)
        sleepers.append((callee.person, wakes))
    return Step((), min((wakes for _, wakes in sleepers), default=None))
