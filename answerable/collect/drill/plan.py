"""What happens in Brackwater on which day, and when: beats of a matter with their size and shape.

Minutes count from midnight of the day, so 400 is 06:40.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal["rush", "grow", "even", "fade", "day"]

DEFAULT_NAME = "spring-tide"
DEFAULT_SPEED = 45.0  # a day in 24 minutes


@dataclass(frozen=True, slots=True)
class Beat:
    """One stretch of talk among residents. The rule `{matter}_{name}` (or `chatter`) makes its sentences."""

    matter: str  # chatter, water, rumour, festival
    name: str  # the rule of the matter's grammar
    start: int  # minute
    end: int
    items: Mapping[str, int]  # language -> how many
    shape: Shape = "rush"
    repeats: float = 0.0  # share of items that repeat an earlier one


@dataclass(frozen=True, slots=True)
class Drill:
    """One playable day. What newsrooms and institutions write stands in `words` with its hour."""

    title: str
    beats: tuple[Beat, ...]


def at(clock: str) -> int:
    """The minute of a time of day: at("06:40") is 400."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _crowd(en: int, es: int, zh: int) -> Mapping[str, int]:
    return {"en": en, "es": es, "zh": zh}


_CHATTER = (Beat("chatter", "any", 0, 1440, _crowd(917, 400, 320), "day", repeats=0.015),)
_WATER = (
    Beat("water", "burst", at("06:40"), at("08:20"), _crowd(64, 26, 18), repeats=0.16),
    Beat("water", "brown", at("07:02"), at("10:40"), _crowd(88, 40, 32), repeats=0.18),
    Beat("water", "bottles", at("07:40"), at("12:30"), _crowd(62, 30, 24), repeats=0.14),
    Beat("water", "impact", at("08:00"), at("14:00"), _crowd(42, 18, 14), "even", repeats=0.08),
    Beat("water", "saltgate", at("11:20"), at("14:40"), _crowd(42, 20, 14), repeats=0.16),
    Beat("water", "mended", at("15:40"), at("20:00"), _crowd(28, 12, 8), "even", repeats=0.06),
)
_RUMOUR = (
    Beat("rumour", "spread", at("10:52"), at("12:30"), _crowd(82, 36, 30), repeats=0.34),
    Beat("rumour", "ask", at("10:58"), at("13:10"), _crowd(38, 18, 14), repeats=0.1),
    Beat("rumour", "angry", at("11:06"), at("13:30"), _crowd(28, 12, 8), repeats=0.08),
    Beat("rumour", "deny", at("11:26"), at("14:40"), _crowd(26, 10, 8), "even", repeats=0.05),
    Beat("rumour", "false", at("12:50"), at("17:00"), _crowd(18, 8, 6), "even", repeats=0.08),
)
_FESTIVAL = (
    Beat("festival", "morning", at("07:10"), at("12:00"), _crowd(42, 22, 14), "even", repeats=0.06),
    Beat("festival", "making", at("11:30"), at("17:00"), _crowd(56, 26, 20), "even", repeats=0.06),
    Beat("festival", "evening", at("17:00"), at("21:40"), _crowd(88, 44, 34), repeats=0.1),
    Beat("festival", "after", at("21:00"), at("23:58"), _crowd(28, 14, 10), "fade", repeats=0.06),
)

DRILLS: Mapping[str, Drill] = {
    DEFAULT_NAME: Drill("Spring tide", _CHATTER + _WATER + _RUMOUR + _FESTIVAL),
}
