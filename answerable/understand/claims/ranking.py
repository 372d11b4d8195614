"""Which claims first: harm if people believe it, times how far it spreads, times how little we have said.

Every factor is shown beside the rank and its weight is the desk's to change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p

from answerable.understand.claims.finding import holds
from answerable.understand.claims.telling_words import HARMS
from answerable.understand.words import fold

HARM_WEIGHTS: Mapping[str, float] = {
    "life": 5.0, "health": 4.0, "safety": 4.0, "supplies": 3.0, "money": 2.0, "rights": 2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """What the desk may change. An exponent of 0 leaves its factor out."""

    harms: Mapping[str, float] = field(default_factory=lambda: dict(HARM_WEIGHTS))
    none: float = 1.0  # harm of a claim that names none
    harm: float = 1.0  # exponents of the three factors
    spread: float = 1.0
    void: float = 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim as it is out there."""

    text: str
    language: str
    items: int  # that carry it
    sources: int  # distinct
    questions: int  # items that ask about it
    doubted: float | None  # share of replies that doubt it, None where none was read
    answered: float  # chance that an answer of ours meets it, 0 where there is none


@dataclass(frozen=True, slots=True)
class Ranked:
    """Where a claim stands and why."""

    place: int  # in what was given
    score: float
    harms: tuple[str, ...]  # kinds, the heaviest first
    harm: float
    spread: float
    void: float


def rank(claims: Sequence[Heard], weights: Weights | None = None) -> list[Ranked]:
    """The claims, the most pressing first; equal ones in the order they were given."""
    weights = weights or Weights()
    found = [_weighed(place, one, weights) for place, one in enumerate(claims)]
    return sorted(found, key=lambda one: (-one.score, one.place))


def harms(text: str, language: str, weights: Weights | None = None) -> tuple[str, ...]:
    """Kinds of harm a text names, the heaviest first; none where its language has no list."""
    given = (weights or Weights()).harms
    folded = fold(text)
    found = [
        kind for kind, lists in HARMS.items() if given.get(kind, 0) > 0 and holds(folded, lists, language)
    ]
    return tuple(sorted(found, key=lambda kind: (-given[kind], kind)))


def _weighed(place: int, one: Heard, weights: Weights) -> Ranked:
    kinds = harms(one.text, one.language, weights)
    harm = max((weights.harms[kind] for kind in kinds), default=weights.none)
    # A hundred items of one source are less than a hundred of fifty.
    spread = log1p(max(one.items, 0)) * (1 + log1p(max(one.sources - 1, 0)))
    asked = one.questions / one.items if one.items else 0.0
    void = (1 - min(1.0, max(0.0, one.answered))) * (1 + min(1.0, asked))
    score = harm**weights.harm * spread**weights.spread * void**weights.void
    return Ranked(place, score, kinds, harm, spread, void)
