"""The one door: what is cleaned, masked, pseudonymised, sealed, and what is refused."""

from __future__ import annotations

import dataclasses
import os
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.clean import CUT, isolated, language_tag, one_line, plain, web_link
from answerable.collect.door import admit, pseudonym
from answerable.collect.keys import SourceKeys, digest, seal, unseal
from answerable.collect.private.mask import masked
from answerable.collect.troubles import TROUBLES, sentence
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts

NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)
KEYS = SourceKeys(b"l" * 32, b"s" * 32, b"a" * 32)
POST = Incoming(
    "https://social.example/@maren/77",
    "Water is off, @maren",
    "",
    "https://social.example/@maren/77",
    "@Maren",
    "en",
)


def facts(source_class: SourceClass = SourceClass.PUBLIC, exercise: bool = False) -> SourceFacts:
    """A source of a class."""
    return SourceFacts(7, "feeds", "https://b.example/feed", source_class, exercise)


def item(found: Incoming, source_class: SourceClass = SourceClass.PUBLIC, **more: object) -> Item:
    """What the door lets in."""
    admitted = admit(found, facts(source_class), KEYS, heard=NOW, **more)  # type: ignore[arg-type]
    assert isinstance(admitted, Item)
    return admitted


def test_private_post_keeps_no_address_and_no_name() -> None:
    """Of a private author only keyed hashes and a sealed link stay; the keys' holder can open it."""
    kept = item(POST)
    assert (kept.link, kept.text) == ("", "Water is off, @…")
    assert kept.key == digest(KEYS.lasting, POST.external_id)
    assert kept.link_key == digest(KEYS.lasting, POST.link)
    assert kept.author == pseudonym(KEYS, "maren") == pseudonym(KEYS, " @MAREN ")
    assert kept.sealed is not None
    assert unseal(KEYS, kept.sealed) == (POST.external_id, POST.link)
    whole = repr(dataclasses.astuple(kept)).casefold()
    assert "maren" not in whole
    assert "social.example" not in whole


