"""Learns the weights, the chance and the thresholds of a combiner from texts whose right answers are known.

Nothing is judged by what it was taught: every chance that sets a threshold comes from a fold left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answerable.errors import BadInput
from answerable.understand.claims.combiner import (
    GUARDED,
    SUGGESTED,
    SURE,
    Combiner,
    Matrix,
    Measured,
    chances_of,
    signs,
)
from answerable.understand.claims.likeness import NAMES
from answerable.understand.mood import softmax

FOLDS = 5
PENALTIES = (0.03, 0.1, 0.3, 1.0)  # of squared weights, chosen in folds
ROUNDS = 40
# A short list has no rivals near the best, which must not make it surer: thinner lists teach as well.
THINNED = (1.0, 0.2, 0.05)
QUARTER = 0.5
STATED = 0.95  # of what is confirmed so much is right …
HALF = 0.5  # … and of what is suggested
ELSEWHERE = 0.012  # less is right where a threshold goes to texts and lists it was not set on: so measured
ABSENT = 0.3  # share of the texts that no answer of the list meets, when thresholds are set
LEAST, LEAST_CONFIRMED, LEAST_SUGGESTED = 100, 50, 20  # texts of one language; of them above each threshold
LOOKS_SURE = 0.8  # the chance of matches from which the guards are learned
GUARD = 0.015  # share of the right matches that may lie below each guard
SURE_BY = 1.0  # standard errors by which the measured precision must stand above the stated one
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tried:
    """A text with the answers that were weighed for it."""

    found: Matrix  # their likenesses
    right: Flags  # which of them meet it; none where the list has no answer
    said: NDArray[np.int64]  # the same number: the same words
    language: str
    about: str  # what it is about: texts about the same are never taught and tried in turn


def learn(tried: Sequence[Tried]) -> Combiner:
    """A combiner from these texts. BadInput when hardly any has an answer to learn from."""
    useful = [one for one in tried if one.right.any() and not one.right.all()]
    if len(useful) < 4 * FOLDS:
        raise BadInput(f"Too few texts with an answer of the list to learn from: {len(useful)}, at least 20.")
    folds = np.array([crc32(one.about.encode()) % FOLDS for one in tried])
    penalty = max(PENALTIES, key=lambda one: _likelihood(tried, folds, one))
    unseen: list[Matrix] = [np.zeros(0)] * len(tried)
    for fold in range(FOLDS):
        weights = listwise([one for one, of in zip(tried, folds, strict=True) if of != fold], penalty)
        for place in np.flatnonzero(folds == fold).tolist():
            unseen[place] = tried[place].found @ weights
    weights = listwise(tried, penalty)
    rival = _rival(tried, unseen)
    known = _signs(tried, unseen, rival)
    sure = _sure(known)
    least = _least(known, sure)
    return Combiner(weights, sure, rival, least, _thresholds(known, folds, least))


def _least(known: _Known, sure: Matrix) -> Matrix:
    """Of each guarded sign, what nearly all right matches have that look sure."""
    right = known.signs[known.right == 1]
    looks = 1 / (1 + np.exp(-(right @ sure[:-1] + sure[-1])))
    surer = right[looks >= LOOKS_SURE] if (looks >= LOOKS_SURE).any() else right
    least: Matrix = np.quantile(surer[:, GUARDED], GUARD, axis=0)
    return least


def _rival(tried: Sequence[Tried], scores: Sequence[Matrix]) -> float:
    """What the second best scores in most of the whole lists: a quarter scores less."""
    seconds = []
    for one, score in zip(tried, scores, strict=True):
        others = score[one.said != one.said[int(score.argmax())]] if len(score) else score
        if len(others):
            seconds.append(float(others.max()))
    return float(np.quantile(seconds, QUARTER)) if seconds else 0.0


def listwise(tried: Sequence[Tried], penalty: float) -> Matrix:
    """Weights under which the right answers stand first: softmax over those of a text, by Newton's method."""
    weights = np.zeros(len(NAMES))
    used = [one for one in tried if one.right.any()]
    for _ in range(ROUNDS):
        slope, bend = penalty * weights, penalty * np.eye(len(NAMES))
        for one in used:
            share = _shares(one.found @ weights)
            wanted = share * one.right
            mean = share @ one.found
            slope = slope + mean - (wanted / wanted.sum()) @ one.found
            bend = bend + (one.found * share[:, None]).T @ one.found - np.outer(mean, mean)
        step = np.linalg.solve(bend, slope)
        longest = float(np.abs(step).max())
        weights = weights - step * min(1.0, 5.0 / max(longest, 1e-9))
        if longest < 1e-4:
            break
    return weights


