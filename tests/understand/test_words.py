"""Tests of what counts as a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.words import (
    MAX_WORD,
    MAX_WORDS,
    fold,
    for_embedding,
    links,
    plain,
    terms,
    words,
)


def test_a_post_is_reduced_to_what_it_says() -> None:
    """Addresses, masked mentions, the retweet mark and signs are not words; hashtags are."""
    text = "RT @…: Water's OUT in Mill Lane!! #Brackwater https://t.example/abc cc @…"
    assert words(text) == ["waters", "out", "in", "mill", "lane", "brackwater", "cc"]


def test_accents_and_case_do_not_keep_words_apart() -> None:
    """`Explosión` and `EXPLOSION` are one word, in every script that has case."""
    assert words("Explosión") == words("EXPLOSION") == ["explosion"]
    assert words("ВЗРЫВ Ёлка") == words("взрыв елка")


def test_chinese_is_cut_by_its_dictionary() -> None:
    """A Chinese sentence becomes words, also where Latin letters stand beside them."""
    assert words("北京市今天暴雨，#抗洪 加油 OK") == ["北京市", "今天", "暴雨", "抗洪", "加油", "ok"]


def test_scripts_without_spaces_or_dictionary_become_pairs() -> None:
    """Thai and kana are compared by pairs of characters, so that a long sentence is not one word."""
    assert words("じしん") == ["じし", "しん"]
    assert len(words("ทดสอบภาษาไทย")) > 5


def test_entities_are_read() -> None:
    """`&amp;` is no word."""
    assert words("Fish &amp; chips") == ["fish", "chips"]


def test_links_are_compared_by_host_and_path() -> None:
    """The same article under http, https, www and with tracking is one link; cut-off addresses are none."""
    same = {
        tuple(links(text))
        for text in (
            "http://www.post.example/a/1?utm=x", "https://post.example/a/1/", "see https://post.example/a/1#top",
        )
    }  # fmt: skip
    assert same == {("post.example/a/1",)}
    assert links("http://t.example/… https://post.example") == []
    assert links("", "https://post.example/b/2") == ["post.example/b/2"]


def test_a_text_of_hardly_a_word_is_compared_by_its_links() -> None:
    """A bare link is something to compare; in a real sentence links would only add noise."""
    alone = terms(words("https://post.example/a/1"), "https://post.example/a/1", "")
    assert len(alone) == 1
    assert next(iter(alone)).startswith("→")
    sentence = "the water in Mill Lane is brown https://post.example/a/1"
    assert not any(term.startswith("→") for term in terms(words(sentence), sentence, ""))


def test_an_embedder_sees_the_title_once_and_no_address() -> None:
    """Title and text are joined without repetition; what is cut is cut at a word."""
    assert for_embedding("Flood", "Flood in town https://a.example/xyz") == "Flood in town"
    assert for_embedding("Flood", "Roads are closed") == "Flood. Roads are closed"
    cut = for_embedding("", "water " * 100)
    assert len(cut) <= 220
    assert cut.endswith("water")


@given(st.text(max_size=300))
def test_any_text_gives_short_clean_words(text: str) -> None:
    """Whatever strangers write: bounded words without spaces, and the same ones each time."""
    found = words(text)
    assert found == words(text)
    assert len(found) <= MAX_WORDS
    assert all(word and len(word) <= MAX_WORD and not word.isspace() and "\n" not in word for word in found)
    plain(text), links(text), for_embedding(text, text)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text: str) -> None:
    """What was folded stays as it is, so stored words meet new ones."""
    assert fold(fold(text)) == fold(text)
