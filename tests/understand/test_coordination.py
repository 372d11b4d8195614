"""Coordination is a property of a spread: campaigns in three languages stand out, innocent look-alikes do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.records import Copied, Said, SourceClass, Telling
from answerable.understand.adverts import sells
from answerable.understand.coordination import (
    Coordination,
    Pattern,
    Post,
    discounted,
    gathered,
    pattern,
    spread,
)
from answerable.understand.describer import Tools
from answerable.understand.embed import Hashed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def posts(
    text: str, count: int, authors: int | None, minutes: float, *, copies: str = "", named: int = 0
) -> list[Post]:
    """`count` posts spread evenly over `minutes` by `authors` in turn (None: nobody is named); the first
    `named` are an outlet's. `copies` is the text of those after the first.
    """
    return [
        Post(
            group=1,
            at=NOON + timedelta(minutes=minutes * n / max(count - 1, 1)),
            author=None if authors is None else (n % authors).to_bytes(16, "big"),
            named=n < named,
            text=copies if n and copies else text,
        )
        for n in range(count)
    ]


def shape(of: Sequence[Post]) -> Pattern | None:
    ((copied, text),) = gathered(of)
    return pattern(copied, text)


PASTED = {
    "en": "The council hid the lab report on the river for three weeks and the mayor must resign today over it",
    "es": "El ayuntamiento ocultó durante tres semanas el informe del río y la alcaldesa tiene que dimitir hoy mismo",
    "zh": "市政府把河水检测报告隐瞒了整整三个星期没有告诉居民，市长今天必须为此引咎辞职并公开道歉",
}
ADVERTS = {
    "en": "No water at home? 30% off bottled water delivery, order now, DM us on WhatsApp #brownwater",
    "es": "¿Sin agua en casa? 30% de descuento en garrafas, pide ya, escríbenos al WhatsApp #aguamarron",
    "zh": "家里没水？桶装水优惠包邮，加微信下单 #自来水变黄",
}
CHANTS = {"en": "Save our pool!", "es": "¡La piscina no se cierra!", "zh": "还我们游泳池！"}
HEADLINES = {
    "en": "Water main bursts on Mill Lane, three schools closed until Thursday, says the water company",
    "es": "Revienta una tubería en la calle del Molino y tres colegios cierran hasta el jueves, según la compañía",
    "zh": "磨坊巷主水管爆裂，三所学校停课至星期四，自来水公司称正在抢修，预计明天上午恢复供水",
}
WARNINGS = {
    "en": "Severe weather warning for the estuary: gusts up to 110 km/h from 18:00, stay away from trees and the sea wall",
    "es": "Aviso por viento fuerte en la ría: rachas de 110 km/h desde las 18:00, aléjese de los árboles y del paseo",
    "zh": "大风橙色预警：今天十八点起河口地区阵风可达每小时一百一十公里，请市民远离树木和海堤，减少外出",
}


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_few_authors_with_many_posts_stand_out(language: str) -> None:
    """214 near-identical posts of 9 authors in 4 minutes count as one voice.

    Sabotage: look at the pace alone.
    """
    of = posts(PASTED[language], 214, 9, 4)
    assert shape(of) is Pattern.FEW
    assert discounted(of) == 1
    assert shape(posts(PASTED[language], 60, 9, 3000)) is Pattern.FEW, "slowly over two days as well"


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_the_same_long_text_of_many_within_minutes_stands_out(language: str) -> None:
    """A text made elsewhere and pasted by 80 accounts in six minutes; in a day it would be natural."""
    assert shape(posts(PASTED[language], 80, 80, 6)) is Pattern.RUSH
    assert shape(posts(PASTED[language], 80, None, 6)) is Pattern.RUSH, "also where nobody is named"
    assert shape(posts(PASTED[language], 80, 80, 1440)) is None


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_adverts_that_ride_on_a_topic_stand_out(language: str) -> None:
    """Two marks of selling, said more than twice; one complaint about a price is no advert."""
    assert shape(posts(ADVERTS[language], 5, 5, 600)) is Pattern.ADVERT
    assert shape(posts(ADVERTS[language], 2, 2, 600)) is None


@pytest.mark.parametrize(
    "said",
    [
        "They want 40 € for a new meter and nobody answers the phone, call them yourself",
        "Free entry to the pool on Sunday, the council says",
        "Nos cobran 12 euros por un agua que no se puede beber",
        "Compra agua embotellada si vives en la calle del Molino",
        "水费涨到每吨5元，自来水还是黄的",
        "物业让大家先买桶装水，太过分了",
        "My WhatsApp group for the street has 200 messages about the smell",
        "Earlier today we had no water at all, now it is brown",
    ],
)
def test_complaints_about_money_are_no_adverts(said: str) -> None:
    """Whoever speaks of prices, shops or messages sells nothing by it."""
    assert not sells(said)


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_a_headline_everybody_shares_is_natural(language: str) -> None:
    """An outlet's headline passed on by 300 people in ten minutes, marked as such, with its link, or after it."""
    text = HEADLINES[language]
    passed = posts(text, 300, 300, 10, copies=f"RT @…: {text}")
    linked = posts(f"{text} https://post.example/1", 300, 300, 10)
    after = posts(text, 300, 300, 10, named=1)
    for of in (passed, linked, after):
        assert shape(of) is None
        assert discounted(of) == 300


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_a_chant_is_natural(language: str) -> None:
    """Four words that 400 people write in five minutes are a crowd, not a campaign."""
    assert shape(posts(CHANTS[language], 400, 400, 5)) is None


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_a_warning_copied_over_hours_is_natural(language: str) -> None:
    """Many people copy an official warning through an evening, each once or twice."""
    assert shape(posts(WARNINGS[language], 120, 90, 300)) is None