@pytest.mark.parametrize("source_class", [SourceClass.OUTLET, SourceClass.INSTITUTION, SourceClass.OWN])
def test_public_bodies_keep_their_links(source_class: SourceClass) -> None:
    """Outlets, institutions and our own accounts are public: the address stays readable, and hashed for deletion."""
    kept = item(dataclasses.replace(POST, link="https://n.example/1"), source_class)
    assert kept.link == "https://n.example/1"
    assert kept.link_key == digest(KEYS.lasting, kept.link)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, NOW), (NOW + timedelta(seconds=1), NOW), (datetime(2099, 1, 1, tzinfo=UTC), NOW), (datetime(1, 1, 1, tzinfo=UTC), NOW),
        (NOW - timedelta(days=1), NOW - timedelta(days=1)), (datetime(2026, 3, 14, 8), datetime(2026, 3, 14, 8, tzinfo=UTC)),
        (datetime(2026, 3, 14, 8, tzinfo=timezone(timedelta(hours=8))), datetime(2026, 3, 14, tzinfo=UTC)),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))), NOW), (datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=8))), NOW),
    ],
)  # fmt: skip
def test_times_are_utc_and_never_in_the_future(published: datetime | None, expected: datetime) -> None:
    """A missing, future or impossible time becomes the time heard; all others are told in UTC."""
    kept = item(dataclasses.replace(POST, published=published))
    assert kept.published == expected
    assert kept.published.utcoffset() == timedelta(0)
    assert kept.heard == NOW


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "a\x00b"}, "nul"), ({"title": "\x00"}, "nul"), ({"text": "half \ud83d"}, "surrogate"), ({"link": "\udc00"}, "surrogate"),
        ({"external_id": " "}, "no_id"), ({"external_id": "a\x00"}, "nul"), ({"text": "", "link": ""}, "no_text"),
        ({"text": "\u200e \x01\n", "link": "javascript:x"}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_its_place(change: dict[str, str], code: str) -> None:
    """NULs, half characters, nothing to say, nothing to tell it from others: refused, named, never an error."""
    admitted = admit(dataclasses.replace(POST, **change), facts(), KEYS, heard=NOW, where="entry 3")
    assert isinstance(admitted, Rejected) == bool(code)
    if isinstance(admitted, Rejected):
        assert (admitted.where, admitted.code) == ("entry 3", code)
        assert admitted.code in TROUBLES


@given(st.text(), st.text(), st.text(), st.text(), st.text(), st.text())
def test_any_strings_are_let_in_clean_or_refused(
    text: str, title: str, link: str, author: str, name: str, language: str
) -> None:
    """Property: whatever the six strings hold, the door answers; what it lets in can be stored and shown."""
    found = Incoming(name, text, title, link, author, language)
    for source_class in SourceClass:
        admitted = admit(found, facts(source_class), KEYS, heard=NOW)
        if isinstance(admitted, Item):
            for kept in (admitted.text, admitted.title, admitted.link, admitted.language):
                kept.encode("utf-8")
                assert not any(char in kept for char in "\x00\x07\x1b\r\u2028")
            assert "\n" not in admitted.title
            assert admitted.link == "" or admitted.link.startswith(("http://", "https://", "HTTP", "Http"))


def test_long_texts_are_cut_honestly() -> None:
    """A cut text ends with a mark; a whole one has none; a title is one line."""
    kept = item(dataclasses.replace(POST, text="word " * 100_000, title="t\n" * 2_000))
    assert len(kept.text) <= 20_000
    assert kept.text.endswith(CUT)
    assert len(kept.title) <= 500
    assert "\n" not in kept.title
    assert plain("short") == "short"


def test_exercise_marks_travel() -> None:
    """An item of the drill is marked from the door on."""
    admitted = admit(POST, facts(exercise=True), KEYS, heard=NOW)
    assert isinstance(admitted, Item)
    assert admitted.exercise


def test_absurdly_long_ids_are_hashed() -> None:
    """An id of a megabyte does not make a sealed link of a megabyte, and still tells items apart."""
    long = item(dataclasses.replace(POST, external_id="x" * 1_000_000))
    other = item(dataclasses.replace(POST, external_id="x" * 1_000_001))
    assert long.key != other.key
    assert long.sealed is not None
    assert len(long.sealed) < 1_000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@maren @Old.Stan_2 hi", "@… @… hi"), ("hey @ana@social.example!", "hey @…!"), ("cc:@name.bsky.social.", "cc:@…."),
        ("你好@张三 停水", "你好@… 停水"), ("＠张三：停水了", "＠…：停水了".replace("＠", "@")), ("@john猫咪 停水", "@… 停水"), ("@john你好 停水", "@…你好 停水"), ("@jörg_1 hi", "@… hi"), ("@" + "a" * 99 + " x", "@… x"),
        ("write to help@brackwater.example", "write to ✉…"), ("RT@maren off", "RT@… off"),
        ("https://social.example/@maren/1", "https://social.example/@…/1"), ("5 @ 3 pounds", "5 @ 3 pounds"),
        ("at did:plc:abc123.", "at did:…."), ("@张三a" + "你" * 40, "@…" + "你" * 13), ("see https://bsky.app/profile/maren.example/post/3k", "see https://bsky.app/profile/@…/post/3k"),
        ("https://x.com/maren/status/1, https://weibo.com/u/1234567", "https://x.com/@…/status/1, https://weibo.com/u/@…"),
        ("https://x.com/search?q=water https://facebook.com/groups/7", "https://x.com/search?q=water https://facebook.com/groups/7"),
        ("https://www.facebook.com/Council/posts", "https://www.facebook.com/Council/posts"), ("ping @Council and @maren", "ping @Council and @…"),
    ],
)  # fmt: skip
def test_mentions_are_masked_but_names_on_the_list(text: str, shown: str) -> None:
    """Handles of all kinds become @…, mail addresses ✉…; listed accounts stay."""
    assert masked(text, frozenset({"council"})) == shown


