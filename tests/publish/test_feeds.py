"""Feeds are well-formed whatever stands in the texts, and a correction is the same entry, updated."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import fastfeedparser
import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import BadInput
from answerable.publish import feeds
from answerable.publish.feeds import Entry, Head

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HEAD = Head(
    "Brackwater Council answers", "https://brackwater.example", "/feed.atom", "en", "Brackwater Council"
)
A = "{http://www.w3.org/2005/Atom}"
hostile = st.one_of(
    st.text(st.characters(codec=None), max_size=60),
    st.sampled_from(
        [
            "]]>",
            "<script>alert(1)</script>",
            "&amp;&#0;",
            '"><x y="',
            "\x00\x0b\ufffe",
            "\ud800",
            "<!DOCTYPE x>",
            "\u202e",
        ]
    ),
)


@dataclass(frozen=True)
class Line:
    """A published statement as the store gives it."""

    id: int = 12
    language: str = "en"
    unit: str = "Brackwater Water Services"
    number: int = 1
    title: str = "Brown from iron, not sewage"
    text: str = "A main broke at 06:40.\n\nThe rust is\nharmless."
    claim: str = "Sewage got into the tap water."
    verdict: str = "false"
    what_to_do: str = "Let it run."
    not_known: str = "The laboratory result."
    machine_help: str = "Translated by machine"
    change_note: str = ""
    change: str = ""
    alone: bool = False
    first_at: datetime = AT
    published_at: datetime = AT


def entry(**changes: object) -> Entry:
    facts: dict[str, object] = {
        "id": "tag:brackwater.example,2026-03-02:statement/12",
        "title": "T",
        "link": "https://brackwater.example/statements/12/",
        "published": AT,
        "updated": AT,
        "author": "Maren Oye, Engineer, Water Services",
        "language": "en",
        "paragraphs": ("One.", "Two."),
    }
    return Entry(**{**facts, **changes})  # type: ignore[arg-type]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags |= {tag, *(name for name, _ in attrs)}


@given(texts=st.lists(hostile, min_size=4, max_size=6), language=hostile)
def test_hostile_text_is_text(texts: list[str], language: str) -> None:
    """Any characters in any field: both feeds parse, and the content has no markup but our own p and br."""
    title, author, head_title, *paragraphs = texts
    made = [entry(title=title, author=author, language=language, paragraphs=tuple(paragraphs))]
    head = replace(HEAD, title=head_title, language=language)
    atom = ElementTree.fromstring(feeds.atom(made, head))
    item = json.loads(feeds.json_feed(made, head).decode("utf-8"))["items"][0]
    assert [child.tag for child in atom.iter(f"{A}entry")] == [f"{A}entry"]
    for content in (atom.findtext(f"{A}entry/{A}content") or "", item["content_html"]):
        found = _Tags()
        found.feed(content)
        assert found.tags <= {"p", "br"}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//x.example/", "/statements/12/", "https://x/\n"])
def test_only_whole_web_addresses_stand_in_a_feed(link: str) -> None:
    """A link that a reader could not follow, or that would run something, is refused rather than sent."""
    for wrong in (entry(link=link.rstrip() + "\\"), entry(before=link.replace("\n", " x"))):
        with pytest.raises(BadInput):
            feeds.atom([wrong], HEAD)
        with pytest.raises(BadInput):
            feeds.json_feed([wrong], HEAD)


def test_atom_has_what_the_standard_asks_for() -> None:
    """RFC 4287: id, title and updated for the feed and each entry, an author, a self link, typed content."""
    root = ElementTree.fromstring(feeds.atom([entry(updated=AT + timedelta(hours=1))], HEAD))
    assert root.tag == f"{A}feed"
    assert root.findtext(f"{A}id") == "https://brackwater.example/feed.atom"
    assert root.findtext(f"{A}updated") == "2026-03-02T10:00:00Z"
    assert root.find(f"{A}link[@rel='self']").get("href") == "https://brackwater.example/feed.atom"
    one = root.find(f"{A}entry")
    assert {child.tag.removeprefix(A) for child in one} == {
        "id", "title", "link", "published", "updated", "author", "content",
    }  # fmt: skip
    assert one.find(f"{A}content").get("type") == "html"
    assert one.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_json_feed_has_what_the_standard_asks_for() -> None:
    """JSON Feed 1.1: version, title, and for each item an id and content; dates in RFC 3339."""
    feed = json.loads(feeds.json_feed([entry()], HEAD))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["feed_url"]) == (HEAD.title, "https://brackwater.example/feed.atom")
    item = feed["items"][0]
    assert item["content_html"] == "<p>One.</p><p>Two.</p>"
    assert item["content_text"] == "One.\n\nTwo."
    assert item["date_published"] == "2026-03-02T09:00:00Z"


def test_an_empty_feed_is_a_feed() -> None:
    """Before the first statement both formats are valid and empty."""
    assert feedparser.parse(feeds.atom([], HEAD)).bozo == 0
    assert json.loads(feeds.json_feed([], HEAD))["items"] == []


def test_other_peoples_readers_read_it() -> None:
    """Two independent readers find the same entries, links, authors and times in the Atom feed."""
    data = feeds.atom([entry(id="tag:x,2026-03-02:1", title="水是棕色的", language="zh"), entry()], HEAD)
    tolerant, fast = feedparser.parse(data), fastfeedparser.parse(data)
    assert tolerant.bozo == 0
    for read in (tolerant, fast):
        assert {one["title"] for one in read.entries} == {"水是棕色的", "T"}
        assert {one["link"] for one in read.entries} == {"https://brackwater.example/statements/12/"}
        assert {one["author"] for one in read.entries} == {"Maren Oye, Engineer, Water Services"}


def test_newest_changes_stand_first() -> None:
    """By the time of their last version, in both formats."""
    made = [
        entry(id=f"tag:x,2026-03-02:{n}", title=str(n), updated=AT + timedelta(minutes=n)) for n in (2, 3, 1)
    ]
    assert [one["title"] for one in json.loads(feeds.json_feed(made, HEAD))["items"]] == ["3", "2", "1"]
    titles = [
        one.findtext(f"{A}title") for one in ElementTree.fromstring(feeds.atom(made, HEAD)).iter(f"{A}entry")
    ]
    assert titles == ["3", "2", "1"]


def test_a_statement_says_all_of_itself() -> None:
    """Verdict with the claim once, the text, what to do, what is not known, and the machine's part."""
    made = feeds.statement_entry(Line(), "Maren Oye, Engineer", HEAD.base)
    assert made.paragraphs == (
        "False: Sewage got into the tap water.",
        "A main broke at 06:40.",
        "The rust is\nharmless.",
        "What you can do: Let it run.",
        "What we do not know yet: The laboratory result.",
        "Machine help: Translated by machine",
    )
    assert made.author == "Maren Oye, Engineer, Brackwater Water Services"
    assert made.link == "https://brackwater.example/statements/12/"


