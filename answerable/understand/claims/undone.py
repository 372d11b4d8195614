"""Thresholds learn from undone links: where people undo more than was stated, less is confirmed, or nothing.

They are only ever raised: that nobody undid a link is weaker evidence than that somebody did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from answerable.understand.arrived import Share, counted
from answerable.understand.claims.combiner import Combiner, Measured
from answerable.understand.claims.learning import threshold

LEAST = 20  # links by a confirmed match before they speak against what was measured


@dataclass(frozen=True, slots=True)
class Decided:
    """A link that the desk made by itself."""

    chance: float
    stands: bool


def standing(decided: Sequence[Decided]) -> Share:
    """How many stand, with the interval at 95%."""
    return counted(sum(one.stands for one in decided), len(decided))


def followed(combiner: Combiner, decided: Mapping[str, Sequence[Decided]]) -> Combiner:
    """The same weights with the thresholds that hold here."""
    languages = {code: raised(one, decided.get(code, ())) for code, one in combiner.languages.items()}
    return replace(combiner, languages=languages)


def raised(known: Measured, decided: Sequence[Decided]) -> Measured:
    """A higher threshold where even the upper end of what stands is below what was stated; above 1: never."""
    if len(decided) < LEAST or standing(decided).high >= known.precision:
        return known
    chances = np.array([one.chance for one in decided])
    stands = np.array([one.stands for one in decided], dtype=np.int64)
    sure = threshold(chances, stands, np.ones(len(decided)), known.precision, LEAST)
    return replace(known, confirm=max(known.confirm, sure))
