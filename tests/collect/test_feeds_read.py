"""One document: kinds, odd values, forbidden declarations, character sets, plain text."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.feeds import json_feed, opml, salvage
from answerable.collect.feeds.collector import messages
from answerable.collect.feeds.dates import any_moment
from answerable.collect.feeds.entry import iso_moment
from answerable.collect.feeds.markup import plain_text
from answerable.collect.feeds.prepare import kind_of, mended, prepared
from answerable.collect.feeds.read import read
from answerable.collect.open311 import read as open311
from answerable.errors import SourceTrouble

HEAD = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Brackwater</title>'


def rss(inside: str, head: str = HEAD) -> bytes:
    """A small RSS document."""
    return f"{head}{inside}</channel></rss>".encode()


def code_of(body: bytes) -> str:
    """The trouble that a document gives."""
    with pytest.raises(SourceTrouble) as raised:
        read(body)
    return raised.value.code


def test_entry_has_all_its_parts() -> None:
    """Title and text come as plain text, the link whole, the time in UTC, the language of the feed."""
    body = rss(
        "<language>en-gb</language><item><title>Water &amp;amp; &lt;b&gt;pipes&lt;/b&gt;</title>"
        "<link>https://n.brackwater.example/1</link><guid>7</guid><dc:creator>A. Reporter</dc:creator>"
        "<pubDate>Sat, 14 Mar 2026 10:00:00 +0100</pubDate>"
        "<description><![CDATA[<p>First <b>bold</b></p><script>x()</script><p>second</p>]]></description></item>",
        HEAD.replace("<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" '),
    )
    assert read(body) == [
        {
            "id": "7", "title": "Water & pipes", "text": "First bold\nsecond", "link": "https://n.brackwater.example/1",
            "author": "A. Reporter", "language": "en-gb", "published": "2026-03-14T09:00:00+00:00",
        }
    ]  # fmt: skip


def test_fullest_text_is_taken() -> None:
    """The whole content is preferred to its summary."""
    body = rss(
        "<item><description>short</description><content:encoded>&lt;p&gt;the whole&lt;/p&gt;</content:encoded></item>",
        HEAD.replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '),
    )
    assert read(body)[0]["text"] == "the whole"


def test_relative_link_is_resolved_against_the_answers_address() -> None:
    """A feed may name its articles relative to itself."""
    body = rss("<item><title>x</title><link>/news/1</link></item>")
    assert (
        read(body, url="https://n.brackwater.example/feed.xml")[0]["link"]
        == "https://n.brackwater.example/news/1"
    )


@pytest.mark.parametrize(
    ("content_type", "declared", "encoding"),
    [
        ("application/xml; charset=gb2312", "utf-8", "gb2312"),
        ("application/rss+xml", "gb2312", "gb2312"),
        ("text/xml; charset=big5", "", "big5"),
        ("", "utf-16", "utf-16"),
        ("", "euc-kr", "euc-kr"),
        ("text/xml", "utf-8", "utf-8"),
    ],
)
def test_character_set_comes_from_http_then_from_the_document(
    content_type: str, declared: str, encoding: str
) -> None:
    """The charset of the HTTP answer counts before the one that the document declares."""
    title = "水" if encoding != "euc-kr" else "물"
    attribute = f' encoding="{declared}"' if declared else ""
    text = f'<?xml version="1.0"{attribute}?><rss version="2.0"><channel><item><title>{title}</title></item></channel></rss>'
    assert read(text.encode(encoding), content_type=content_type)[0]["title"] == title


def test_stray_bytes_do_not_spoil_the_other_accents() -> None:
    """One item in Windows-1252 inside a UTF-8 feed: every item reads well."""
    body = rss(
        "<item><title>agua en São João</title></item><item><title>@@</title></item><item><title>停水</title></item>"
    )
    body = body.replace(b"@@", "café “naïve”".encode("cp1252"))
    assert [entry["title"] for entry in read(body)] == ["agua en São João", "café “naïve”", "停水"]


def test_wholly_mislabelled_feed_is_left_to_the_parser() -> None:
    """A feed that says UTF-8 and is Latin throughout is not half mended."""
    body = "<rss><title>é à ü</title><a>ñ</a></rss>".encode("latin-1")
    assert mended(body) == body


def test_year_2099_and_no_date_and_bad_dates() -> None:
    """Times are told as they stand; the door judges them. A date that is none is no date."""
    items = "".join(
        f"<item><title>{n}</title><pubDate>{when}</pubDate></item>"
        for n, when in enumerate(
            ["Sat, 14 Mar 2099 10:00:00 GMT", "soon", "31 Feb 2026", "", "Sat, 14 Mar 99999 10:00 GMT"]
        )
    )
    times = [entry["published"] for entry in read(rss(items + "<item><title>none</title></item>"))]
    assert times[0] == "2099-03-14T10:00:00+00:00"
    assert times[1] == times[3] == times[5] == ""


def test_item_without_text_stays_an_item() -> None:
    """A title alone, a link alone and nothing at all are entries; what to do with them is decided later."""
    found = read(
        rss("<item><title>only</title></item><item><link>https://b.example/1</link></item><item></item>")
    )
    assert [(e["title"], e["link"], e["text"]) for e in found] == [
        ("only", "", ""), ("", "https://b.example/1", ""), ("", "", ""),
    ]  # fmt: skip


def test_nul_bytes_and_half_characters_are_taken_out() -> None:
    """NULs, controls and surrogates, written or escaped, cost nothing but themselves."""
    body = rss("<item><title>a\x00b\x0bc</title></item><item><title>good</title></item>")
    assert [entry["title"] for entry in read(body)] == ["abc", "good"]
    for escape in ("&#xD800;", "&#0;", "&#xFFFE;"):
        titles = [
            e["title"]
            for e in read(rss(f"<item><title>x{escape}y</title></item><item><title>good</title></item>"))
        ]
        assert titles[-1] == "good"
        assert all(char.encode("utf-8") for char in "".join(titles))


def test_one_megabyte_in_one_line() -> None:
    """A feed without line ends, and one with an endless word, are read quickly."""
    many = "".join(
        f"<item><title>{n}</title><description>{'word ' * 200}</description></item>" for n in range(1_000)
    )
    started = time.process_time()
    assert len(read(rss(many))) == 1_000
    assert (
        len(
            read(rss(f"<item><title>long</title><description>{'x' * 1_000_000}</description></item>"))[0][
                "text"
            ]
        )
        == 10**6
    )
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY x PUBLIC "p" "http://127.0.0.1/x">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
        '<!DOCTYPE r [<!ENTITY q "' + "A" * 50_000 + '">]>',
        "<!DOCTYPE r [" + "".join(f'<!ENTITY e{n} "v">' for n in range(400)) + "]>",
        "<!DOCTYPE r [<!ENTITY",
        "<!DOCTYPE r [<!ENTITY a '<b/>'>]>",
    ],
)
def test_documents_that_declare_entities_are_refused_at_once(doctype: str) -> None:
    """Entity bombs and entities that reach outside are not expanded, not fetched, not read at all."""
    started = time.process_time()
    assert (
        code_of(
            f'<?xml version="1.0"?>{doctype}<rss><channel><item><title>&c;&x;&q;</title></item></channel></rss>'.encode()
        )
        == "entities"
    )
    assert code_of(f'<?xml version="1.0" encoding="utf-16"?>{doctype}<rss/>'.encode("utf-16")) == "entities"
    assert time.process_time() - started < 1


def test_harmless_declarations_pass() -> None:
    """A plain DOCTYPE, HTML's entity set by name and a short text entity do no harm and are common."""
    for doctype in (
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://n.example/rss-0.91.dtd">',
        '<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1" "http://www.w3.org/xhtml-lat1.ent">]>',
        '<!DOCTYPE rss [<!ENTITY town "Brackwater">]>',
    ):
        assert len(read(doctype.encode() + rss("<item><title>x</title></item>", "<rss><channel>"))) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_document"), (b" \n\x00", "empty_document"), (b"hello", "not_a_feed"),
        (b"<!doctype html><html><body>hi</body></html>", "web_page"), (b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_feed"),
        (b"{}", "not_a_feed"), (b"[1, 2]", "not_a_feed"), (b'{"items": 7, "version": "1"}', "not_a_feed"),
        (b"{not json", "not_a_feed"), (b'<?xml version="1.0"?><svg/>', "not_a_feed"),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_so(body: bytes, code: str) -> None:
    """A page, a picture, other JSON and nothing at all are told apart."""
    assert code_of(body) == code


def test_empty_feed_is_a_feed() -> None:
    """No entries is no trouble."""
    assert read(rss("")) == []
    assert read(b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>') == []


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<rss><channel><item>", b"<feed><entry>", b'{"version":"", "items":[']),
)
def test_no_bytes_make_the_reader_fail_otherwise(rubbish: bytes, head: bytes) -> None:
    """Whatever comes in is read or named."""
    with contextlib.suppress(SourceTrouble):
        assert isinstance(read(head + rubbish), list)


@given(st.text(max_size=300))
def test_plain_text_never_fails_and_leaves_plain_words_alone(text: str) -> None:
    """Text without markup comes back with its words in order; nothing raises."""
    words = plain_text(text)
    if "<" not in text and "&" not in text:
        assert words.split() == text.split()
    plain_text(f"<p>{text}</p>" * 3)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a < b & c > d", "a < b & c > d"), ("<p>one</p><p>two</p>", "one\ntwo"), ("x<br>y<br/>z", "x\ny\nz"),
        ("<style>p{}</style>ok<svg><text>no</text></svg>", "ok"), ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        ("<ul><li>a<li>b</ul>", "a\nb"), ("<a href='javascript:x'>go</a>", "go"), ("<!-- no -->yes", "yes"),
        ("caf&eacute; <i>&#27700;</i>", "café 水"), ("<div>" * 3_000 + "deep" + "</div>" * 3_000, "deep"),
    ],
)  # fmt: skip
def test_markup_becomes_words(markup: str, text: str) -> None:
    """Blocks end lines, scripts and styles are silent, entities are read, nesting has no limit."""
    assert plain_text(markup) == text


