"""The day in Brackwater: the same from the same seed, varied as people are, and shaped as the plan says."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.drill import DEFAULT_NAME, day, words
from answerable.collect.drill.day import NEWSROOM, RESIDENTS
from answerable.collect.drill.grammar import Bag, Grammar, GrammarError, options
from answerable.collect.drill.people import residents, slip, speak
from answerable.collect.drill.plan import at
from answerable.records import SourceClass

SEEDS = (2026, 1, 987_654_321)


def said(seed: int, matter: str, language: str = "") -> list[str]:
    return [
        one.text for one in day(DEFAULT_NAME, seed) if one.matter == matter and language in {"", one.language}
    ]


def test_the_same_seed_gives_the_same_day() -> None:
    """Every word, author and minute repeats; another seed gives another day."""
    first = day(DEFAULT_NAME, 7)
    day.cache_clear()
    assert day(DEFAULT_NAME, 7) == first
    assert [one.text for one in day(DEFAULT_NAME, 8)] != [one.text for one in first]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_day_has_three_thousand_items_in_order(seed: int) -> None:
    """3,000 messages, numbered as they are said, none before midnight or after the next."""
    played = day(DEFAULT_NAME, seed)
    assert len(played) == 3000
    assert [one.number for one in played] == list(range(3000))
    minutes = [one.minute for one in played]
    assert minutes == sorted(minutes)
    assert minutes[0] >= 0
    assert minutes[-1] < 1440


@pytest.mark.parametrize("seed", SEEDS)
def test_three_languages_and_three_kinds_of_speakers(seed: int) -> None:
    """English most, Spanish and Chinese in each matter; newsroom and institutions beside residents."""
    played = day(DEFAULT_NAME, seed)
    for matter in ("chatter", "water", "rumour", "festival"):
        spoken = Counter(one.language for one in played if one.matter == matter)
        assert spoken["en"] > spoken["es"] > spoken["zh"] > 50
    voices = Counter(one.voice for one in played)
    assert voices[SourceClass.PUBLIC] > 2900
    assert all(one.author == NEWSROOM for one in played if one.voice is SourceClass.OUTLET)
    assert {one.author for one in played if one.voice is SourceClass.INSTITUTION} >= {
        "Fenmoor School",
        "Brackwater Water Services",
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_no_text_holds_an_open_end(seed: int) -> None:
    """No rule, choice or separator is left over, nothing is empty, and no two blanks stand side by side."""
    for one in day(DEFAULT_NAME, seed):
        assert one.text.strip() == one.text
        assert len(one.text) > 3
        assert not re.search(r"[{}<>|\\]|  ", one.text), one.text


@pytest.mark.parametrize("seed", SEEDS)
def test_chatter_is_varied(seed: int) -> None:
    """Among everyday messages hardly any is said twice, and no word but the common ones is in many."""
    for language in RESIDENTS:
        texts = said(seed, "chatter", language)
        assert len(set(texts)) / len(texts) > 0.9
    english = said(seed, "chatter", "en")
    openings = Counter(" ".join(text.lower().split()[:4]) for text in english)
    assert openings.most_common(1)[0][1] < len(english) * 0.015


@pytest.mark.parametrize("seed", SEEDS)
def test_the_main_bursts_at_twenty_to_seven_and_grows_quickly(seed: int) -> None:
    """Nobody speaks of it before 06:40; within the first hour and a half there are a hundred messages."""
    water = [one.minute for one in day(DEFAULT_NAME, seed) if one.matter == "water"]
    assert at("06:40") <= water[0] < at("06:42")
    assert sum(minute < at("08:10") for minute in water) > 100
    saltgate = [
        one
        for one in day(DEFAULT_NAME, seed)
        if one.matter == "water" and "saltgate" in one.text.lower() and "brown" in one.text.lower()
    ]
    assert min(one.minute for one in saltgate) >= at("11:10")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rumour_comes_before_its_denial_and_is_never_confirmed(seed: int) -> None:
    """From 10:52 people say that bus 14 left children; first-hand denials come half an hour later, the
    school's own word at 13:06."""
    rumour = [one for one in day(DEFAULT_NAME, seed) if one.matter == "rumour"]
    assert at("10:52") <= rumour[0].minute < at("10:54")
    school = [one.minute for one in rumour if one.author == "Fenmoor School"]
    assert min(school) == at("13:06")
    assert sum(one.minute < at("11:26") for one in rumour) > 40