def _likelihood(tried: Sequence[Tried], folds: NDArray[np.int64], penalty: float) -> float:
    """Mean log of the share that the right answers get in folds left out."""
    total = 0.0
    for fold in range(FOLDS):
        weights = listwise([one for one, of in zip(tried, folds, strict=True) if of != fold], penalty)
        for one, of in zip(tried, folds, strict=True):
            if of == fold and one.right.any():
                total += float(np.log(max(1e-12, (_shares(one.found @ weights) * one.right).sum())))
    return total


def _shares(scores: Matrix) -> Matrix:
    grown: Matrix = np.exp(scores - scores.max())
    grown /= grown.sum()
    return grown


@dataclass(frozen=True, slots=True)
class _Known:
    """The best match of each text, with its right answers on the list and again without them."""

    signs: Matrix
    right: NDArray[np.int64]
    weights: Matrix
    text: NDArray[np.int64]  # its place
    languages: NDArray[np.str_]


def _signs(tried: Sequence[Tried], scores: Sequence[Matrix], rival: float) -> _Known:
    rows: list[Matrix] = []
    right, weights, text = [], [], []
    random = np.random.default_rng(7)
    for place, (one, score) in enumerate(zip(tried, scores, strict=True)):
        for without, share in product((False, True), THINNED):
            kept = one.right | (random.random(len(score)) < share)
            if without:
                kept &= ~one.right
            if not kept.any() or (without and not one.right.any()):
                continue
            best = int(score[kept].argmax())
            rows.append(signs(one.found[kept], score[kept], one.said[kept], rival)[best])
            right.append(int(one.right[kept][best]))
            weights.append((ABSENT if without else 1 - ABSENT) / len(THINNED))
            text.append(place)
    places = np.array(text)
    languages = np.array([one.language for one in tried], dtype=np.str_)[places]
    return _Known(np.array(rows), np.array(right), np.array(weights), places, languages)


def _sure(known: _Known) -> Matrix:
    """Coefficients of the logistic curve from signs to the chance of being right, the constant last."""
    spread = known.signs.std(axis=0) + 1e-9
    found = softmax.fit(known.signs / spread, known.right, known.weights, 2)
    both = found[:, 1] - found[:, 0]
    both[:-1] /= spread
    return both


def _thresholds(known: _Known, folds: NDArray[np.int64], least: Matrix) -> dict[str, Measured]:
    chances = np.zeros(len(known.right))
    fold_of = folds[known.text]
    for fold in range(FOLDS):
        inside, outside = fold_of != fold, fold_of == fold
        part = _Known(
            known.signs[inside],
            known.right[inside],
            known.weights[inside],
            known.text[inside],
            known.languages[inside],
        )
        chances[outside] = chances_of(known.signs[outside], _sure(part), least)
    found = {}
    for language in map(str, np.unique(known.languages)):
        at = known.languages == language
        tried = len(np.unique(known.text[at]))
        if tried < LEAST:
            continue
        given = chances[at], known.right[at], known.weights[at]
        confirm = max(SURE, threshold(*given, STATED + ELSEWHERE, LEAST_CONFIRMED))
        # Half of what is suggested and not confirmed: the sure ones would hide many wrong ones.
        rest = given[0] < confirm
        suggest = threshold(chances[at][rest], given[1][rest], given[2][rest], HALF, LEAST_SUGGESTED)
        sure = given[0] >= confirm
        confirmed, right = given[2][sure].sum(), (given[1] * given[2])[sure].sum()
        found[language] = Measured(
            tried, confirm, max(SUGGESTED, suggest), STATED, round(confirmed), round(right)
        )
    return found


def threshold(chances: Matrix, right: NDArray[np.int64], weights: Matrix, stated: float, least: int) -> float:
    """The lowest chance from which so much is right, by a margin of SURE_BY standard errors; 2.0: none."""
    order = np.argsort(-chances, kind="stable")
    held = np.cumsum(weights[order])
    share = np.cumsum((weights * right)[order]) / held
    margin = SURE_BY * np.sqrt(stated * (1 - stated) / held)
    # Equal chances stand or fall together.
    whole = np.append(np.diff(chances[order]) != 0, True)
    enough = np.flatnonzero(whole & (share >= stated + margin) & (held >= least))
    return float(chances[order[enough[-1]]]) if len(enough) else 2.0
