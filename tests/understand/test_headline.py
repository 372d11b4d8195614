"""A story is headed by somebody's own words: central, readable, an outlet's title where there is one."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from answerable.records import Copied, Said, SourceClass, Telling
from answerable.understand.headline import best, fitness
from answerable.understand.statements import headline

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def told(*texts: str | tuple[str, str], language: str = "en", copies: int = 1) -> Telling:
    """A story; a pair is an outlet's title and text."""
    said = tuple(
        Said(n, text[1], text[0], language, NOON, 1, SourceClass.OUTLET, copies)
        if isinstance(text, tuple)
        else Said(n, text, "", language, NOON, 1, SourceClass.PUBLIC, copies)
        for n, text in enumerate(texts)
    )
    return Telling(1, len(said), len(said), len(said), NOON, NOON, {}, said, ())


TALK = {
    "en": (
        "omg the water!!! 😱😱",
        "RT @…: brown water",
        "Is the water brown at yours too?",
        "I can't believe this is happening to me again lol",
        "Water is brown in all of Saltgate since the main on Mill Lane burst",
        "Brown water in Saltgate after a main burst on Mill Lane",
        "#water #saltgate #brown #mess",
        "My cat is afraid of the brown water in Saltgate and I am too tired to",
    ),
    "es": (
        "¿¿Qué le pasa al agua??",
        "RT @…: agua marrón",
        "qué asco de agua jajaja",
        "El agua sale marrón en todo Saltgate desde que reventó la tubería de la calle del Molino",
        "Agua marrón en Saltgate por la rotura de una tubería en la calle del Molino",
        "#agua #saltgate #asco",
    ),
    "zh": (
        "啊啊啊这水！！！",
        "哈哈又来了",
        "你们家的水也黄了吗？",
        "磨坊巷主水管爆裂，盐门全区自来水变成棕色",
        "盐门的自来水因为磨坊巷水管爆裂变成棕色",
        "#自来水 #盐门",
    ),
}


@pytest.mark.parametrize("language", list(TALK))
def test_the_heading_tells_what_happened(language: str) -> None:
    """Not a cry, a question, tags or a feeling: the sentence that holds what the others speak of.

    Sabotage: take the shortest text.
    """
    texts = TALK[language]
    item = best(told(*texts, language=language))
    assert item is not None
    assert any(word in texts[item] for word in ("burst", "rotura", "reventó", "爆裂"))


def test_an_outlets_title_comes_first() -> None:
    """Among sentences as central as it, the title of an outlet heads the story."""
    of = told(*TALK["en"], ("Burst main on Mill Lane turns water brown in Saltgate", "More at six."))
    assert best(of) == len(TALK["en"])


def test_an_outlets_title_about_something_else_does_not() -> None:
    """A title that shares no word with the story does not head it."""
    of = told(*TALK["en"], ("Lantern parade draws record crowd to the harbour on Sunday", "Photos inside."))
    assert best(of) != len(TALK["en"])


def test_a_campaign_does_not_head_a_story() -> None:
    """A sentence that five authors post forty-eight times is counted, but it is not what the story is called.

    Sabotage: count every copy.
    """
    of = told(
        *TALK["en"], "The council knew of the brown water in Saltgate after the main burst and must resign"
    )
    last = len(TALK["en"])
    pushed = dataclasses.replace(
        of,
        said=(*of.said[:-1], dataclasses.replace(of.said[-1], copies=48)),
        copied=(Copied(last, 48, 48, 5, 1, 0, tuple(NOON + timedelta(seconds=5 * n) for n in range(48))),),
    )
    assert best(pushed) != last


def test_nobody_who_says_nothing_heads_a_story() -> None:
    """Tags, addresses and signs state nothing; then the desk has no heading to show."""
    assert best(told("#tag", "https://a.example/1", "!!!", "")) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("RT @…: Main burst on Mill Lane https://t.example/1 via @…", "Main burst on Mill Lane"),
        ("Main burst. #water #saltgate", "Main burst."),
        ("https://t.example/1", "https://t.example/1"),
        ("转发：磨坊巷水管爆裂", "磨坊巷水管爆裂"),
        ("", ""),
    ],
)
def test_a_heading_is_a_part_of_what_was_said(text: str, shown: str) -> None:
    """Addresses, tags and marks of passing on around it go; no word is added or changed."""
    assert headline(text) == shown
    assert headline(text) in text
    assert headline(text, "A title") == "A title"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Water main bursts on Mill Lane in Saltgate", "WATER MAIN BURSTS ON MILL LANE IN SALTGATE"),
        ("Water main bursts on Mill Lane in Saltgate", "Water main bursts on Mill Lane in the"),
        ("Water main bursts on Mill Lane in Saltgate", "Main"),
        ("磨坊巷主水管爆裂，三所学校今天停课", "我真的好生气啊，三所学校今天停课"),
    ],
)
def test_what_reads_better(better: str, worse: str) -> None:
    """Shouting, cut-off sentences, single words and feelings read worse."""
    assert fitness(better) > fitness(worse)
