"""Tests of the inverted index: whatever comes and goes, it names who holds a word, or nobody when many do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.postings import Postings

WIDEST = 4
WORDS = "abc"


class World:
    """Who holds what, and the index that should know."""

    def __init__(self) -> None:
        self.held: dict[int, set[str]] = {}
        self.index = Postings(WIDEST)

    def take(self, one: int, word: str) -> None:
        words = self.held.setdefault(one, set())
        if word not in words:
            words.add(word)
            self.index.add(word, one)

    def leave(self, one: int, word: str) -> None:
        words = self.held.get(one, set())
        if word in words:
            words.remove(word)
            self.index.remove(word, one)
            if not words:
                del self.held[one]

    def refill(self, most: int) -> None:
        self.index.refill(list(self.held), lambda one: self.held.get(one, ()), most)

    def check(self, *, all_named: bool) -> None:
        for word in WORDS:
            truth = {one for one, words in self.held.items() if word in words}
            said = self.index.get(word)
            if said:
                assert set(said) == truth
                assert len(said) == len(truth)
            elif len(truth) <= WIDEST // 2 and all_named:
                assert not truth, f"nobody is named for {word}"


@given(
    steps=st.lists(st.tuples(st.sampled_from("+++---r"), st.integers(1, 9), st.sampled_from(WORDS)), max_size=120),
    most=st.integers(1, 4),
)  # fmt: skip
def test_it_names_who_holds_a_word_or_nobody(steps: list[tuple[str, int, str]], most: int) -> None:
    """Also while it looks, part by part, for the holders of a word that few hold again."""
    world = World()
    for what, one, word in steps:
        if what == "+":
            world.take(one, word)
        elif what == "-":
            world.leave(one, word)
        else:
            world.refill(most)
        world.check(all_named=False)
    for _ in range(2 * 9 // most + 4):
        world.refill(most)
    world.check(all_named=True)


def test_a_word_that_few_hold_again_is_looked_for_in_parts() -> None:
    """No call looks at more than it may, and in the end everybody is named, also who came meanwhile."""
    world = World()
    for one in range(1, 9):
        world.take(one, "a")
        world.take(one, "b")
    for one in range(1, 7):
        world.leave(one, "a")
    looked: list[int] = []

    def words(one: int) -> set[str]:
        looked.append(one)
        return world.held.get(one, set())

    for call in range(1, 4):
        world.index.refill(sorted(world.held, reverse=True), words, 3)
        assert len(looked) <= 3 * call
        if call == 1:
            world.take(9, "a")
            world.leave(8, "a")
    assert set(world.index.get("a") or ()) == {7, 9}
    assert world.index.get("b") == ()
