"""A claim finds the answer that meets it: by words, other spellings and meaning, surely only where measured."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.drill.day import day
from answerable.collect.drill.plan import DEFAULT_NAME
from answerable.understand.claims import shelf
from answerable.understand.claims.index import Answered
from answerable.understand.embed import Hashed, Sentences

ANSWERS = {
    1: ("The tap water in Fenmoor is brown because of the flood", "en"),
    2: ("The town hall of Brackwater closes on Friday at 14:00", "en"),
    3: ("市政府周五下午两点关门", "zh"),
    4: ("El puente de Hollin está cerrado al tráfico", "es"),
}

ELSEWHERE = (
    "Got the last six pack in Fenmoor, felt like a thief",
    "still brown in fenmoor. still!",
    "can i top up the fish tank? it's muddy, fenmoor end",
    "no water in fenmoor this morning, anyone else?",
    "Taps dry on Barge Walk. Is it just us or is it all of Fenmoor.",
    "The big eel lantern got stuck under the arch and a hundred people held it up",
    "the lanterns are lit on eelgate quay, oh it's beautiful",
    "Bus 14 smells of chips again",
    "Children's hour at the library moves to Tuesday",
    "Who left a pram at the bus shelter by the bridge?",
    "The walk along the tow path is muddy after the rain",
)


@pytest.fixture
def answered() -> Answered:
    found = Answered(Hashed())
    for number, (text, language) in ANSWERS.items():
        found.add(number, text, language)
    return found


def test_a_claim_in_other_words_finds_its_answer_and_says_why(answered: Answered) -> None:
    """The best match is the answer about the same; its reasons name words that both really have."""
    for text, language, wanted in (
        ("They say the water from taps in #Fenmoor is brown!! https://t.co/x1", "en", 1),
        ("周五下午市政府关门吗？", "zh", 3),
        ("¿Han cerrado el puente de Hollin?", "es", 4),
    ):
        best = answered.match(text, language)[0]
        assert best.id == wanted
        assert best.reasons.wording == ANSWERS[wanted][0]
        assert best.reasons.shared
        assert all(word in text.lower() for word in best.reasons.shared)


def test_where_nothing_was_measured_nothing_is_confirmed(answered: Answered) -> None:
    """The very words of an answer, in a language without data: suggested, and the reason says so."""
    best = answered.match(ANSWERS[3][0], "zh")[0]
    assert (best.id, best.verdict, best.chance, best.reasons.unsure) == (3, "suggest", None, "language")


def test_other_wordings_of_an_answer_are_found_too(answered: Answered) -> None:
    """An answer is found by the question it answers as well as by the claim."""
    answered.add(5, "The reservoir was inspected in March", "en", also=["Is there chlorine in Saltgate?"])
    assert answered.match("chlorine at Saltgate, is that true?", "en")[0].id == 5


def test_what_left_is_never_found_and_counts_no_more() -> None:
    """Dropping and adding in any order leaves what adding the rest alone would, also after a move."""
    kept, moved = Answered(Hashed()), Answered(Hashed())
    for number in range(shelf.LEAST_GONE + 60):
        moved.add(number, f"claim number {number} about the {'bridge' if number % 2 else 'river'}", "en")
    for number in range(shelf.LEAST_GONE + 10):
        moved.drop(number)
    moved.drop(4)
    moved.add(shelf.LEAST_GONE + 20, "the mayor sold the clock tower", "en")
    for number in [*range(shelf.LEAST_GONE + 10, shelf.LEAST_GONE + 60)]:
        kept.add(number, f"claim number {number} about the {'bridge' if number % 2 else 'river'}", "en")
    kept.add(shelf.LEAST_GONE + 20, "the mayor sold the clock tower", "en")
    assert len(moved) == len(kept) == 50
    assert shelf.LEAST_GONE + 5 not in moved
    text = f"claim {shelf.LEAST_GONE + 31}: the bridge, and the clock tower"
    assert [(one.id, round(one.score, 4)) for one in moved.match(text, "en", most=50)] == [
        (one.id, round(one.score, 4)) for one in kept.match(text, "en", most=50)
    ]


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=5), st.text(max_size=80))
def test_any_text_is_matched_without_trouble(pairs: list[tuple[str, str]], text: str) -> None:
    """Whatever people write, likenesses are shares, matches are in order and each is an answer of the list."""
    answered = Answered(Hashed(8))
    for number, (claim, other) in enumerate(pairs):
        answered.add(number, claim, "en", also=[other])
    found = answered.match(text, "en", most=3)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.id in answered for one in found)
    assert len({one.id for one in found}) == len(found) <= 3
    for one in found:
        assert np.isfinite(one.score)
        assert 0 <= one.reasons.words <= 1 + 1e-6
        assert 0 <= one.reasons.pieces <= 1 + 1e-6


def test_kept_meanings_are_the_same_as_new_ones(answered: Answered) -> None:
    """An answer that comes with its stored meanings is found as if it were embedded now; wrong ones refuse."""
    text, also = "The ferry stops at Eelgate", ["Does the ferry still run?"]
    rows = answered.meanings(text, also)
    answered.add(8, text, "en", also=also, meanings=rows)
    one = answered.match("is the ferry running", "en")[0]
    answered.add(8, text, "en", also=also)
    assert one == answered.match("is the ferry running", "en")[0]
    with pytest.raises(ValueError, match="1 meanings for 2 wordings"):
        answered.add(9, text, "en", also=also, meanings=rows[:1])


def test_what_is_about_the_same_place_is_not_the_same_claim() -> None:
    """Among few answers a message that shares the town's names and a subject is proposed at most; who says or asks
    the very same is confirmed. With the desk's own model.

    Sabotage: leave `least` out of `chances_of`, or `hear` nothing.
    """
    answered = Answered(Sentences())
    for number, claim in enumerate(
        ("There is sewage in the tap water of Fenmoor", "Bus 14 left children behind at Hollin Bridge",
         "The lantern walk is called off")
    ):  # fmt: skip
        answered.add(number, claim, "en")
    for post in day(DEFAULT_NAME, 1)[::3]:  # a town says its names every day
        answered.hear(post.text)
    for text in ELSEWHERE:
        assert answered.match(text, "en", most=1)[0].verdict != "confirm", text
    for text, meant in (
        ("Is it true that there is sewage in the tap water in Fenmoor?", 0),
        ("Were children left behind at Hollin Bridge by bus 14?", 1),
        ("People say the lantern walk tonight is called off", 2),
    ):
        best = answered.match(text, "en", most=1)[0]
        assert (best.id, best.verdict) == (meant, "confirm"), text
