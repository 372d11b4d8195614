"""An answer helps when both sides say so; one side alone does not carry it, and a crowd does not move it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.dialogue.bridging import Helpful, Vote, helpful
from tests.cast import NOW

HERE = 99  # the answer that is asked about
OTHERS = range(12)
WEEK = timedelta(days=7)


def town(chance: random.Random, liked_by: tuple[float, float], voters: int = 60) -> list[Vote]:
    """Two sides that disagree on twelve answers, and how likely each finds this one helpful."""
    votes = []
    for side in (0, 1):
        for n in range(voters):
            token = f"{side}-{n}".encode()
            for answer in chance.sample(OTHERS, 6):
                agrees = chance.random() < 0.85
                votes.append(Vote(token, answer, agrees == (answer % 2 == side), NOW))
            votes.append(Vote(token, HERE, chance.random() < liked_by[side], NOW + WEEK))
    return votes


def crowd(
    chance: random.Random, size: int, *, helped: bool, since: datetime = NOW, same: bool = True
) -> list[Vote]:
    """Tokens that come for one answer: each with votes on others, one ballot copied or drawn by chance."""
    ballot = {answer: chance.random() < 0.5 for answer in chance.sample(OTHERS, 4)}
    votes = []
    for n in range(size):
        cast = ballot if same else {answer: chance.random() < 0.5 for answer in chance.sample(OTHERS, 4)}
        votes += [Vote(f"crowd-{n}".encode(), answer, said, since) for answer, said in cast.items()]
        votes.append(Vote(f"crowd-{n}".encode(), HERE, helped, since if not same else since + WEEK))
    return votes


@pytest.mark.parametrize(
    ("liked_by", "verdict"),
    [((0.9, 0.9), "both"), ((0.95, 0.1), "one_sided"), ((0.1, 0.1), "neither"), ((0.5, 0.5), "mixed")],
)
def test_sides_are_found_in_the_other_votes(liked_by: tuple[float, float], verdict: str) -> None:
    """Both, one or neither find it helpful, whoever they are and in whatever order the votes come.

    Sabotage: put everybody on one side in `_sides`.
    """
    chance = random.Random(2026)
    votes = town(chance, liked_by)
    chance.shuffle(votes)
    assert helpful(votes, HERE).verdict == verdict


@pytest.mark.parametrize("helped", [True, False])
def test_a_crowd_does_not_move_it(helped: bool) -> None:
    """Eight times as many tokens that copy one ballot, or that are new, change no verdict.

    Sabotage: give every token the weight 1, or count new tokens.
    """
    chance = random.Random(2026)
    for liked_by in ((0.9, 0.9), (0.95, 0.1), (0.1, 0.1)):
        votes = town(chance, liked_by)
        before = helpful(votes, HERE)
        copied = helpful([*votes, *crowd(chance, 900, helped=helped)], HERE)
        fresh = helpful([*votes, *crowd(chance, 900, helped=helped, same=False)], HERE)
        assert copied.verdict == before.verdict
        assert fresh.verdict == before.verdict
        assert fresh.votes == before.votes + 900
        assert fresh.counted == before.counted


def test_few_votes_say_nothing() -> None:
    """Nobody, or three people, are too few to say that anything helped.

    Sabotage: set `LEAST` to zero.
    """
    assert helpful([], HERE) == Helpful(0, 0, (), "too_few")
    assert helpful([Vote(b"a", HERE, True, NOW)], HERE) == Helpful(1, 0, (), "too_few")
    assert helpful(town(random.Random(1), (1.0, 1.0), voters=3), HERE).verdict == "too_few"


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.booleans(), st.integers(0, 20)), max_size=60)
)
def test_any_votes_give_shares_within_their_intervals(cast: list[tuple[int, int, bool, int]]) -> None:
    """Whatever is cast, a share lies in its interval and no more votes count than there are.

    Sabotage: leave out `Z**2 / (2 * n)`.
    """
    votes = [Vote(bytes([v]), a, said, NOW + timedelta(days=day)) for v, a, said, day in cast]
    found = helpful(votes, 0)
    assert found.counted <= found.votes
    for side in found.sides:
        assert -1e-9 <= side.low <= side.share + 1e-9
        assert side.share - 1e-9 <= side.high <= 1 + 1e-9
