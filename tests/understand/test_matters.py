"""Tests of matters: what comes back is recognised by its names, phrases glue nothing, memory stays bounded."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.understand.matters import MatterIndex, MatterRules
from answerable.understand.names import named, pieces, spoken, together
from tests.understand.matter_desk import DAMP, HOUR_MS, LIFT, Desk, StoredDesk, chatter


def strays(count: int) -> list[tuple[str, str]]:
    """Letters that share the phrases of letters and nothing else."""
    return [
        (
            f"Request to look into the matter of quay{n}",
            f"Dear Sir or Madam, quay{n} troubles pier{n} and hut{n}.",
        )
        for n in range(count)
    ]


def test_a_topic_that_comes_back_is_one_matter() -> None:
    """Two letters about one lift, months apart and among others, are two stories of one matter."""
    desk = Desk()
    (first,) = desk.hear([LIFT])
    desk.hear(strays(60))
    (again,) = desk.hear(
        [("Harrow Court lift out of order", "For weeks the lift of Harrow Court has been broken.")]
    )
    (other,) = desk.hear([DAMP])
    assert desk.of(first) is not None
    assert desk.of(first) == desk.of(again)
    assert desk.of(other) != desk.of(first)


def test_phrases_of_letters_glue_nothing() -> None:
    """A hundred letters that share their opening and the frame of their title are no matter."""
    desk = Desk()
    made = desk.hear(strays(100))
    sizes = Counter(desk.of(one) for one in made if desk.of(one) is not None)
    # The first few cannot know yet that everybody writes so.
    assert max(sizes.values(), default=0) <= 5


def test_many_likes_make_one_letter_a_matter() -> None:
    """A single letter is no matter, unless many others stood behind it."""
    desk = Desk()
    (quiet,) = desk.hear([LIFT])
    (loud,) = desk.hear([DAMP], likes=40)
    assert desk.of(quiet) is None
    assert desk.of(loud) is not None


def test_what_left_memory_is_taken_up_by_its_names() -> None:
    """With room for three matters, a topic of long ago is still recognised; memory holds no more than that."""
    desk = Desk(MatterRules(live=3, lone=40))
    (first, second) = desk.hear([LIFT, LIFT])
    for number in range(30):
        desk.hear(
            [(f"zork{number} plume{number} quab{number}", f"quab{number} zork{number} plume{number}")] * 2
        )
    assert first not in desk.index._of
    assert sum(1 for one in desk.index._by_id) <= 3
    (again,) = desk.hear([LIFT])
    assert desk.of(again) == desk.of(first) == desk.of(second)


def test_stories_set_apart_never_share_a_matter() -> None:
    """Whatever the names say, a person's word keeps two stories in two matters."""
    desk = Desk()
    (first,) = desk.hear([LIFT])
    number = len(desk.stories) + 1
    desk.apart = {first: {number}, number: {first}}
    (second,) = desk.hear([LIFT])
    assert second == number
    third, fourth = desk.hear([LIFT, LIFT])
    assert desk.of(first) is None or desk.of(first) != desk.of(second)
    assert desk.of(third) == desk.of(fourth)


def test_a_person_takes_a_story_out_of_its_matter() -> None:
    """The story is a matter of its own from then on, also when more of it comes in."""
    desk = Desk()
    first, second = desk.hear([LIFT, LIFT])
    desk.apart = {first: {second}, second: {first}}
    desk.index.part(second, desk.stories)
    desk.tick()
    desk.index.hear(second, named(*LIFT))
    desk.tick()
    assert desk.of(first) is not None
    assert desk.of(second) is not None
    assert desk.of(first) != desk.of(second)


def test_an_erased_message_leaves_no_name() -> None:
    """Names that only one message used go with it, also out of what is written down."""
    desk = Desk()
    (story,) = desk.hear([("Ghastly smell at Xylograph Works", "Xylograph Works smells.")], likes=40)
    assert "xylograph" in " ".join(desk.states[desk.of(story) or 0].names)
    left = desk.index.forget(
        story, named("Ghastly smell at Xylograph Works", "Xylograph Works smells."), counted=False
    )
    assert left.matters
    assert all(b"xylograph" not in one.state and not one.names for one in left.matters)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.sets(st.integers(1, 5)))
