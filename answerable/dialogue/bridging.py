"""Does an answer help people on both sides? Sides are found in how tokens voted on all the other answers.

A vote counts once its token is a week old and has voted on three other answers; many tokens with the same
votes count as few. So a crowd that comes for one answer, or copies one ballot, does not move it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

OTHERS = 3  # answers besides this one that a token must have voted on
KNOWN_AFTER = timedelta(days=7)  # between a token's first vote and the first that counts
LEAST = 10.0  # weighed votes of a side, below which nothing is said of it
Z = 1.96

Verdict = Literal["too_few", "both", "one_sided", "neither", "mixed"]


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote as it stands."""

    voter: bytes
    answer: int
    helped: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of an answer; `votes` are weighed, the interval is Wilson's at 95%."""

    votes: float
    share: float
    low: float
    high: float

    @property
    def of(self) -> int:
        """The weighed votes as people read them."""
        return round(self.votes)

    @property
    def helped(self) -> int:
        """How many of these found it helpful."""
        return round(self.share * self.of)


@dataclass(frozen=True, slots=True)
class Parting:
    """The other answer on which the two sides differ most: by it people can tell which side is which."""

    answer: int
    sides: tuple[Side, Side]  # in the order of those of `Helpful`


@dataclass(frozen=True, slots=True)
class Helpful:
    """What all votes on an answer say together."""

    votes: int  # all that were cast
    counted: int  # of tokens old enough that voted on other answers too
    sides: tuple[Side, ...]  # two where two are found
    verdict: Verdict
    parting: Parting | None = None


def helpful(votes: Iterable[Vote], answer: int) -> Helpful:
    """How both sides find this answer, from all votes on all answers."""
    ballots: dict[bytes, dict[int, bool]] = defaultdict(dict)
    first: dict[bytes, datetime] = {}
    here: dict[bytes, Vote] = {}
    for vote in votes:
        ballots[vote.voter][vote.answer] = vote.helped
        first[vote.voter] = min(vote.at, first.get(vote.voter, vote.at))
        if vote.answer == answer:
            here[vote.voter] = vote
    others = {voter: _without(cast, answer) for voter, cast in ballots.items()}
    known = sorted(voter for voter, cast in others.items() if len(cast) >= OTHERS)
    counted = [voter for voter in known if voter in here and here[voter].at - first[voter] >= KNOWN_AFTER]
    if not counted:
        return Helpful(len(here), 0, (), "too_few")
    weights = _weights({voter: ballots[voter] for voter in known})
    found = _sides([others[voter] for voter in known], [weights[voter] for voter in known])
    side_of = dict(zip(known, found, strict=True))
    sides = tuple(
        _side([(weights[voter], here[voter].helped) for voter in counted if side_of[voter] == which])
        for which in (-1, 1)
    )
    verdict = _verdict(sides)
    parting = None if verdict == "too_few" else _parting(others, side_of, weights)
    return Helpful(len(here), len(counted), sides, verdict, parting)


def _parting(
    others: Mapping[bytes, Mapping[int, bool]], side_of: Mapping[bytes, int], weights: Mapping[bytes, float]
) -> Parting | None:
    """Of the answers on which both sides cast LEAST votes; None where there is no such answer."""
    cast: dict[int, dict[int, list[tuple[float, bool]]]] = defaultdict(lambda: defaultdict(list))
    for voter, side in sorted(side_of.items()):
        for answer, helped in others[voter].items():
            cast[answer][side].append((weights[voter], helped))
    found = [
        Parting(answer, (_side(by[-1]), _side(by[1])))
        for answer, by in sorted(cast.items())
        if by.keys() >= {-1, 1}
    ]
    found = [one for one in found if min(side.votes for side in one.sides) >= LEAST]
    return max(found, key=lambda one: abs(one.sides[0].share - one.sides[1].share), default=None)


def _without(ballot: Mapping[int, bool], answer: int) -> dict[int, bool]:
    return {one: said for one, said in ballot.items() if one != answer}


def _weights(ballots: Mapping[bytes, Mapping[int, bool]]) -> dict[bytes, float]:
    """Tokens that cast the very same votes share 1 + log2 of their number."""
    cast = {voter: tuple(sorted(one.items())) for voter, one in ballots.items()}
    same = Counter(cast.values())
    return {voter: (1 + log2(same[one])) / same[one] for voter, one in cast.items()}


def _sides(ballots: list[dict[int, bool]], weights: list[float]) -> list[int]:
    """-1 or 1 for each ballot, by the axis along which the votes differ most; 0 where it says nothing."""
    columns = {answer: n for n, answer in enumerate(sorted({one for ballot in ballots for one in ballot}))}
    votes = np.zeros((len(ballots), len(columns)))
    for row, ballot in enumerate(ballots):
        for answer, helped in ballot.items():
            votes[row, columns[answer]] = 1.0 if helped else -1.0
    weight = np.asarray(weights)[:, None]
    cast = votes != 0
    mean = (weight * votes).sum(axis=0) / np.maximum((weight * cast).sum(axis=0), 1e-9)
    centred = np.where(cast, votes - mean, 0.0)
    axis = _main_axis(centred * np.sqrt(weight))
    scores = centred @ axis / np.sqrt(cast.sum(axis=1))
    return [int(np.sign(score)) if abs(score) > 1e-9 else 0 for score in scores]


def _main_axis(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The direction of greatest spread; its sign is fixed, so that the same votes give the same sides."""
    _, vectors = np.linalg.eigh(rows.T @ rows)
    axis: NDArray[np.float64] = vectors[:, -1]
    return axis if axis[np.argmax(np.abs(axis))] > 0 else -axis


def _side(votes: list[tuple[float, bool]]) -> Side:
    total = sum(weight for weight, _ in votes)
    if not total:
        return Side(0.0, 0.0, 0.0, 1.0)
    share = sum(weight for weight, helped in votes if helped) / total
    # Kish: as many equal votes as these weighed ones are worth.
    n = total**2 / sum(weight**2 for weight, _ in votes) if votes else 0.0
    n = min(n, total)
    middle, margin = share + Z**2 / (2 * n), Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return Side(total, share, (middle - margin) / (1 + Z**2 / n), (middle + margin) / (1 + Z**2 / n))


def _verdict(sides: tuple[Side, ...]) -> Verdict:
    if any(side.votes < LEAST for side in sides):
        return "too_few"
    liked = [side.low > 0.5 for side in sides]
    disliked = [side.high < 0.5 for side in sides]
    if all(liked):
        return "both"
    if any(liked) and any(disliked):
        return "one_sided"
    return "neither" if all(disliked) else "mixed"
