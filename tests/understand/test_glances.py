"""Tests of what is kept in memory of packed threads: it never rules out a thread that would have been found."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.glances import Glances, Marked
from answerable.understand.threads import ThreadIndex
from tests.understand.streams import WORDS

_WORDS = st.text("abcdefgh水管", min_size=1, max_size=3)
_SUMS = st.dictionaries(_WORDS, st.integers(1, 40), max_size=64)
_WEIGHTS = st.dictionaries(_WORDS, st.floats(0.01, 12.0), min_size=1, max_size=24)


@given(_SUMS, _WEIGHTS, st.integers(0, 60))
def test_what_a_glance_rules_out_is_far(sums: dict[str, int], weights: dict[str, float], more: int) -> None:
    """No product is greater than the bar that a glance says it does not reach."""
    items = max(sums.values(), default=1) + more
    glance = Glances().put(7, items, 3.0, (5, 9), sums)
    assert glance[:4] == (items, 3.0, 5, 9)
    weighed = [(weight, word) for word, weight in weights.items()]
    product = sum(weight * sums.get(word, 0) for weight, word in weighed)
    shared = sum(weight for weight, word in weighed if word in sums)
    for part in (0.5, 0.99):
        assert not product or Marked(weighed).reaches(glance, shared, part * product)


def test_a_glance_rules_out_most() -> None:
    """A thread of other words is read less than every second time."""
    rng = random.Random(3)
    kept = []
    for one in range(200):
        sums = {f"word{rng.randrange(9999)}": rng.choice([1, 1, 1, 1, 2, 5]) for _ in range(14)}
        kept.append(Glances().put(one, 5, 3.0, (0, 0), sums))
    asked = [Marked([(5.0, f"other{rng.randrange(9999)}") for _ in range(12)]) for _ in range(30)]
    assert sum(one.reaches(glance, 60.0, 25.0) for one in asked for glance in kept) < 30 * 100


@given(st.lists(st.tuples(st.integers(0, 300), st.booleans()), max_size=60))
def test_glances_are_there_until_they_are_dropped(steps: list[tuple[int, bool]]) -> None:
    """What was put is found as it was put last, what was dropped is not, and an empty page goes."""
    glances, there = Glances(), {}
    for step, (one, put) in enumerate(steps):
        if put:
            there[one] = glances.put(one, step + 1, step / 2, (step, step), {str(step): 1})
        else:
            there.pop(one, None)
            glances.drop(one)
        assert {each: glances.get(each) for each in range(301) if glances.get(each)} == there
    for one in list(there):
        glances.drop(one)
    assert not glances._pages


def test_packed_threads_are_found_as_open_ones_are() -> None:
    """Each item of a long stream joins the thread that it joins when nothing is packed, with the same cosine."""
    rng = random.Random(11)
    subjects = [rng.sample(WORDS, 9) for _ in range(40)]
    stream = [[*rng.sample(rng.choice(subjects), 5), *rng.sample(WORDS, 4)] for _ in range(3000)]

    def placed(most_open: int) -> list[tuple[int, float]]:
        index = ThreadIndex()
        index.live._most = most_open
        found = []
        for item, text in enumerate(stream, 1):
            thread, nearness, _ = index.place(item, dict.fromkeys(text), item * 900, lambda: (item, item))  # noqa: B023
            found.append((thread.id, nearness))
            if item % 100 == 0:
                index.sweep()
        return found

    packed = placed(most_open=5)
    assert packed == placed(most_open=10_000)
    assert len({thread for thread, _ in packed}) < len(stream), "threads do grow"
