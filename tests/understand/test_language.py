"""Tests of language detection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.language import Identifier, base, detect, detect_all
from tests.understand.matters import MATTERS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The water in our street has been brown since this morning", "en"),
        ("El agua de nuestra calle sale marrón desde esta mañana", "es"),
        ("我们街上的水从今天早上开始就是黄的", "zh"),
        ("今朝から水道の水が茶色いです", "ja"),
        ("오늘 아침부터 수돗물이 갈색입니다", "ko"),
        ("L'eau de notre rue est brune depuis ce matin, que se passe-t-il", "fr"),
        ("Das Wasser in unserer Straße ist seit heute früh braun", "de"),
        ("Сегодня утром на нашей улице прорвало трубу, вода до сих пор коричневая", "ru"),
        ("الماء في شارعنا بني اللون منذ الصباح", "ar"),
    ],
)
def test_a_sentence_is_recognised(text: str, code: str) -> None:
    """One civic sentence is enough in the languages of a town."""
    assert detect(text) == code


def test_posts_of_the_test_matters_are_recognised() -> None:
    """Short posts in English, Spanish and Chinese: at least 57 of 60 right, none of another of the three."""
    wanted = ("en", "en", "es", "es", "zh")
    found = [
        (want, detect(post)) for posts in MATTERS.values() for want, post in zip(wanted, posts, strict=True)
    ]
    assert sum(want == got for want, got in found) >= 57
    assert not [pair for pair in found if pair[0] != pair[1] and pair[1] in {"en", "es", "zh"}]


@pytest.mark.parametrize("text", ["", "ok", "😀😀😀", "12345 67", "!!!"])
def test_too_little_to_tell_is_undetermined(text: str) -> None:
    """A guess would spoil every count by language; "und" does not."""
    assert detect(text) == "und"


def test_a_claim_counts_only_where_the_text_is_too_short() -> None:
    """A feed in English may carry a Spanish post: the text wins where it can be told."""
    assert detect("ok", "es-MX") == "es"
    assert detect("El agua de nuestra calle sale marrón desde esta mañana", "en") == "es"


@pytest.mark.parametrize(
    ("tag", "code"),
    [("zh-Hant-TW", "zh"), ("EN_us", "en"), ("cmn", "zh"), ("", "und"), ("x", "und"), ("??", "und")],
)
def test_tags_are_reduced_to_their_base(tag: str, code: str) -> None:
    """Whatever a source claims becomes one base code or "und"."""
    assert base(tag) == code


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_text_has_an_answer(text: str, claimed: str) -> None:
    """Two or three small letters, always; states keep three bytes for it."""
    code = detect(text, claimed)
    assert 2 <= len(code) <= 3
    assert code.isascii()
    assert code.islower()


def test_many_texts_at_once_get_the_answers_of_py3langid() -> None:
    """The batch is only faster: each text's language and confidence are those of the library, text by text."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    theirs = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    texts = [post for posts in MATTERS.values() for post in posts]
    texts += [
        "",
        "12",
        "?!",
        "ALL OF IT IS SHOUTED",
        "Добрый день, где вода?",
        "e\u0301te\u0301 a\u0300 la mer",
        "x" * 400,
    ]
    ours = Identifier(theirs).classify(texts)
    for text, (code, confidence) in zip(texts, ours, strict=True):
        assert code == theirs.classify(text)[0] or not text.strip("?!12 ")
        assert confidence == pytest.approx(theirs.classify(text)[1], abs=1e-4)
    assert Identifier(theirs).classify([texts[3]])[0][0] == ours[3][0]
    assert Identifier(theirs).classify([]) == []


def test_a_batch_says_what_each_text_alone_would() -> None:
    """Neighbours change no answer, whatever their script or length."""
    texts = [post for posts in MATTERS.values() for post in posts] + [
        "",
        "ok",
        "水",
        "😀",
        "напишите нам пожалуйста",
    ]
    claims = ["es" if number % 3 else "" for number in range(len(texts))]
    assert detect_all(texts, claims) == [
        detect(text, claim) for text, claim in zip(texts, claims, strict=True)
    ]
