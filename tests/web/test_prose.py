"""A statement's plain text on a page: structure yes, markup never."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.web.prose import differences, prose

ALLOWED = {"p", "ul", "li", "br", "a"}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(attrs)))


def _tags(html: str) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
    parser = _Tags()
    parser.feed(html)
    return parser.seen


def test_paragraphs_and_lists() -> None:
    """Blank lines part paragraphs; rows that begin with a dash become a list, also below a sentence."""
    made = prose("One.\nStill one.\n\nDo this:\n- tap\n- wait")
    assert made == ("<p>One.<br>Still one.</p>\n<p>Do this:</p><ul><li>tap</li><li>wait</li></ul>")


def test_citations_link_only_to_evidence_that_exists() -> None:
    """[1] leads to the first piece of evidence; [3] of two pieces stays text."""
    made = prose("It held [1], as [3] says.", evidence=2)
    assert made == '<p>It held [<a href="#e1">1</a>], as [3] says.</p>'


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "[1]<svg/onload=x>",
        "&lt;b&gt; & <b>",
        "- <i>x</i>",
    ],
)
def test_markup_stays_text(hostile: str) -> None:
    """Whatever stands in a statement, a page has only our own few tags."""
    assert {tag for tag, _ in _tags(prose(hostile, evidence=3))} <= ALLOWED


@given(st.text(max_size=300), st.integers(0, 5))
def test_any_text_gives_only_our_tags(text: str, evidence: int) -> None:
    """Property: for any text, only our tags, and links lead only within the page."""
    for tag, attributes in _tags(prose(text, evidence)):
        assert tag in ALLOWED
        assert all(name == "href" and (value or "").startswith("#e") for name, value in attributes)


@given(st.text("ab 水管。\n.", max_size=60), st.text("ab 水管。\n.", max_size=60))
def test_a_comparison_holds_both_texts(old: str, new: str) -> None:
    """Property: what stayed and went is the old text, what stayed and came is the new one."""
    parts = differences(old, new)
    assert "".join(part.text for part in parts if part.kind != "added") == old
    assert "".join(part.text for part in parts if part.kind != "removed") == new


def test_one_changed_word_is_one_change() -> None:
    """A corrected number shows as that number, in Chinese as that character."""
    words = differences("Nine taps were tested.", "Eleven taps were tested.")
    assert [(part.kind, part.text) for part in words][:2] == [("removed", "Nine"), ("added", "Eleven")]
    signs = differences("检查了九个水龙头", "检查了十个水龙头")
    assert [part.text for part in signs if part.kind != "same"] == ["九", "十"]


def test_too_long_to_compare_is_said_by_nothing() -> None:
    """Two very long texts give no comparison instead of a stalled page."""
    assert differences("a " * 4000, "b " * 4000) == ()
