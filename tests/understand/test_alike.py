"""Groups of messages that ask the same, against a plain second computation and on a surge made up here."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from answerable.understand.alike import ALIKE, chained, grouped, likeness
from answerable.understand.embed import Sentences
from answerable.understand.words import words
from tests.run.surge import MATTERS, messages


def slowly(alike: np.ndarray) -> list[set[int]]:
    """Average linkage as it is defined: join the two nearest groups until none is near enough."""
    groups = [{row} for row in range(len(alike))]
    while len(groups) > 1:
        means = {
            (a, b): float(np.mean([alike[x, y] for x in groups[a] for y in groups[b]]))
            for a in range(len(groups))
            for b in range(a)
        }
        (a, b), best = max(means.items(), key=lambda one: one[1])
        if best < ALIKE:
            break
        groups[b] |= groups.pop(a)
    return groups


@settings(max_examples=60, deadline=None)
@given(arrays(np.float64, st.integers(1, 9).map(lambda n: (n, n)), elements=st.floats(0, 0.5)))
def test_groups_are_those_of_the_definition(drawn: np.ndarray) -> None:
    """Chains of nearest neighbours give the groups that joining the nearest pair again and again gives.

    Sabotage: weigh the two means alike in `_join`, whatever the sizes.
    """
    noise = np.random.default_rng(1).random(drawn.shape) / 1e3  # no two pairs are equally near
    alike = (drawn + drawn.T + noise + noise.T).astype(np.float32)
    found: dict[int, set[int]] = {}
    for row, group in enumerate(chained(alike.copy())):
        found.setdefault(group, set()).add(row)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, slowly(alike.astype(np.float64))))
    assert all(min(rows) == name for name, rows in found.items())


def settled_in_four(count: int, seed: int) -> bool:
    """Whether each matter of a made-up surge is one group, and nobody stands in a wrong one."""
    said = list(messages(count, Random(seed)))
    meanings = Sentences().embed([text for _, text in said])
    meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
    groups = grouped(likeness(meanings.astype(np.float32), [words(text) for _, text in said]))
    pairs = {(matter, group) for (matter, _), group in zip(said, groups, strict=True)}
    return len(pairs) == len({group for _, group in pairs}) == len(MATTERS)


def test_a_surge_about_four_matters_is_four_groups() -> None:
    """Two hundred messages in their writers' own words: each matter one group, nobody in a wrong one."""
    assert settled_in_four(200, seed=1)


def test_a_message_that_met_the_wrong_one_early_moves_to_its_own() -> None:
    """In these two surges one message is nearest to somebody of another matter, and joins it in the chain.

    Sabotage: let `grouped` answer what `chained` does.
    """
    assert settled_in_four(60, seed=20)
    assert settled_in_four(60, seed=191718805)
