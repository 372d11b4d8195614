"""Thresholds learn from what people decide here: links that they undo, proposals that they take or turn down.

Where a language was measured, what is undone only raises its threshold: that nobody undid a link is weaker
evidence than that somebody did. Where none was, enough decisions of people measure it, as in `learning`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from answerable.understand.arrived import Share, counted
from answerable.understand.claims.combiner import SUGGESTED, SURE, Combiner, Measured
from answerable.understand.claims.learning import LEAST as LEAST_DECIDED
from answerable.understand.claims.learning import LEAST_CONFIRMED, STATED, threshold

LEAST = 20  # links by a confirmed match before they speak against what was measured


@dataclass(frozen=True, slots=True)
class Decided:
    """A match and what became of it."""

    chance: float
    stands: bool
    by_person: bool = False  # somebody looked: a proposal they took or turned down, a link they undid

    @property
    def taught(self) -> bool:
        """Whether it tells by itself that the match was right or wrong."""
        return self.by_person or not self.stands


def standing(decided: Sequence[Decided]) -> Share:
    """How many links that the desk made by itself stand, with the interval at 95%."""
    own = [one for one in decided if not one.by_person]
    return counted(sum(one.stands for one in own), len(own))


def followed(combiner: Combiner, decided: Mapping[str, Sequence[Decided]]) -> Combiner:
    """The same weights with the thresholds that hold here, in languages that people measured here too."""
    known = dict(combiner.languages)
    for code in decided.keys() - known.keys():
        if found := measured_here(decided[code]):
            known[code] = found
    languages = {code: raised(one, decided.get(code, ())) for code, one in known.items()}
    return replace(combiner, languages=languages)


def taught(decided: Sequence[Decided]) -> int:
    """How many decisions of people tell whether a match was right."""
    return sum(one.taught for one in decided)


def measured_here(decided: Sequence[Decided]) -> Measured | None:
    """A language of its own, from LEAST_DECIDED decisions of people on; None while they are too few."""
    told = [one for one in decided if one.taught]
    if len(told) < LEAST_DECIDED:
        return None
    chances = np.array([one.chance for one in told])
    stands = np.array([one.stands for one in told], dtype=np.int64)
    found = threshold(chances, stands, np.ones(len(told)), STATED, LEAST_CONFIRMED)
    confirm = max(SURE, found)
    sure = chances >= confirm
    return Measured(
        len(told), confirm, SUGGESTED, STATED, int(sure.sum()), int(stands[sure].sum()), here=True
    )


def raised(known: Measured, decided: Sequence[Decided]) -> Measured:
    """A higher threshold where even the upper end of what stands is below what was stated; above 1: never."""
    own = [one for one in decided if not one.by_person]
    if len(own) < LEAST or standing(own).high >= known.precision:
        return known
    chances = np.array([one.chance for one in own])
    stands = np.array([one.stands for one in own], dtype=np.int64)
    sure = threshold(chances, stands, np.ones(len(own)), known.precision, LEAST)
    return replace(known, confirm=max(known.confirm, sure))
