"""What each level of an incident demands: which clocks run and for how long.

Defaults of the desk: levels I and II are major, III and IV ask for an answer within two days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

LEVELS = (1, 2, 3, 4)
STATES = ("investigating", "identified", "monitoring", "resolved")


class ClockKind(StrEnum):
    """A promise with a deadline; the value is what rows hold."""

    HOLDING = "holding_60m"  # a first word, even if only that we know of it
    STATEMENT = "statement_5h"  # an authoritative statement with evidence
    CONFERENCE = "conference_24h"  # a press conference
    ANSWER = "answer_48h"  # an answer to a minor matter


# Not of a level: what a publication or a change of state promised, "the next word comes by …".
NEXT_WORD = "next_word"

LASTS: Mapping[ClockKind, timedelta] = {
    ClockKind.HOLDING: timedelta(minutes=60),
    ClockKind.STATEMENT: timedelta(hours=5),
    ClockKind.CONFERENCE: timedelta(hours=24),
    ClockKind.ANSWER: timedelta(hours=48),
}

_MAJOR = (ClockKind.HOLDING, ClockKind.STATEMENT, ClockKind.CONFERENCE)
_MINOR = (ClockKind.ANSWER,)


def major(level: int) -> bool:
    """Whether a level (1 to 4) is major, I or II."""
    return level <= 2


def next_word_within(level: int) -> timedelta:
    """How soon the next word is proposed: an hour in a major matter, a day in a minor one."""
    return timedelta(hours=1 if major(level) else 24)


def roman(level: int) -> str:
    """The level as people write it: 1 to 4 as I to IV. ValueError for any other number."""
    return ("I", "II", "III", "IV")[LEVELS.index(level)]


def clocks_for(level: int) -> tuple[tuple[ClockKind, timedelta], ...]:
    """The clocks of a level with how long each lasts, shortest first. ValueError outside 1 to 4."""
    if level not in LEVELS:
        raise ValueError(f"there is no level {level}: levels are 1 to 4")
    return tuple((kind, LASTS[kind]) for kind in (_MAJOR if major(level) else _MINOR))
