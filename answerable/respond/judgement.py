"""Rapid judgement: who may read the others' assessments when, by when to decide, what was proposed.

Plain values in, plain values out. Level 0 stands for "no incident".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.respond.levels import LEVELS

HUMAN_WITHIN = timedelta(minutes=10)  # from the alert to the first person who looks at it
DECIDE_WITHIN = timedelta(minutes=30)  # from the alert to the decision
RECEIPT_WITHIN = timedelta(minutes=30)  # until a unit that was told says that it has it
NO_INCIDENT = 0
PROPOSALS = (NO_INCIDENT, *LEVELS)


def shown(*, own_written: bool, decided: bool) -> bool:
    """Whether a person reads the others' assessments: once their own is written, or it is decided."""
    return own_written or decided


def human_at(opened: datetime, *acts: datetime | None) -> datetime:
    """When the first person looked: the earliest known act, at the latest the opening of the room."""
    return min([opened, *(act for act in acts if act is not None)])


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many proposed each level, the gravest first, and "no incident" last."""

    counts: tuple[tuple[int, int], ...]  # (level, people)
    gravest: int | None  # the gravest level anybody proposed; None without a proposal of one

    @property
    def agreed(self) -> bool:
        """Whether all who wrote proposed the same."""
        return len(self.counts) == 1


def proposed(levels: Sequence[int]) -> Proposed:
    """The proposals of a room, counted. ValueError for a level that does not exist."""
    if not set(levels) <= set(PROPOSALS):
        raise ValueError("a proposal is a level from 1 to 4, or 0 for no incident")
    found = Counter(levels)
    order = sorted(found, key=lambda level: (level == NO_INCIDENT, level))
    return Proposed(
        tuple((level, found[level]) for level in order),
        min((level for level in levels if level != NO_INCIDENT), default=None),
    )
