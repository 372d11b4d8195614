"""What can be checked is found and ranked by harm, spread and void."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.claims.finding import CLAIM, find
from answerable.understand.claims.ranking import Heard, Weights, harms, rank

SAID = {
    "en": (
        "Hello everyone. I heard that 3 people died at the Hollin Bridge. I think the mayor should resign. We demand that the school opens soon. "
        "Is the water in Fenmoor safe? The tap water in Fenmoor contains lead. What a wonderful day in town.",
        ("I heard that 3 people died at the Hollin Bridge.", "The tap water in Fenmoor contains lead."),
        ("Is the water in Fenmoor safe?",),
    ),
    "es": (
        "Buenos días a todos. Dicen que el agua del grifo tiene plomo. Ojalá llueva pronto este mes. "
        "¿Es verdad que cierran la escuela? El puente se derrumbó ayer y murieron 3 personas.",
        ("Dicen que el agua del grifo tiene plomo.", "El puente se derrumbó ayer y murieron 3 personas."),
        ("¿Es verdad que cierran la escuela?",),
    ),
    "zh": (
        "大家好！听说昨天桥塌了，死了3个人。我觉得市长应该辞职。自来水真的有毒吗？今天天气真好啊。",
        ("听说昨天桥塌了，死了3个人。",),
        ("自来水真的有毒吗？",),
    ),
    "de": (
        "Guten Morgen zusammen. Die Brücke in Hollin wurde 2019 gebaut. Das finde ich schön so.",
        ("Die Brücke in Hollin wurde 2019 gebaut.",),
        (),
    ),
}


@pytest.mark.parametrize("language", sorted(SAID))
def test_facts_and_questions_are_found_opinions_and_greetings_are_not(language: str) -> None:
    """Of a text in four languages, one of them without lists, exactly the statements of fact and questions."""
    text, claims, questions = SAID[language]
    found = find(text, language)
    assert tuple(one.of(text) for one in found if not one.asks) == claims
    assert tuple(one.of(text) for one in found if one.asks) == questions
    assert all(one.strength >= CLAIM and one.signs for one in found)


@given(st.text(max_size=300), st.sampled_from(["en", "zh", "es", "de", "und", ""]))
def test_any_text_is_read_without_trouble(text: str, language: str) -> None:
    """What is found are places in the text, in order, that never overlap."""
    before = 0
    for one in find(text, language):
        assert before <= one.start < one.end <= len(text)
        assert one.of(text).strip()
        before = one.end


def heard(text: str = "The shop closed early", **given: float) -> Heard:
    facts = {"items": 10, "sources": 2, "questions": 0, "answered": 0.0} | given
    return Heard(
        text,
        "en",
        items=int(facts["items"]),
        sources=int(facts["sources"]),
        questions=int(facts["questions"]),
        doubted=None,
        answered=facts["answered"],
    )


@given(st.integers(1, 500), st.integers(1, 50), st.integers(0, 100), st.floats(0, 1))
def test_more_harm_spread_or_void_never_ranks_lower(
    items: int, sources: int, questions: int, answered: float
) -> None:
    """Each factor alone moves a claim up; what is answered for sure comes last."""
    plain = heard(items=items, sources=sources, questions=questions, answered=answered)
    score = rank([plain])[0].score
    same = {"items": items, "sources": sources, "questions": questions, "answered": answered}
    assert rank([heard("The tap water is poisoned", **same)])[0].score >= score
    assert rank([heard(**same | {"sources": sources + 5})])[0].score >= score
    assert rank([heard(**same | {"answered": answered / 2})])[0].score >= score
    assert rank([heard(**same | {"answered": 1.0})])[0].score == 0


def test_the_desk_decides_what_weighs() -> None:
    """Other weights give another order, and the rank names the kinds of harm it counted."""
    claims = [heard("Bank accounts were emptied by a scam"), heard("Three children died of it")]
    assert [one.place for one in rank(claims)] == [1, 0]
    money = Weights(harms={"money": 9.0, "life": 1.0})
    assert [one.place for one in rank(claims, money)] == [0, 1]
    assert rank(claims, money)[0].harms == ("money",)
    assert harms("自来水有毒，死了三个人", "zh") == ("life", "health", "supplies")
    assert harms("Das Wasser ist giftig", "de") == ()
