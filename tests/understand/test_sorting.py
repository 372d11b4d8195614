"""Messages are sorted by what they say; the confidence is measured on what was not seen; few teach nothing."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold

from answerable.run.evaluation.routing import folds
from answerable.understand.embed import Hashed
from answerable.understand.sorting import Message, features, learn

WATER = ("pipe", "tap", "pressure", "brown water", "leak", "meter")
ROADS = ("lamp", "pavement", "pothole", "crossing", "kerb", "traffic light")
PLACES = ("Mill Lane", "Fenmoor", "Hollin Bridge", "Saltgate", "Eelgate")


def lessons(n: int = 6) -> tuple[list[Message], list[int]]:
    messages, units = [], []
    for unit, nouns in ((1, WATER), (2, ROADS)):
        for noun in nouns:
            for place in PLACES[:n]:
                messages.append(Message("", f"The {noun} in {place} is broken since Monday", place))
                units.append(unit)
    return messages, units


def test_new_words_of_a_unit_go_there_and_nonsense_is_not_sure() -> None:
    """What shares its unit's words is sorted surely; what shares nothing with any is left to a person.

    Sabotage: calibrate on the fitted scores instead of those without the example; nonsense becomes sure.
    """
    embedder = Hashed()
    messages, units = lessons()
    sorter = learn(features(messages, embedder), units, {1: "Water Services", 2: "Roads"}, embedder)
    assert sorter is not None
    asked = [
        Message("", "A leak at the meter, no pressure in the tap"),
        Message("", "Pothole and broken kerb beside the lamp"),
        Message("", "Xylophones please"),
    ]
    water, roads, nothing = sorter.sort(features(asked, embedder))
    assert (water.unit, roads.unit) == (1, 2)
    assert water.sure
    assert roads.sure
    assert nothing.confidence < min(water.confidence, roads.confidence)


def test_labels_without_meaning_are_never_sure() -> None:
    """Where people sorted by chance, the measured confidence says so: hardly anything is sorted."""
    embedder, random = Hashed(), np.random.default_rng(5)
    messages, _ = lessons()
    units = [int(unit) for unit in random.integers(1, 3, len(messages))]
    sorter = learn(features(messages, embedder), units, {1: "North", 2: "South"}, embedder)
    assert sorter is not None
    found = sorter.sort(features(messages, embedder))
    assert np.mean([one.sure for one in found]) < 0.2


@pytest.mark.parametrize("wrong", ["one unit", "too few"])
def test_too_little_teaches_nothing(wrong: str) -> None:
    """One unit alone, or fewer than twenty messages, give no sorter: everything waits for a person."""
    messages, units = lessons(1 if wrong == "too few" else 5)
    if wrong == "one unit":
        units = [1] * len(units)
    embedder = Hashed()
    assert learn(features(messages, embedder), units, {1: "Water", 2: "Roads"}, embedder) is None


def test_folds_are_those_of_scikit_learn() -> None:
    """A second opinion on how the file is split: the same folds for labels in any order and number."""
    random = np.random.default_rng(0)
    for _ in range(20):
        truth = random.integers(0, 4, 90)
        expected = np.empty(len(truth), dtype=int)
        splits = StratifiedKFold(5, shuffle=True, random_state=1).split(truth, truth)
        for fold, (_, outside) in enumerate(splits):
            expected[outside] = fold
        assert (folds(truth) == expected).all()