@pytest.mark.parametrize("reads", [opml.read, open311.read])
@pytest.mark.parametrize("attribute", ["b{}=''", "b{}='x'", "xmlns:b{}='x'"])
def test_an_element_of_attributes_alone_is_refused(reads: Callable[[bytes], object], attribute: str) -> None:
    """B5: the parser compares each attribute of an element with all others, so their time grows with the square.

    Sabotage: leave `has_long_tag` out of `refuse_trees`.
    """
    named = " ".join(attribute.format(number) for number in range(12_000))
    with pytest.raises(SourceTrouble) as trouble:
        reads(f"<?xml version='1.0'?><opml version='2.0'><outline {named}/></opml>".encode())
    assert trouble.value.code == "too_much_memory"


def test_opml_gives_each_feed_once() -> None:
    """Nested outlines, doubled feeds, feed: addresses and outlines without one."""
    body = (
        b"<opml version='2.0'><body><outline text='Town'><outline type='rss' text='News' xmlUrl='https://n.example/f'/>"
        b"<outline xmlURL='feed://p.example/x' title='Parks'/></outline><outline text='News again' xmlUrl='https://n.example/f'/>"
        b"<outline xmlUrl='javascript:alert(1)'/><outline text='no feed'/></body></opml>"
    )
    assert [(e["link"], e["title"]) for e in opml.read(body)] == [
        ("https://n.example/f", "News"), ("http://p.example/x", "Parks"),
    ]  # fmt: skip
    for wrong in (b"<rss/>", b"nothing", b"<opml"):
        with pytest.raises(SourceTrouble):
            opml.read(wrong if wrong != b"<opml" else b"<x/>")