def test_listed_names_stay_in_an_item() -> None:
    """`kept_names` reaches title and text."""
    kept = item(
        dataclasses.replace(POST, text="@Water says @x", title="@water"), kept_names=frozenset({"water"})
    )
    assert (kept.text, kept.title) == ("@Water says @…", "@water")


@given(st.text(alphabet="ab\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=40))
def test_bidi_controls_end_where_their_line_ends(text: str) -> None:
    """Property: on every line all openers are closed in order and nothing closes what it did not open."""
    for line in plain(text).split("\n"):
        waiting = []
        for char in line:
            if char in "\u202a\u202b\u202d\u202e":
                waiting.append("\u202c")
            elif char in "\u2066\u2067\u2068":
                waiting.append("\u2069")
            elif char in "\u202c\u2069":
                assert waiting.pop() == char
        assert waiting == []
        assert line.replace("\u202c", "") == line or line.startswith("\u2068")
    assert isolated("plain") == "plain"


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://b.example/a?b=c#d", True), ("http://[2606:4700::1]/x", True), ("HTTPS://B.example", True), ("https://bücher.example/ü", True),
        ("/relative", False), ("javascript:alert(1)", False), ("https://user:pw@b.example/", False), ("ftp://b.example/", False),
        ("https://b.example/a b", False), ('https://b.example/"x', False), ("https://", False), ("https:/b.example", False),
        ("data:text/html,x", False), ("https://b.example/" + "x" * 3_000, False), ("https://b.example/\u202ex", False),
        ("mailto:a@b.example", False), ("http://javascript:alert(1)", False), ("https://b.example\\@c.example/", False),
    ],
)  # fmt: skip
def test_only_plain_web_links_are_kept(link: str, kept: bool) -> None:
    """Absolute http(s) addresses without credentials, spaces, quotes or direction controls."""
    assert web_link(link) == (link if kept else "")


@pytest.mark.parametrize(
    ("tag", "written"),
    [("en-gb", "en-GB"), ("ZH_hant_tw", "zh-Hant-TW"), ("es", "es"), ("english", ""), ("", ""), ("e", ""), ("en-<b>", ""), ("zh-" + "a" * 40, "")],
)  # fmt: skip
def test_language_tags_are_written_in_one_way(tag: str, written: str) -> None:
    """A claimed language is a BCP 47 tag or nothing."""
    assert language_tag(tag) == written


def test_spaces_and_invisible_characters_are_tidied() -> None:
    """Runs of spaces, Windows line ends, zero characters and controls leave plain words."""
    assert plain("  a \t b\r\n\r\n\r\n\r\nc\u2028d\x07\ufeff  ") == "a b\n\nc\nd"
    assert one_line("a\n b\u2029c") == "a b c"


def test_seal_is_bound_to_its_key() -> None:
    """Two seals of the same link differ; another key or a changed byte opens nothing; keys never print."""
    blob = seal(KEYS, "1", "https://b.example/1")
    assert blob != seal(KEYS, "1", "https://b.example/1")
    assert b"b.example" not in blob
    other = dataclasses.replace(KEYS, seal=os.urandom(32))
    for wrong in (blob[:-1] + bytes([blob[-1] ^ 1]), b"", b"\x02" + blob[1:], blob[:12]):
        with pytest.raises(ValueError, match="sealed link"):
            unseal(KEYS, wrong)
    with pytest.raises(ValueError, match="another key"):
        unseal(other, blob)
    assert "llll" not in repr(KEYS)
    assert len(digest(KEYS.lasting, "x")) == 16


def test_every_sentence_is_whole() -> None:
    """Each trouble is one sentence; a missing parameter or an unknown code never raises."""
    for code, text in TROUBLES.items():
        assert text[0].isupper() or text.startswith("{")
        assert text.endswith(".")
        assert sentence(code)
    assert sentence("never_heard_of") == "never_heard_of"
    assert sentence("http_status", {"status": 503}) == "The server answered with an error (503)."
