"""Words and languages: what is compared, what is left out, and no text that breaks them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.understand import language
from answerable.understand.embed import Hashed
from answerable.understand.headings import quality
from answerable.understand.words import MAX_WORD, MAX_WORDS, fold, for_embedding, links, plain, terms, words
from tests.understand.memory import Memory, heard

POSTS = {
    "en": (
        "Brown water is coming out of our taps in Fenmoor again",
        "Does anybody know why the school bus did not come this morning?",
        "The street lights on Mill Lane have been out for a week",
    ),
    "es": (
        "Sale agua marrón del grifo en Fenmoor desde esta mañana",
        "¿Alguien sabe por qué no pasó hoy el autobús de la escuela?",
        "Las farolas de la calle llevan una semana apagadas",
    ),
    "zh": ("芬穆尔的自来水今天早上变成了棕色", "有人知道为什么今天校车没有来吗？", "路灯已经坏了一个星期"),
    "fr": (
        "De l'eau brune sort du robinet à Fenmoor depuis ce matin",
        "Quelqu'un sait pourquoi le bus scolaire n'est pas passé aujourd'hui ?",
        "Les lampadaires de la rue sont éteints depuis une semaine",
    ),
    "de": (
        "In Fenmoor kommt seit heute Morgen braunes Wasser aus dem Hahn",
        "Weiß jemand, warum der Schulbus heute nicht gekommen ist?",
        "Die Straßenlaternen sind seit einer Woche aus",
    ),
}
HOSTILE = {
    "empty": "",
    "blanks": " \t\r\n\u00a0\u200b",
    "emoji": "🙂🔥👨‍👩‍👧‍👦🇨🇳",
    "one long word": "a" * 20_000,
    "one long Chinese run": "水" * 20_000,
    "one long Thai run": "ก" * 20_000,
    "only addresses": "https://a.example/one/two http://b.example/three www.c.example/four",
    "only mentions": "@one @two ＠three @…",
    "half an address": "http://",
    "mixed scripts": "water 水管 вода ماء νερό น้ำ 물 みず पानी מים",
    "right to left": "\u202eانفجار في المصنع\u202c والناس يسألون",
    "marks only": "\u0301\u0302\u0303" * 50,
    "stacked marks": "Z" + "\u0335\u0321" * 500,
    "entities": "&amp;lt;&#0;&#x110000;&nosuch;&#xD800;",
    "NUL and control": "a\x00b\x07c\u2028d",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "retweets": "RT RT RT: RT @x: ",
    "ligatures": "ﷺ" * 300 + "ﬃ" * 300,
    "figures": "½ ² ⅷ ١٢٣ 一二三 " * 20,
    "template": "{{ 7*7 }} %s %d {0} \\n ${x}",
}


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_no_text_breaks_the_engine(case: str) -> None:
    """Any text is read, ticked, stored, loaded again and taken out again; as text, title, and repeated."""
    text = HOSTILE[case]
    items = [
        heard(1, text),
        heard(2, text, title=text[:300]),
        heard(3, f"{text} water {text}"),
        heard(4, text),
    ]
    memory = Memory().hear(items, 2).restart()
    for item in items:
        memory.apply(memory.engine.forget(item, memory.items[item.id].thread, keep_counts=item.id == 1))
    assert sum(one.items for one in memory.threads.values()) == 1
    assert sum(memory.hours.values()) == 1


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_words_are_short_few_and_folded(text: str) -> None:
    """Of any text, words are bounded in number and length, never empty, and without blanks or line ends."""
    found = words(text)
    assert len(found) <= MAX_WORDS
    assert all(0 < len(word) <= MAX_WORD and not word.isspace() and "\n" not in word for word in found)
    assert found == words(text)
    assert len(for_embedding("", text)) <= 220
    assert 0 <= quality(text, "", found, 1.0) <= 1
    assert len(language.detect(plain(text))) in (2, 3)
    terms(found, text, text)
    Hashed().embed([text])


def test_a_long_text_has_bounded_words() -> None:
    """However long a text is, its cost is not."""
    assert len(words("tap " * 5000)) == MAX_WORDS
    assert words("a" * 20_000) == ["a" * MAX_WORD]


def test_accents_and_case_do_not_part_words() -> None:
    """The same word in capitals or without its accents is the same word."""
    assert words("EXPLOSIÓN en la fábrica") == words("explosion en la Fabrica")
    assert fold("Straße") == fold("STRASSE")
    assert words("don't") == words("don’t") == ["dont"]


def test_chinese_is_cut_into_words() -> None:
    """Chinese is compared by words, neither by whole sentences nor by single characters."""
    found = words("自来水公司说今天下午恢复供水")
    assert "自来水" in found or "自来水公司" in found
    assert "恢复" in found
    assert 4 <= len(found) <= 8
    assert words("Fenmoor的自来水")[0] == "fenmoor"


def test_mentions_and_addresses_are_no_words() -> None:
    """Neither a masked nor a kept name counts as a word, nor does an address or the mark of a repeat."""
    assert words("RT @…: water @SaltgatePost ＠某人 https://t.example/abc www.x.example/y") == ["water"]
    assert for_embedding("", "@… water is brown https://t.example/abc") == "water is brown"


def test_repeats_join_what_they_repeat() -> None:
    """A masked mention does not part a repeat from what it repeats."""
    text = "Brown water comes out of the taps in Fenmoor"
    memory = Memory().hear([heard(1, text), heard(2, f"RT @…: {text}"), heard(3, f"@… @… {text}")])
    assert [memory.items[n].duplicate_of for n in (1, 2, 3)] == [None, 1, 1]


def test_addresses_tell_when_words_do_not() -> None:
    """Posts of a bare address meet by it, whatever follows the question mark; a bare host says nothing."""
    assert links("see https://Post.example/a/b?utm=1 and http://www.post.example/a/b#x") == [
        "post.example/a/b"
    ]
    assert links("https://post.example/ http://t.co/…") == []
    shared = [
        heard(n, f"https://post.example/water/{tail}") for n, tail in enumerate(("x?a=1", "x", "other"), 1)
    ]
    memory = Memory().hear(shared)
    assert memory.story_of(1) == memory.story_of(2) != memory.story_of(3)


def test_the_title_is_not_said_twice() -> None:
    """A title that opens the text is embedded once; one that is missing from it leads."""
    assert for_embedding("Brown water", "Brown water in Fenmoor") == "Brown water in Fenmoor"
    assert for_embedding("Brown water", "It smells.") == "Brown water. It smells."
    assert for_embedding("Brown water", "") == "Brown water"


@pytest.mark.parametrize(("code", "text"), [(code, text) for code in POSTS for text in POSTS[code]])
def test_short_civic_posts_have_their_language(code: str, text: str) -> None:
    """A post as people write to a council is told to be in its language, without any claim."""
    assert language.detect(text) == code


@pytest.mark.parametrize(
    "text", ["", "https://post.example/a-long-english-address/about-water", "@someone @…", "🙂", "2026"]
)
def test_what_says_nothing_has_no_language(text: str) -> None:
    """An address, a name, a figure or an emoji is undetermined, never a guess."""
    memory = Memory().hear([heard(1, text)])
    assert memory.items[1].language == language.UNDETERMINED


def test_a_claim_counts_only_where_the_text_is_too_short() -> None:
    """The source's claim helps a short text and never overrules a telling one."""
    assert language.detect("Ok", "es") == "es"
    assert language.detect(POSTS["en"][0], "es") == "en"
    assert language.detect("水管爆了", "en") == "zh"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-Hant-HK", "zh"),
        ("EN_us", "en"),
        ("cmn", "zh"),
        ("nb", "no"),
        ("", "und"),
        ("x", "und"),
        ("12", "und"),
        ("español", "und"),
    ],
)
def test_tags_fold_to_their_base(tag: str, code: str) -> None:
    """Different tools' tags for one language are one language here; nonsense is undetermined."""
    assert language.base(tag) == code
