"""Tests of the scores: equal to scikit-learn's, right at the edges, fast enough."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, normalized_mutual_info_score

from answerable.evaluate.clusters import scores

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9)), min_size=1, max_size=60)


def _check(labels: list[int], predicted: list[int]) -> None:
    found = scores(labels, predicted)
    assert found["nmi"] == pytest.approx(normalized_mutual_info_score(labels, predicted), abs=1e-9)
    assert found["ami"] == pytest.approx(adjusted_mutual_info_score(labels, predicted), abs=1e-6)
    assert found["ari"] == pytest.approx(adjusted_rand_score(labels, predicted), abs=1e-9)


@given(PAIRS)
def test_scores_are_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    """NMI, AMI and ARI agree with scikit-learn's defaults on any labels, one group and all apart included."""
    _check([label for label, _ in pairs], [group for _, group in pairs])


def test_large_groupings_agree_too_and_quickly() -> None:
    """30,000 items in 9,000 groups: equal to scikit-learn, within seconds."""
    rng = random.Random(4)
    labels = [rng.randrange(250) ** 2 // 250 for _ in range(30_000)]
    predicted = [label * 40 + rng.randrange(40) for label in labels]
    started = time.perf_counter()
    scores(labels, predicted)
    assert time.perf_counter() - started < 30
    _check(labels, predicted)


@given(PAIRS)
def test_bcubed_is_the_mean_over_items(pairs: list[tuple[int, int]]) -> None:
    """Precision and recall as Bagga and Baldwin define them, item by item."""
    found = scores([label for label, _ in pairs], [group for _, group in pairs])
    precision = recall = 0.0
    for label, group in pairs:
        same = sum(pair == (label, group) for pair in pairs)
        precision += same / sum(pair[1] == group for pair in pairs) / len(pairs)
        recall += same / sum(pair[0] == label for pair in pairs) / len(pairs)
    assert found["bcubed_precision"] == pytest.approx(precision)
    assert found["bcubed_recall"] == pytest.approx(recall)
    assert found["bcubed_f1"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_a_perfect_grouping_has_ones() -> None:
    """The names of groups do not matter; a perfect grouping scores 1 everywhere."""
    assert scores(["a", "a", "b"], [7, 7, 9]) == pytest.approx(dict.fromkeys(scores(["a"], [1]), 1.0))


def test_nothing_to_score_is_an_error() -> None:
    """Empty or uneven sequences are a mistake of the caller."""
    with pytest.raises(ValueError, match="nothing"):
        scores([], [])
    with pytest.raises(ValueError, match="2 labels"):
        scores([1, 2], [1])
