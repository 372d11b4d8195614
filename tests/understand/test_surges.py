"""Tests of surging words: what binds the first posts of an event, and what binds nothing."""

from __future__ import annotations

from tests.understand.streams import heard, play

TAG = "#pontevedina"
FIRST = (
    f"{TAG} sirens everywhere near the old harbour",
    f"somebody tell me what exploded {TAG}",
    f"Incendio enorme en el almacén {TAG}",
    f"{TAG} smoke over my balcony right now",
    f"Mi hermano trabaja ahí, no contesta {TAG}",
    f"Bomberos cortan la avenida {TAG}",
)
CHATTER = (
    "breakfast pancakes with maple syrup", "monday meetings never end", "my cat sleeps upon the keyboard",
    "new haircut feels strange", "learning guitar chords slowly", "rainy evening with a novel",
    "grandma bakes apple pies", "marathon training hurts", "which laptop should students buy",
    "coffee machine broken again", "garden tomatoes finally ripe", "lost another umbrella today",
)  # fmt: skip


def _stories_of(texts: tuple[str, ...], *, chatter: int = 240, step: float = 1.0) -> set[int]:
    """The stories in which `texts` stand when they follow a while of chatter, one every `step` minutes."""
    said = [f"{CHATTER[number % len(CHATTER)]} day{number}" for number in range(chatter)]
    items = [heard(number, text, minute=float(number)) for number, text in enumerate(said, 1)]
    for number, text in enumerate(texts, 1):
        items.append(heard(chatter + number, text, minute=chatter + number * step))
    rows = play(items, batch=1)
    return {rows.story(chatter + number) for number in range(1, len(texts) + 1)}


def test_a_word_nobody_used_before_binds_the_first_posts_of_an_event() -> None:
    """Six posts in two languages that share nothing but a new tag are one story at once."""
    assert len(_stories_of(FIRST)) == 1
    assert len(_stories_of(tuple(text.replace(TAG, "") for text in FIRST))) > 3


def test_a_word_that_is_said_every_day_binds_nothing() -> None:
    """Six posts that share a word of everybody's chatter stay as many stories."""
    assert len(_stories_of(tuple(text.replace(TAG, "coffee") for text in FIRST))) > 2


def test_a_word_said_now_and_then_over_days_binds_nothing() -> None:
    """The same posts half a day apart are no surge."""
    assert len(_stories_of(FIRST, step=720.0)) > 2


def test_repeats_of_one_text_are_no_surge() -> None:
    """One text repeated twenty times and two others that share its word are no four different ones."""
    texts = (*(FIRST[0],) * 20, FIRST[1], FIRST[2])
    assert len(_stories_of(texts)) > 1
