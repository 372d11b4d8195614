"""The packed states: never over two kilobytes, without loss, and honest about damage."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.understand.states import (
    LIMIT,
    VERSION,
    pack_story,
    pack_thread,
    rounded,
    unpack_story,
    unpack_thread,
)
from tests.understand.memory import Memory, heard, stream

WORDS = st.dictionaries(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=24),
    st.integers(1, 0xFFFF),
    max_size=60,
)
ORIGINALS = st.lists(
    st.tuples(
        st.integers(1, 2**40),
        st.integers(0, 255).map(lambda steps: steps / 255),
        st.lists(st.integers(0, 2**32 - 1), max_size=33).map(tuple),
        st.sampled_from(["en", "und", "zh"]),
    ),
    max_size=4,
)
# Alphabets of one to four bytes a letter, none of which is cut into shorter words.
ALPHABETS = {
    "latin": "abcdefghijklmnop",
    "cyrillic": "абвгдежзиклмнопр",
    "devanagari": "कखगघचछजझटठडढतथदध",
    "gothic": "".join(map(chr, range(0x10330, 0x10340))),
}


@given(st.integers(0, 255), st.floats(0, 1e6), st.integers(0, 2**60), ORIGINALS, WORDS)
@settings(max_examples=60)
def test_a_thread_comes_back_as_it_was(
    embedded: int, norm: float, last: int, originals: list, sums: dict[str, int]
) -> None:
    """Packing a thread's sums loses nothing."""
    blob = pack_thread(embedded, norm, last, originals, sums)
    assert unpack_thread(blob) == (embedded, norm, last, originals, sums)


@given(st.integers(0, 0xFFFF), st.floats(-1, 50), WORDS, st.integers(0, 10**6))
@settings(max_examples=40)
def test_a_story_comes_back_as_it_was(embedded: int, rank: float, sums: dict[str, int], seed: int) -> None:
    """Packing a story loses nothing once its vector is rounded, and rounding twice is rounding once."""
    vector = np.random.default_rng(seed).normal(size=64).astype(np.float32)
    meaning = rounded(vector)
    back = unpack_story(pack_story(embedded, rank, meaning, sums))
    assert (back[0], back[1], back[3]) == (embedded, rank, sums)
    assert back[2] is not None
    assert np.array_equal(back[2], meaning)
    assert np.array_equal(rounded(meaning), meaning)
    assert float(np.abs(vector - meaning).max()) <= float(np.abs(vector).max()) / 127


def test_a_story_without_meaning_comes_back_without() -> None:
    """No vector is not a vector of zeros."""
    assert unpack_story(pack_story(0, -1.0, None, {})) == (0, -1.0, None, {})


@pytest.mark.parametrize("alphabet", sorted(ALPHABETS))
def test_no_state_is_over_two_kilobytes(alphabet: str) -> None:
    """Long words of long alphabets are pruned until they fit, and what is stored is what memory holds."""
    dice = random.Random(alphabet)
    letters = ALPHABETS[alphabet]
    lexicon = ["".join(dice.choices(letters, k=24)) for _ in range(120)]
    texts = [" ".join(dice.sample(lexicon, 40)) for _ in range(60)]
    memory = Memory().hear([heard(number, text) for number, text in enumerate(texts, 1)])
    states = [one.state for one in (*memory.threads.values(), *memory.stories.values())]
    assert max(map(len, states)) <= LIMIT
    assert max(map(len, states)) > LIMIT // 2
    for thread in memory.threads.values():
        held = memory.engine._threads.live[thread.id]
        assert unpack_thread(thread.state)[-1] == held.sums
        assert len(held.sums) > 5
    for story in memory.stories.values():
        assert unpack_story(story.state)[-1] == memory.engine._stories.live[story.id].sums


def test_pruned_states_restart_like_others() -> None:
    """Also when words were pruned to fit, a restart changes no assignment."""
    dice = random.Random(3)
    lexicon = ["".join(dice.choices(ALPHABETS["gothic"], k=24)) for _ in range(90)]
    items = [heard(number, " ".join(dice.sample(lexicon, 25))) for number in range(1, 61)]
    through, stopped = Memory(), Memory()
    for start in range(0, 60, 6):
        through.hear(items[start : start + 6])
        stopped.restart().hear(items[start : start + 6])
    assert stopped.items == through.items
    assert stopped.together() == through.together()


@given(st.integers(0, 10**6))
@settings(max_examples=8)
def test_ordinary_states_are_small_too(seed: int) -> None:
    """Nor do ordinary streams ever need more."""
    memory = Memory().hear(stream(seed, 100))
    assert all(len(one.state) <= LIMIT for one in memory.threads.values())
    assert all(len(one.state) <= LIMIT for one in memory.stories.values())


def test_another_version_is_refused() -> None:
    """A state of another version is never misread as this one."""
    for blob, unpack in (
        (pack_thread(0, 1.0, 1, [], {"tap": 1}), unpack_thread),
        (pack_story(0, 1.0, None, {"tap": 1}), unpack_story),
    ):
        assert blob[0] == VERSION
        with pytest.raises(ValueError, match="version"):
            unpack(bytes([VERSION + 1]) + blob[1:])


def test_a_cut_state_is_refused() -> None:
    """A state cut short at any byte raises ValueError, and nothing else; only a last word can be cut unseen."""
    sketch = tuple(range(9))
    thread = pack_thread(1, 2.0, 3, [(7, 1.0, sketch, "en")], {"tap": 1, "kettle": 2})
    story = pack_story(1, 2.0, np.ones(8, np.float32), {"tap": 1, "kettle": 2})
    for blob, unpack in ((thread, unpack_thread), (story, unpack_story)):
        for end in range(len(blob) - len("\nkettle")):
            with pytest.raises(ValueError):
                unpack(blob[:end])