@pytest.mark.parametrize("seed", SEEDS)
def test_the_town_has_material_before_the_first_event(seed: int) -> None:
    """The night alone has well over a hundred messages, so that pages live and baselines exist at once."""
    assert sum(one.minute < 370 for one in day(DEFAULT_NAME, seed)) > 100


def test_messages_are_repeated_and_passed_on() -> None:
    """Crowds repeat: there are exact copies, copies with a slip, and messages that name whom they pass on."""
    texts = said(2026, "rumour")
    assert sum(text.startswith(("RT @", "转发 @", "//@")) for text in texts) >= 3
    assert max(Counter(texts).values()) >= 2


def test_every_rule_that_is_used_exists() -> None:
    """No sentence refers to a rule that nobody wrote, and everything can be said."""
    for language in RESIDENTS:
        grammar = Grammar(Random(1), words.rules(language))
        assert set(grammar.missing()) <= {"author", "text"}  # given when something is passed on
        for block in [*words.chatter(language).values(), *words.papers(language).values()]:
            for option in options(block):
                assert grammar.fill(option)


def test_no_sentence_is_written_twice() -> None:
    """Across all files a sentence of some length stands once."""
    for language in RESIDENTS:
        rules = {**words.rules(language), **words.chatter(language)}
        everything = [
            one
            for name, block in rules.items()
            if name != "repeat"
            for one in options(block)
            if len(one) > 25
        ]
        assert [one for one, times in Counter(everything).items() if times > 1] == []


def test_one_rule_has_one_value_within_a_sentence() -> None:
    """A cat has one name in a sentence, and another in the next."""
    grammar = Grammar(Random(3), {"pet": "Luna | Gravy | Moth", "say": "{pet} is home, {pet} ate"})
    for _ in range(9):
        first, second = grammar.say("say").replace(" is home", "").replace(" ate", "").split(", ")
        assert first == second


def test_a_bag_gives_everything_before_anything_again() -> None:
    """Nobody hears the same words twice in a row while others were not said."""
    bag = Bag(Random(1), tuple("abcdef"))
    for _ in range(5):
        assert sorted(bag.draw() for _ in range(6)) == list("abcdef")


def test_a_circular_or_missing_rule_is_an_error() -> None:
    """It is found when it is used, and named."""
    with pytest.raises(GrammarError, match="circles"):
        Grammar(Random(1), {"a": "{b}", "b": "x {a}"}).say("a", b="{a}")
    with pytest.raises(GrammarError, match="nowhere"):
        Grammar(Random(1), {"a": "{nowhere}"}).say("a")


@given(st.integers(), st.sampled_from(["en", "es", "zh"]))
def test_a_slip_keeps_handles_and_length(seed: int, language: str) -> None:
    """A slip changes at most one place, and never a handle or a number."""
    text = {
        "en": "@mudpriya says number 14 left the children waiting",
        "es": "@lacharo dice que el bus 14 dejó niños esperando",
        "zh": "@小林 说14路校车在霍林桥",
    }[language]
    slipped = slip(text, language, Random(seed))
    assert abs(len(slipped) - len(text)) <= 1
    assert slipped.split()[0] == text.split()[0]
    assert "14" in slipped


@given(st.integers())
def test_everybody_writes_in_their_own_way(seed: int) -> None:
    """Residents are many and different; whatever their habits, the thought survives."""
    rng = Random(seed)
    people = residents(rng, "en", 30)
    assert len({who.handle for who in people}) == 30
    for who in people:
        text = speak("the tap on Withy Close runs brown", who, "water", rng)
        assert len(re.findall(r"\w+", text)) >= 7
        assert len(text) < 60