def test_a_restart_keeps_matters(seed: int, restarts: set[int]) -> None:
    """Rebuilt from what it wrote, the index goes on: each later letter joins the same matter as without."""
    letters = [LIFT, DAMP, LIFT, DAMP, LIFT, DAMP]
    desk = Desk()
    made = []
    for number, letter in enumerate(letters):
        if number in restarts:
            waiting = [one for one in made if desk.of(one) is None]
            desk.index = MatterIndex(desk.ids, desk.attic)
            homes = [(one, home) for one in made if (home := desk.of(one)) is not None]
            desk.index.load([desk.states[one] for one in sorted(desk.states)], homes, more=False)
            for one in waiting:
                desk.index.wait(one, named(*letters[one - 1]), one * 24 * HOUR_MS)
        made += desk.hear([letter])
    assert len({desk.of(one) for one in made[::2]} - {None}) == 1
    assert len({desk.of(one) for one in made[1::2]} - {None}) == 1
    assert desk.of(made[0]) != desk.of(made[1])
    del seed


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_names(title: str, text: str) -> None:
    """Names of any text are bounded in weight, and each stands in its order."""
    found = named(title, text)
    assert all(0 < weight <= 1 for weight in found.own.values())
    assert found.own.keys() == found.firm.keys()
    assert set(found.own) <= set(found.order)


def test_names_are_shown_as_people_write_them() -> None:
    """Pieces that overlap are put together again."""
    assert spoken(["力之城", "魅力之", "搅拌站"]) == ["魅力之城", "搅拌站"]
    assert spoken(["harrow court", "court", "mould"]) == ["harrow court", "mould"]
    assert together("科魅力", "魅力之") == "科魅力之"
    assert pieces("Mill Lane, again")[:3] == ["mill", "mill lane", "lane"]


def test_what_is_taken_up_again_follows_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as much on the shelf makes no tick take up more: a word that many matters hold finds none.

    Sabotage: take up every matter that shares a name.
    """
    rules = MatterRules(lone=20, live=20)
    taken: list[int] = []
    take_up = MatterIndex._take_up
    monkeypatch.setattr(MatterIndex, "_take_up", lambda self, one: (taken.append(one.id), take_up(self, one)))
    desk = Desk(rules)
    for letters in chatter(60):
        before = len(taken)
        desk.hear(letters, likes=40)
        last = len(taken) - before
    assert len(desk.states) > 1000
    assert last <= 20


def test_a_matter_comes_back_from_the_shelf_however_long_it_lay() -> None:
    """Thousands of other matters later the same lift breaks again: it is the matter it was."""
    desk = Desk(MatterRules(lone=20, live=20))
    (first,) = desk.hear([LIFT], likes=40)
    for letters in chatter(20):
        desk.hear(letters, likes=40)
    (again,) = desk.hear([LIFT], likes=40)
    assert desk.of(again) == desk.of(first)


@pytest.mark.parametrize("seed", range(4))
def test_a_store_that_is_a_tick_behind_changes_nothing(seed: int) -> None:
    """Matters that left memory, and those that became one, are found as if they had been written at once.

    Sabotage: let a matter leave in the tick that changed it, or forget at once which led to another.
    """
    rules = MatterRules(lone=6, live=6)
    late, prompt = StoredDesk(rules, 1), StoredDesk(rules, 0)
    rng = random.Random(seed)
    letters = [LIFT, DAMP, *(batch[0] for batch in chatter(12))]
    for _ in range(60):
        batch = rng.choices(letters, k=5)
        numbers = late.hear(batch, likes=40)
        assert prompt.hear(batch, likes=40) == numbers
        if rng.random() < 0.2:
            winner, loser = sorted(rng.sample(range(1, numbers[-1] + 1), 2))
            for desk in (late, prompt):
                desk.index.merged(winner, loser)
                desk.stories.pop(loser, None)
    for desk in (late, prompt):
        desk.tick()
    assert {one: late.of(one) for one in late.stories} == {one: prompt.of(one) for one in prompt.stories}
    assert late.states == prompt.states
    assert len(late.merged) > 0
