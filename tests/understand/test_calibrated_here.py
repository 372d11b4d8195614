"""What people decide on a desk measures a language: what is confirmed there keeps its word on texts not decided yet."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.arrived import counted
from answerable.understand.claims.combiner import SURE, built_in
from answerable.understand.claims.index import Answered
from answerable.understand.claims.learning import LEAST, STATED
from answerable.understand.claims.tongues import measured_as, script
from answerable.understand.claims.undone import Decided, followed, measured_here
from answerable.understand.embed import Sentences
from tests.understand import own_claims
from tests.understand.own_claims import Told


@dataclass(frozen=True)
class Town:
    """The claims of one language, and what people would decide about each text."""

    answered: Answered
    told: list[Told]

    def decided(self, without: int | None = None) -> list[Decided]:
        return [one.decided for one in self.told if one.fold != without and one.decided]


@pytest.fixture(scope="module")
def towns() -> dict[str, Town]:
    """Each text is matched once: this takes seconds."""
    meaning, found = Sentences(), {}
    for language in ("es", "zh"):
        answered = own_claims.listed(Answered(meaning), language)
        found[language] = Town(answered, own_claims.told(answered, language))
    return found


@pytest.mark.parametrize("language", ["es", "zh"])
def test_a_second_and_a_third_language_keep_their_word_on_texts_left_out(
    towns: dict[str, Town], language: str
) -> None:
    """Four fifths of the claims with what people decided measure it; of the last fifth hardly a confirmation is
    wrong, though every fifth text is about nothing on the list. Before anybody decided, nothing is confirmed.

    Sabotage: give every decision the same chance, or let `threshold` ask for half instead of what is stated.
    """
    town = towns[language]
    assert not any(one.confirmed for one in town.told)
    confirmed: list[Decided] = []
    for fold in range(own_claims.FOLDS):
        known = followed(built_in(), {language: town.decided(without=fold)}).languages[language]
        held_out = [one.decided for one in town.told if one.fold == fold and one.decided]
        confirmed += [one for one in held_out if one.chance >= known.confirm]
    share = counted(sum(one.stands for one in confirmed), len(confirmed))
    assert share.high >= STATED
    assert share.low > 0.85
    assert len(confirmed) / len(town.told) > 0.45


def test_a_language_without_data_only_suggests(towns: dict[str, Town]) -> None:
    """However much was decided in Spanish: Galician suggests the very same words, and says why it goes no further;
    so does a Spanish text that meets an answer of another language.

    Sabotage: take another language's measurement where there is none.
    """
    answered = towns["es"].answered
    answered.use(followed(built_in(), {"es": towns["es"].decided()}))
    claim = own_claims.claims("es")[0]
    assert answered.match(claim, "es")[0].verdict == "confirm"
    answered.add(1000, claim, "gl")
    answered.drop(0)
    for language, unsure in (("gl", "language"), ("es", "languages")):
        (best,) = answered.match(claim, language, most=1)
        assert (best.id, best.verdict, best.chance, best.reasons.unsure) == (1000, "suggest", None, unsure)


@pytest.mark.parametrize(
    ("spoken", "text", "answered", "wording", "found"),
    [
        ("en", "is it lead", "en", "Lead in the tap water", "en"),
        ("und", "lead lol", "en", "Lead in the tap water", "en"),
        ("", "lead lol", "en", "Lead in the tap water", "en"),
        ("pcm", "dem say lead dey water", "en", "Lead in the tap water", "en"),
        ("en", "lead in water", "und", "Lead 2026", "en"),
        ("und", "свинец", "en", "Lead in the tap water", ""),
        ("und", "24/7 !!", "en", "Lead in the tap water", ""),
        ("und", "lead lol", "zh", "自来水含铅", ""),
        ("pcm", "dem say lead dey water", "es", "Plomo en el agua", ""),
        ("es", "plomo en el agua", "en", "Lead in the tap water", ""),
    ],
)
def test_too_short_to_tell_goes_with_the_answer_where_the_script_agrees(
    spoken: str, text: str, answered: str, wording: str, found: str
) -> None:
    """Undetermined and pidgin texts are held to the answer's measurement; another script or language never is.

    Sabotage: leave the script out.
    """
    assert measured_as(spoken, text, answered, wording) == found


@given(st.text(max_size=300))
def test_any_text_has_a_script_or_none(text: str) -> None:
    """Without letters there is none; with letters one word names it."""
    assert bool(script(text)) <= any(one.isalpha() for one in text[:200])
    assert " " not in script(text)


@given(st.lists(st.builds(Decided, st.floats(0.3, 1), st.booleans(), st.booleans()), max_size=300))
def test_what_is_measured_here_is_never_below_what_was_stated(decided: list[Decided]) -> None:
    """Too few decisions measure nothing; what is confirmed was right as often as stated, or nothing is confirmed.

    Sabotage: count links that nobody looked at, or leave `LEAST_DECIDED` out.
    """
    found = measured_here(decided)
    told = [one for one in decided if one.by_person or not one.stands]
    assert (found is None) == (len(told) < LEAST)
    if found is not None:
        assert found.tried == len(told)
        assert found.confirm >= SURE
        assert found.confirm > 1 or found.right >= STATED * found.confirmed > 0