def test_json_feed_reads_both_versions() -> None:
    """Version 1 has one author, 1.1 a list; numbers as ids, HTML or text as content, summary as a last resort."""
    found = json_feed.read(
        b'\xef\xbb\xbf{"version":"https://jsonfeed.org/version/1.1","language":"es","items":[7,{"id":5,"content_html":'
        b'"<p>agua</p>","authors":[{"name":"Ana"}],"date_published":"2026-03-14T10:00:00+01:00"},'
        b'{"id":"6","summary":"corto","external_url":"https://x.example/","author":{"name":"B"},"language":"zh"}]}'
    )
    assert [(e["id"], e["text"], e["author"], e["language"]) for e in found] == [
        ("5", "agua", "Ana", "es"), ("6", "corto", "B", "zh"),
    ]  # fmt: skip
    assert found[0]["published"] == "2026-03-14T09:00:00+00:00"


def test_kinds_are_told_by_the_first_element() -> None:
    """Also behind rubbish, comments, a byte order mark and in UTF-16."""
    assert kind_of("\ufeff<!-- <html> --><rss>".encode()) in ("feed", "web_page")
    assert kind_of(b"<br />Warning: x<b>y</b><?xml version='1.0'?><rdf:RDF>") == "feed"
    assert kind_of("<opml>".encode("utf-16")) == "opml"
    assert kind_of(b"  {") == "json"
    assert kind_of(b"plain words") == "other"
    assert prepared(b"\x1b$B<rss>") == b"\x1b$B<rss>"


def test_salvage_reads_prefixed_entries() -> None:
    """`<atom:entry>` with `<atom:title>` is an entry like any other."""
    found = salvage.read(
        "<atom:entry><atom:title>x</atom:title><atom:id>1</atom:id></atom:entry><atom:entry>"
    )
    assert [(block.entry["title"], block.entry["id"], block.good) for block in found] == [("x", "1", True)]


@given(st.text(max_size=40))
def test_moments_are_utc_or_nothing(text: str) -> None:
    """Whatever stands for a date gives an ISO time in UTC or nothing."""
    for found in (any_moment(text), iso_moment(text)):
        assert found == "" or found.endswith("+00:00")


def test_entries_without_id_keep_theirs_when_edited() -> None:
    """The id is made of the link, else of the title and time: an edited text is the same entry."""

    def ids(text: str) -> list[str]:
        items = f"<item><link>https://b.example/1</link><description>{text}</description></item>"
        items += f"<item><title>No link</title><description>{text}</description></item>"
        return [message.external_id for message in messages(read(rss(items)))]

    assert ids("first") == ids("second, corrected")
    assert len(set(ids("x"))) == 2
