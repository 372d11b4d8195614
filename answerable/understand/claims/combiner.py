"""Joins the likenesses of a text and an answer into one score, and says how sure a match is.

The chance is measured in each language apart; where it never was, nothing is confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.errors import BadInput
from answerable.understand.claims.likeness import NAMES

Matrix = NDArray[np.float64]
FORM = 2  # of the file; another one was written by another version
LEAD = 6.0  # a lead beyond this says no more: chosen on held-out folds of what it is taught
_TELLING = ("words", "words_of_answer", "meaning", "sentence", "pieces", "numbers_apart")
PLAIN = [NAMES.index(name) for name in _TELLING]
# What each right match has enough of by itself, as columns of `signs`; see `Combiner.least`.
_GUARDED = ("words_of_answer", "sentence", "pieces")
GUARDED = [0, *(2 + _TELLING.index(name) for name in _GUARDED)]
WEAK = 0.5  # what is left of the chance of a match that has too little of one of them
SURE = 0.6  # chance below which nothing is confirmed, whatever was measured
SUGGESTED = 0.3  # chance from which a person is asked in a language that was not measured


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured in one language."""

    tried: int  # texts
    confirm: float  # the chance from which a match is confirmed; above 1: never
    suggest: float  # the chance from which a person is asked
    precision: float  # what was stated when the threshold was set
    confirmed: int = 0  # of the texts that were tried and not taught
    right: int = 0  # of these
    here: bool = False  # by what people decided on this desk, not by what comes with it


@dataclass(frozen=True, slots=True)
class Combiner:
    """Weights of the likenesses, of what makes a match sure, and the thresholds."""

    weights: Matrix  # of NAMES
    sure: Matrix  # of `signs`, the constant last
    rival: float  # score that a second best usually has in a long list
    least: Matrix  # of GUARDED, below which hardly a right match lies: one strong likeness alone is not sure
    languages: Mapping[str, Measured]

    def scores(self, found: Matrix) -> Matrix:
        """One score for each row of likenesses."""
        scores: Matrix = found @ self.weights
        return scores

    def chances(self, found: Matrix, scores: Matrix, said: NDArray[np.int64]) -> Matrix:
        """The chance of each to be the right answer, as it would be in a language that was measured."""
        return chances_of(signs(found, scores, said, self.rival), self.sure, self.least)

    def to_json(self) -> dict[str, Any]:
        """For a file; `combiner_from` is the reverse."""
        return {
            "form": FORM,
            "weights": {name: round(float(one), 4) for name, one in zip(NAMES, self.weights, strict=True)},
            "sure": [round(float(one), 4) for one in self.sure],
            "rival": round(self.rival, 4),
            "least": [round(float(one), 4) for one in self.least],
            "languages": {
                code: {
                    "tried": one.tried,
                    "confirm": round(one.confirm, 4),
                    "suggest": round(one.suggest, 4),
                    "precision": one.precision,
                    "confirmed": one.confirmed,
                    "right": one.right,
                }
                for code, one in self.languages.items()
            },
        }


def signs(found: Matrix, scores: Matrix, said: NDArray[np.int64], rival: float) -> Matrix:
    """What tells a sure match: its score, how far it stands before the next, and its plain likenesses.

    Two answers that say the same (equal numbers in `said`) are no rivals. A list so short that none comes
    near is taken to have one with the score `rival`: it must not be surer than a long one.
    """
    best = int(scores.argmax())
    rivals = scores[said != said[best]]
    second = max(rival, float(rivals.max())) if len(rivals) else rival
    others = np.where(said == said[best], second, scores[best])
    lead = np.clip(scores - others, -LEAD, LEAD)
    return np.column_stack([scores, lead, found[:, PLAIN]])


def chances_of(found: Matrix, sure: Matrix, least: Matrix) -> Matrix:
    """The chance of each row of `signs`; less by WEAK where one of GUARDED is below `least`."""
    z = np.clip(found @ sure[:-1] + sure[-1], -30, 30)
    chances: Matrix = 1 / (1 + np.exp(-z))
    return np.where((found[:, GUARDED] < least).any(axis=1), WEAK * chances, chances)


def combiner_from(stored: Mapping[str, Any]) -> Combiner:
    """The reverse of `to_json`. BadInput when it is another version's or damaged."""
    try:
        if stored["form"] != FORM:
            raise ValueError(stored["form"])
        return Combiner(
            weights=np.array([float(stored["weights"][name]) for name in NAMES]),
            sure=np.array([float(one) for one in stored["sure"]]),
            rival=float(stored["rival"]),
            least=np.array([float(one) for one in stored["least"]]),
            languages={
                str(code): Measured(
                    int(one["tried"]),
                    float(one["confirm"]),
                    float(one["suggest"]),
                    float(one["precision"]),
                    int(one["confirmed"]),
                    int(one["right"]),
                )
                for code, one in stored["languages"].items()
            },
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("These weights were written by another version: learn them again.") from error


@cache
def built_in() -> Combiner:
    """The weights that come with the desk; they hold numbers, no text."""
    text = (files("answerable.understand.claims") / "weights.json").read_text("utf-8")
    return combiner_from(json.loads(text))