def test_one_who_says_it_again_and_again() -> None:
    """Ten times the same complaint of one person is no campaign, yet one voice."""
    of = posts(PASTED["en"], 10, 1, 600)
    assert shape(of) is Pattern.REPEATED
    assert discounted(of) == 1


def test_outlets_may_repeat_themselves() -> None:
    """An outlet that posts its headline fifty times is heard openly: nothing is taken off."""
    of = posts(HEADLINES["en"], 50, 1, 100, named=50)
    assert shape(of) is None
    assert discounted(of) == 50


def test_the_length_of_a_spread_leaves_stragglers_out() -> None:
    """Eight posts in seven minutes and two a day later took seven minutes."""
    times = [NOON + timedelta(minutes=n) for n in range(8)] + [
        NOON + timedelta(days=1, hours=n) for n in (0, 9)
    ]
    assert spread(times) == timedelta(minutes=7)
    assert (spread([]), spread([NOON])) == (timedelta(0), timedelta(0))


made = st.builds(
    Post,
    group=st.integers(1, 4),
    at=st.integers(0, 3000).map(lambda minute: NOON + timedelta(minutes=minute)),
    author=st.none() | st.integers(0, 5).map(lambda n: n.to_bytes(16, "big")),
    named=st.booleans(),
    text=st.sampled_from([*PASTED.values(), *ADVERTS.values(), *CHANTS.values()]),
)


@given(st.lists(made, max_size=120))
def test_a_discount_is_never_more_than_the_copies(of: list[Post]) -> None:
    """At least one post of each group and every named post count; the order they come in changes nothing."""
    least = len({post.group for post in of if not post.named}) + sum(post.named for post in of)
    assert least <= discounted(of) <= len(of)
    assert discounted(list(reversed(of))) == discounted(sorted(of, key=lambda post: post.at))


def test_the_fact_counts_groups_and_names_nobody() -> None:
    """What is kept of a campaign: its first item, posts, number of authors, seconds and pattern."""
    ((copied, text),) = gathered(posts(PASTED["en"], 214, 9, 4))
    quiet = Copied(2, 3, 3, 3, 1, 0, (NOON,) * 3)
    said = tuple(
        Said(pk, words, "", "en", NOON, 1, SourceClass.PUBLIC) for pk, words in ((1, text), (2, "x"))
    )
    told = Telling(7, 300, 300, 80, NOON, NOON, {}, said, (copied, quiet))
    found = Coordination(Tools(Hashed())).describe(told)
    assert found == {
        "groups": [{"item": 1, "posts": 214, "authors": 9, "seconds": 192, "pattern": "few"}],
        "apart": 213,
    }
