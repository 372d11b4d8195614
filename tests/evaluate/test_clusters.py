"""The scores of a grouping equal scikit-learn's, and B-cubed equals its definition, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sklearn import metrics

from answerable.evaluate.clusters import scores

PAIRS = st.integers(1, 12).flatmap(
    lambda kinds: st.lists(st.tuples(st.integers(0, kinds), st.integers(0, kinds)), min_size=1, max_size=80)
)


def _bcubed(labels: Sequence[int], groups: Sequence[int]) -> tuple[float, float]:
    """Bagga and Baldwin's definition, word for word: each item asks who stands beside it."""
    precision = recall = Fraction(0)
    for label, group in zip(labels, groups, strict=True):
        both = sum(1 for other in zip(labels, groups, strict=True) if other == (label, group))
        precision += Fraction(both, groups.count(group))
        recall += Fraction(both, labels.count(label))
    return float(precision / len(labels)), float(recall / len(labels))


@settings(max_examples=300)
@given(PAIRS)
@example([(0, 0)])
@example([(0, 0)] * 9)  # one label, one group
@example([(0, n) for n in range(9)])  # one label, every item alone
@example([(n, 0) for n in range(9)])  # every label once, one group
@example([(n, n) for n in range(9)])  # every item alone in both
@example([(n % 3, n // 3) for n in range(9)])  # nothing in common
def test_scores_are_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    """NMI, AMI and ARI are those of scikit-learn on any labels, degenerate ones included."""
    labels, groups = (list(side) for side in zip(*pairs, strict=True))
    found = scores(labels, groups)
    assert found["nmi"] == pytest.approx(metrics.normalized_mutual_info_score(labels, groups), abs=1e-9)
    assert found["ami"] == pytest.approx(metrics.adjusted_mutual_info_score(labels, groups), abs=1e-6)
    assert found["ari"] == pytest.approx(metrics.adjusted_rand_score(labels, groups), abs=1e-9)


@settings(max_examples=200)
@given(PAIRS)
@example([(0, 0)])
@example([(0, n) for n in range(9)])
@example([(n, 0) for n in range(9)])
def test_bcubed_is_its_definition(pairs: list[tuple[int, int]]) -> None:
    """Precision, recall and their harmonic mean agree with the definition worked out item by item."""
    labels, groups = (list(side) for side in zip(*pairs, strict=True))
    found = scores(labels, groups)
    precision, recall = _bcubed(labels, groups)
    assert found["bcubed_precision"] == pytest.approx(precision, abs=1e-12)
    assert found["bcubed_recall"] == pytest.approx(recall, abs=1e-12)
    assert found["bcubed_f1"] == pytest.approx(2 * precision * recall / (precision + recall), abs=1e-12)


@given(PAIRS, st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(pairs: list[tuple[int, int]], chance: object) -> None:
    """Groups may be called anything and items come in any order; only who stands with whom is scored."""
    renamed = [(f"label {label}", ("group", -group)) for label, group in pairs]
    chance.shuffle(renamed)  # type: ignore[attr-defined]
    assert scores(*zip(*renamed, strict=True)) == pytest.approx(scores(*zip(*pairs, strict=True)), abs=1e-9)


def test_a_stream_of_thousands_is_scored_like_scikit_learn() -> None:
    """5,000 items in skewed labels and noisy groups, as a real stream has them, still agree."""
    chance = np.random.default_rng(11)
    labels = chance.zipf(1.4, 5000) % 300
    groups = np.where(chance.random(5000) < 0.7, labels, chance.integers(0, 2000, 5000))
    found = scores(labels.tolist(), groups.tolist())
    assert found["nmi"] == pytest.approx(metrics.normalized_mutual_info_score(labels, groups), abs=1e-9)
    assert found["ami"] == pytest.approx(metrics.adjusted_mutual_info_score(labels, groups), abs=1e-9)
    assert found["ari"] == pytest.approx(metrics.adjusted_rand_score(labels, groups), abs=1e-9)


def test_the_ends_of_the_scale() -> None:
    """A perfect grouping scores 1 everywhere; one heap of different things has recall 1 and no precision."""
    perfect = scores(["a", "a", "b", "c"], [7, 7, 3, 1])
    assert perfect == pytest.approx(dict.fromkeys(perfect, 1.0))
    heap = scores(list(range(20)), [0] * 20)
    assert heap["bcubed_recall"] == 1.0
    assert heap["bcubed_precision"] == pytest.approx(1 / 20)
    assert heap["ami"] == heap["nmi"] == 0.0


@pytest.mark.parametrize(("labels", "groups"), [([], []), ([1], []), ([1, 2], [1])])
def test_what_cannot_be_scored_is_refused(labels: list[int], groups: list[int]) -> None:
    """Nothing at all, or lists of different lengths, is an error and no number."""
    with pytest.raises(ValueError, match=r"."):
        scores(labels, groups)
