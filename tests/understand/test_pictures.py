"""A picture is known again after what happens to pictures on their way, and hardly ever taken for another one."""

from __future__ import annotations

import numpy as np

from answerable.collect.picture import picture_hash
from answerable.understand.claims.pictures import RADIUS, Pictured, apart
from tests.understand.drawn import measured


def test_a_picture_is_known_again_and_another_one_is_not() -> None:
    """Saved badly, smaller, cut by 3%, written on, grey, lit, and three of these in turn; papers beside papers.

    Sabotage: keep the first 64 bits of a hash alone, or double the radius.
    """
    found = measured(60)
    assert found.pop("pairs") == 1770
    assert found.pop("mistaken") <= 3
    assert min(found.values()) >= 0.9, found
    assert sum(found.values()) / len(found) >= 0.97, found


def test_a_plain_or_tiny_picture_says_nothing() -> None:
    """No hash, so that all white pictures are not the same one."""
    random = np.random.default_rng(4)
    assert picture_hash(np.full((80, 80), 255, dtype=np.uint8)) is None
    assert picture_hash(random.integers(0, 256, (8, 300)).astype(np.uint8)) is None
    assert picture_hash(random.integers(0, 256, (80, 80)).astype(np.uint8)) is not None


def test_the_nearest_answer_comes_first_and_each_once() -> None:
    """Within the radius, nearest first, ties by id, an answer with two such pictures once; an empty list is quiet."""
    one = bytes(16)
    near, far = b"\x07" + bytes(15), b"\xff" * 16
    edge = ((1 << RADIUS) - 1).to_bytes(16, "big")
    held = Pictured(
        [
            (9, one),
            (4, near),
            (4, edge),
            (7, far),
            (2, one),
            (5, edge),
            (6, (1 << 127 | 1).to_bytes(16, "big")),
        ]
    )
    assert held.near(one) == [(0, 2), (0, 9), (2, 6), (3, 4), (RADIUS, 5)]
    assert apart(one, far) == 128
    assert Pictured([]).near(one) == []
