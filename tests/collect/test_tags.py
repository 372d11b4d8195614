"""B4, B5: a tag of attributes alone is seen before any parser compares each of them with all others."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.feeds import opml
from answerable.collect.feeds.markup import plain_text
from answerable.collect.mailbox.html_text import mail_text
from answerable.collect.open311 import read as open311
from answerable.collect.pages import article
from answerable.collect.tags import MOST_ATTRIBUTES, full_tag, signs
from answerable.errors import SourceTrouble

MANY = range(3 * MOST_ATTRIBUTES)
HIDING = {
    "that hold >": "a{}='>' ",
    "that hold > in the other quotes": 'a{}=">" ',
    "that hold a tag": "a{}='<b>' ",
    "that hold the other quotes": "a{}='\">' ",
    "without quotes": "a{}=b ",
    "without values": "a{} ",
    "without blanks": "a{}='>'",
    "with slashes": "a{}/",
    "with blanks around =": "a{} = '>' ",
    "of names that hold <": "<{} ",
    "of names that hold quotes": "a'{}\" ",
    "of lines": "a{}\n=\n'>'\n",
}


@pytest.mark.parametrize("attribute", HIDING.values(), ids=HIDING)
@pytest.mark.parametrize(
    "before", ["<p>", "<b c='", '<b c="', "<b c=d'>", '<script>a<b ="</script>', "<!--", "<![CDATA["]
)
def test_a_tag_of_attributes_is_seen_wherever_it_begins(attribute: str, before: str) -> None:
    """However they are written, and whatever stands before them open.

    Sabotage: let a ">" end every tag, or go on behind each one.
    """
    assert full_tag(f"{before}<p {''.join(attribute.format(n) for n in MANY)}>x</p>".encode())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "iso2022_jp", "gb18030", "shift_jis"]
)
def test_the_encoding_hides_nothing(encoding: str) -> None:
    """Also where a letter is written with the signs of quotes and brackets.

    Sabotage: look at the bytes as they came.
    """
    named = " ".join(f"a{n}='✧≧水>'" for n in MANY)
    assert full_tag(signs(f"<x><p {named}/></x>".encode(encoding, "replace")))


@pytest.mark.parametrize("reads", [opml.read, open311.read])
@pytest.mark.parametrize("attribute", HIDING.values(), ids=HIDING)
def test_lists_in_xml_refuse_it(reads: Callable[[bytes], object], attribute: str) -> None:
    """Lists of feeds and of requests, also where a control sign that is taken out hides the tag."""
    named = "".join(attribute.format(n) for n in MANY)
    for opens in ("<outline ", "<\x01outline "):
        with pytest.raises(SourceTrouble) as trouble:
            reads(f"<?xml version='1.0'?><opml version='2.0'>{opens}{named}/></opml>".encode())
        assert trouble.value.code == "too_much_memory"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_pages_refuse_it(encoding: str) -> None:
    """A watched page in any encoding."""
    named = " ".join(f"a{n}='вода >'" for n in MANY)
    with pytest.raises(SourceTrouble) as trouble:
        article.read(f"<html><body><p {named}>Вода отключена до полудня из-за работ.</p>".encode(encoding))
    assert trouble.value.code == "too_much_memory"


@pytest.mark.parametrize("reads", [plain_text, mail_text])
def test_words_around_it_are_kept(reads: Callable[[str], str]) -> None:
    """In the text of a message nothing is refused: what looks like a tag goes, words stay."""
    said = reads(f"<p>before</p><p {' '.join(f'a{n}' for n in MANY)}>between</p><p>after</p>")
    assert "before" in said
    assert "after" in said
    assert "water is off" in reads("<br>" * 120_000 + "<p>water is off</p>")


REAL = {
    "a table of values": f"<div data-all='{'{&quot;a&quot;: &quot;b > c <d>&quot;}, ' * 20_000}'>x</div>",
    "a drawing": f"<svg><path d=\"M 1 1 {'L 10 20 ' * 20_000}z\"/></svg>",
    "a picture": f"<img alt='x' src='data:image/png;base64,{'iVBORw0KGgo/+A==' * 9_000}'>",
    "prose": "<p class='x'>Don't say \"no\" to a < b, or c > d; it's 5 o'clock. " * 5_000,
    "a quotation mark too many": "<a title='it's off' href=\"x\">water</a> is off, they're told. " * 5_000,
    "a quotation mark too few": "<a href=\"x>water</a> is off in <b class=\"y\">Mill Lane</b>. " * 5_000,
    "a program": "<script>for(var i=0;i<n;i++){if(a<b&&c>d)x='<a href=\"'+u+'\">'+t+'</a>'}</script>" * 3_000,
    "rows": "<tr class=\"even\"><td align=left>1 < 2<td>Mill Lane</tr>\n" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("markup", REAL.values(), ids=REAL)
def test_what_people_write_is_none(markup: str) -> None:
    """Long values, prose with apostrophes, programs, and quotation marks that are missing."""
    assert not full_tag(markup.encode())


@given(
    st.lists(
        st.sampled_from(["<p ", "<a", ">", "'", '"', "=", " ", "/", "b", "='", '="', "</p>", "\n"]),
        max_size=60,
    )
)
def test_few_signs_are_never_many_attributes(parts: list[str]) -> None:
    """Whatever their order: only a tag in tags without end is refused for the look it would take."""
    assert not full_tag("".join(parts).encode()) or len(parts) > MOST_ATTRIBUTES


@pytest.mark.parametrize(
    "piece", ["<p a='<p b=\"", "<a", "<a b='", "<a ", "a=", "<a\n\n\n\n", "<a/", '<a b="c" ', "<a>"]
)
def test_the_look_costs_little(piece: str) -> None:
    """B5: tags in tags, blanks without end and open quotes are looked at a few times at most."""
    began = time.process_time()
    full_tag((piece * (1_000_000 // len(piece))).encode())
    full_tag((piece * 50_000 + " " * 1_000_000).encode())
    assert time.process_time() - began < 4
