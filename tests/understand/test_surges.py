"""Tests of surging words: what binds the first posts of an event, and what binds nothing."""

from __future__ import annotations

import itertools
import random

from answerable.understand.duplicates import sketch
from answerable.understand.surges import Surges
from answerable.understand.threads import Original, ThreadIndex
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


class _Opening(Surges):
    """Opens the threads of every word before it decides."""

    def _may(self, said: int, older: int) -> bool:
        return True


def test_a_word_is_passed_by_only_where_its_threads_would_say_no() -> None:
    """What is seen from counts alone, before a thread is opened, never costs a surge. Events of all sizes come."""
    rng, index, ids, found, passed = random.Random(20260302), ThreadIndex(), itertools.count(1), 0, 0
    surges, all_opened = Surges(index), _Opening(index)
    for number in range(1, 4_001):
        event = number // 400
        words = {f"common{int(rng.paretovariate(0.7)) % 400}" for _ in range(6)}
        if number % 400 < 25 * event and rng.random() < 0.4:
            words |= {f"event{event}", *(f"rare{rng.randrange(10_000)}" for _ in range(5))}
        thread, *_ = index.place(number, sorted(words), number * 40_000, lambda: (next(ids), 0))
        index.remember(thread, Original(number, 0.5, sketch(sorted(words)), "en"))
        for one in (surges, all_opened):
            one.observe(thread, number * 40_000)
        if number % 10 == 0:
            passed += sum(not surges._may(index.vocabulary.count(word), 0) for word in words)
            seen = [
                [(word, [one.id for one in threads]) for word, threads in one.found()]
                for one in (surges, all_opened)
            ]
            assert seen[0] == seen[1]
            found += len(seen[0])
    assert min(found, passed) > 20, (found, passed)
