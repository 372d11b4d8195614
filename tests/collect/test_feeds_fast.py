"""The fast reader: taken only where it says what feedparser says."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.feeds import fast, tolerant
from tests.collect.damage import FRAMES, items

PIECES = [
    "<title>{w}</title>", "<title><![CDATA[{w}]]></title>", "<title>{w} &amp; co</title>", "<title>&lt;b&gt;{w}</title>",
    "<title>a <b>{w}</b></title>", "<link>https://b.example/{n}</link>", "<link>/{n}</link>", "<guid>{n}</guid>",
    "<guid>https://b.example/{n}</guid>", "<guid isPermaLink='false'>https://b.example/{n}</guid>",
    "<pubDate>Sat, 14 Mar 2026 10:00:{s} GMT</pubDate>", "<pubDate>14 March 2026</pubDate>", "<pubDate/>",
    "<dc:date>2026-03-15T10:00:00Z</dc:date>", "<description>{w}</description>", "<description><p>{w}</p></description>",
    "<description>&lt;p&gt;{w}&lt;/p&gt;</description>", "<description><![CDATA[<p>{w}</p>]]></description>",
    "<content:encoded><![CDATA[<p>long {w}</p>]]></content:encoded>", "<author>{w}</author>", "<category>{w}</category>",
    "<media:title>{w}</media:title>", "<enclosure url='https://b.example/{n}.mp3' length='1' type='audio/mpeg'/>",
    "<atom:link href='https://b.example/a{n}'/>", "<source url='https://x.example/'>{w}</source>", "<!-- {w} -->",
]  # fmt: skip
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)
WORDS = st.sampled_from(["water", "停水", "señal", "x & y", "5 < 7", "AT&amp;T", "", "&nbsp;", "Mill Lane"])


def escaped(word: str) -> str:
    """Escape what is not an entity already."""
    return word if "&" in word and ";" in word else word.replace("&", "&amp;").replace("<", "&lt;")


REGULAR = ["<title>{w}</title>", PIECES[5], PIECES[7], PIECES[10], PIECES[14]]
PARTS = st.tuples(
    st.lists(st.tuples(st.sampled_from(PIECES), WORDS), max_size=1),
    st.lists(st.tuples(st.just(""), WORDS), min_size=5, max_size=5),
    st.lists(st.tuples(st.sampled_from(PIECES), WORDS), max_size=2),
).map(
    lambda parts: [
        *parts[0],
        *((piece, word) for piece, (_, word) in zip(REGULAR, parts[1], strict=True)),
        *parts[2],
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_where_the_fast_reader_answers_it_says_what_feedparser_says(
    made: list[list[tuple[str, str]]],
) -> None:
    """Over random mixtures of elements: the fast reader declines, or all entries are equal."""
    inside = "".join(
        "<item>"
        + "".join(piece.format(w=escaped(word), n=n, s=f"{n:02}") for piece, word in parts)
        + "</item>"
        for n, parts in enumerate(made)
    )
    body = f'<rss version="2.0" {SPACES}><channel><title>B</title>{inside}</channel></rss>'.encode()
    quick = fast.read(body, "")
    if quick is not None:
        slow, _, _ = tolerant.read(body, "", "")
        assert [{**entry, "author": ""} for entry in quick] == [{**entry, "author": ""} for entry in slow]


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_large_regular_feeds_take_the_fast_way(kind: str, seed: int) -> None:
    """A feed of 2,000 regular items is read by the fast reader, equal to feedparser in every field."""
    write, head, tail = FRAMES[kind]
    body = (head + "".join(map(write, items(2_000, Random(seed)))) + tail).encode()
    assert len(body) > fast.WORTH_IT
    quick = fast.read(body, "application/xml; charset=utf-8")
    assert quick == tolerant.read(body, "", "application/xml; charset=utf-8")[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("utf-8", "iso-8859-1"),
        ("<rss ", '<rss xml:base="https://x.example/" '),
        ("<?xml", "<!DOCTYPE rss><?xml"),
        ("</item>", ""),
    ],
)
def test_irregular_feeds_are_declined(before: str, after: str, seed: int) -> None:
    """Another encoding, a base address, a DOCTYPE, damage: the fast reader says nothing."""
    write, head, tail = FRAMES["rss"]
    body = (head + "".join(map(write, items(20, Random(seed)))) + tail).replace(before, after, 1).encode()
    assert fast.read(body, "") is None
    assert fast.read(body, "text/xml; charset=gb2312") is None


def test_plain_items_are_not_declined() -> None:
    """The mixtures above hold documents that are taken: the plainest of them is one."""
    inside = "".join(piece.format(w="water", n=1, s="01") for piece in REGULAR)
    body = (
        f'<rss version="2.0" {SPACES}><channel><title>B</title><item>{inside}</item></channel></rss>'.encode()
    )
    assert fast.read(body, "") == tolerant.read(body, "", "")[0]
