"""Channels keep their promises, texts and links are fit to go out, and an exercise stays inside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import BadInput, ChannelTrouble
from answerable.publish.channels import BUILT_IN, Channel, OwnPages, channels_for
from answerable.publish.conformance import check_channel, sample
from answerable.publish.wording import plain, web_link
from answerable.records import Outgoing, Receipt

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("channel", BUILT_IN, ids=lambda channel: channel.name)
def test_built_in_channels_conform(channel: Channel) -> None:
    """Each passes the checks that any channel must pass."""
    check_channel(channel, AT)


class _Wrong:
    """A channel with one fault."""

    exercise = False

    def __init__(self, name: str = "wrong", **receipt: object) -> None:
        self.name = name
        self.receipt = receipt
        self.count = 0

    def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
        self.count += 1
        if "address" in self.receipt:
            self.receipt["address"] = f"/{self.count}"
        return replace(Receipt(self.name, outgoing.key, now, "/x"), **self.receipt)


@pytest.mark.parametrize(
    ("channel", "promise"),
    [
        (_Wrong("Wrong Name"), "its name"),
        (_Wrong(channel="other"), "a receipt names"),
        (_Wrong(key="other"), "a receipt names"),
        (_Wrong(at=datetime(2020, 1, 1, tzinfo=UTC)), "a receipt bears"),
        (_Wrong(address=""), "one publication"),
        (_Wrong(), "never share"),
    ],
)
def test_the_checks_find_each_fault(channel: Channel, promise: str) -> None:
    """A channel that breaks one promise is told which."""
    with pytest.raises(AssertionError, match=promise):
        check_channel(channel, AT)


def test_a_text_goes_to_the_channels_of_its_side() -> None:
    """Real texts to website and feed, exercises to the exercise alone, and no channel takes the other kind."""
    assert [channel.name for channel in channels_for(False)] == ["website", "feed"]
    assert [channel.name for channel in channels_for(True)] == ["exercise"]
    for channel in BUILT_IN:
        with pytest.raises(ChannelTrouble) as refused:
            channel.send(sample(exercise=not channel.exercise), AT)
        assert refused.value.permanent


def test_a_receipt_says_where_to_read_it() -> None:
    """Also when a value for the address is missing, the text is out and has a receipt."""
    page = OwnPages("website", "/statements/{statement}/")
    assert page.send(sample(exercise=False), AT).address == "/statements/1/"
    assert page.send(replace(sample(exercise=False), extra={}), AT).address == "/statements//"


@given(text=st.text(st.characters(codec=None)))
def test_plain_text_can_stand_anywhere(text: str) -> None:
    """Whatever came in: the result is UTF-8, stands in XML as it is, turns no line around, and stays the same."""
    clean = plain(text)
    element = ElementTree.Element("x")
    element.text = clean
    assert (ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).text or "") == clean
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\r\u2028")
    assert plain(clean) == clean


@pytest.mark.parametrize(
    "text",
    ["¿Agua marrón?", "水是棕色的。", "مياه\u200f بنية", "👩‍👩‍👧 e\u0301 ×", "Tab\there\nnew line", "𠀀"],
)
def test_ordinary_writing_stays_as_it_is(text: str) -> None:
    """Accents, scripts, joined emoji and line breaks are what people write."""
    assert plain(text) == text


@pytest.mark.parametrize(
    "link",
    [
        "https://x.example",
        "http://x.example:8080/a?b=c#d",
        "https://水.example/%E6",
        "https://[2001:db8::1]/x",
    ],
)
def test_whole_web_addresses_pass(link: str) -> None:
    """Absolute http and https addresses, with blanks around them taken away."""
    assert web_link(f" {link}\n") == link


@pytest.mark.parametrize(
    "link",
    [
        "", "x.example", "//x.example", "/a", "javascript:alert(1)", "data:text/html,x", "ftp://x.example", "https://",
        "https:///a", "https://u@x.example/", "https://u:p@x.example/", "https://x.example:99999/", "https://x.example/a b",
        'https://x.example/"', "https://x.example/<", "https://x.example/\u202e", "https://x.example/\ud800",
        "https://x.example/a\nb", "https://[::1", "https://x.example/" + "a" * 2000, "HTTPS\\://x.example",
    ],
)  # fmt: skip
def test_anything_else_is_no_web_address(link: str) -> None:
    """Scripts, relative places, passwords, blanks, turning marks: one sentence says what to write."""
    with pytest.raises(BadInput, match="web address"):
        web_link(link)