def test_a_plain_announcement_has_no_empty_lines() -> None:
    """What is not there is not said."""
    bare = Line(claim="", verdict="", what_to_do="", not_known=" ", machine_help="", text="The park is open.")
    assert feeds.statement_entry(bare, "V", HEAD.base).paragraphs == ("The park is open.",)


def test_braces_in_a_text_are_only_braces() -> None:
    """A text is filled into a sentence, never read as one."""
    odd = Line(claim="{claim} {0} {__class__}", change_note="{number} {text}", number=2)
    made = feeds.statement_entry(odd, "V", HEAD.base)
    assert made.paragraphs[0] == "False: {claim} {0} {__class__}"
    assert made.paragraphs[5] == "Version 2 corrects: {number} {text}"


def test_a_correction_is_the_same_entry_updated() -> None:
    """Same id and page, the first time of publication, a later update, and a way to the version before."""
    first = feeds.statement_entry(Line(), "V", HEAD.base)
    later = Line(number=2, change_note="Nine taps became eleven", published_at=AT + timedelta(hours=1))
    second = feeds.statement_entry(later, "V", HEAD.base)
    assert (second.id, second.link, second.published) == (first.id, first.link, first.published)
    assert second.updated > first.updated
    assert (first.before, second.before) == ("", "https://brackwater.example/statements/12/versions/1/")
    assert "Version 2 corrects: Nine taps became eleven" in second.paragraphs
    root = ElementTree.fromstring(feeds.atom([second], HEAD))
    link = root.find(f"{A}entry/{A}link[@rel='predecessor-version']")
    assert link is not None
    assert link.get("href") == second.before
    assert json.loads(feeds.json_feed([second], HEAD))["items"][0]["_answerable"]["before"] == second.before


def test_sentences_come_in_the_statements_language() -> None:
    """The web passes translated sentences; what it does not pass is English."""
    made = feeds.statement_entry(Line(), "V", HEAD.base, {"false": "Falso: {claim}"})
    assert made.paragraphs[0] == "Falso: Sewage got into the tap water."
    assert made.paragraphs[3] == "What you can do: Let it run."


def test_the_ledgers_head_goes_out_as_an_entry() -> None:
    """One a day, under an id of its day, with number and hash in the text."""
    one = feeds.head_entry(date(2026, 3, 2), 48102, "ab" * 32, AT, HEAD)
    other = feeds.head_entry(date(2026, 3, 3), 48102, "ab" * 32, AT, HEAD)
    assert one.id == "tag:brackwater.example,2026-03-02:ledger"
    assert one.id != other.id
    text = json.loads(feeds.json_feed([one], HEAD))["items"][0]["content_text"]
    assert "48102" in text
    assert "ab" * 32 in text
