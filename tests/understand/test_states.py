"""Tests of the blobs that Thread.state and StoryState.state are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.states import pack_story, pack_thread, rounded, unpack_story, unpack_thread

WORD = st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=12)
SUMS = st.dictionaries(WORD, st.integers(1, 65535), max_size=64)


@given(SUMS, st.floats(0.1, 1e6), st.integers(0, 2**60), st.integers(0, 255))
def test_a_thread_comes_back_as_it_went(sums: dict[str, int], norm: float, item: int, embedded: int) -> None:
    """Nothing is rounded: a restart must choose the same threads."""
    originals = [(7, 51 / 255, (3, 1, 2), "en", 9), (8, 1.0, (), "und", 0)]
    state = pack_thread(embedded, norm, item, originals, sums)
    assert unpack_thread(state) == (embedded, norm, item, originals, sums)


@given(SUMS, st.lists(st.floats(-5, 5, width=32), min_size=4, max_size=512))
def test_a_story_comes_back_as_it_was_rounded(sums: dict[str, int], numbers: list[float]) -> None:
    """The vector in memory is rounded as the store will give it back, and only by half a step."""
    vector = np.array(numbers, dtype=np.float32)
    near = rounded(vector)
    embedded, rank, meaning, again = unpack_story(pack_story(3, 0.25, vector, sums))
    assert (embedded, rank, again) == (3, 0.25, sums)
    assert meaning is not None
    assert np.array_equal(meaning, near)
    assert np.abs(near - vector).max() <= max(np.abs(vector).max() / 254, 0) * 1.001 + 1e-7


def test_a_story_without_meaning_has_none() -> None:
    """Most stories are one item that was never embedded; they stay small."""
    state = pack_story(0, -1.0, None, {"water": 1})
    assert unpack_story(state) == (0, -1.0, None, {"water": 1})
    assert len(state) < 40


@pytest.mark.parametrize("damage", [b"", b"\x07", b"\x01", b"\x01" * 12])
def test_a_damaged_state_is_named(damage: bytes) -> None:
    """A blob that is cut or of another version is one clear error, never a wrong sum."""
    with pytest.raises(ValueError, match="state"):
        unpack_thread(damage)
    with pytest.raises(ValueError, match="state"):
        unpack_story(damage)
