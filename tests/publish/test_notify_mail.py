"""Notices by mail, against a real SMTP server: encrypted and verified, one letter to one person, honest errors."""

from __future__ import annotations

import email
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import ChannelTrouble
from answerable.publish.notify.mail import Mail, MailServer, written
from answerable.publish.notify.message import Target
from answerable.publish.wording import is_mail_address
from tests.collect.test_fetch_limits import certificate
from tests.publish.rooms import message, post_office

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CAROL = Target("carol@brackwater.example")


def server(port: int, **changes: object) -> MailServer:
    """The settings of a mail server on this machine."""
    plain = MailServer("localhost", port, "none", "desk@answers.example", seconds=5.0)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_letter_arrives_once_and_says_what_it_must() -> None:
    """Body, machine, link and id stand in it; a repeat of the same key bears the same id."""
    with post_office() as office:
        way = Mail(server(office.port))
        receipt = way.send(message(title="警报 12：10 分钟内 34 条"), CAROL, AT)
        again = way.send(message(), CAROL, AT)
        assert receipt == again
        first = office.letters[0]
        assert (first.mail_from, first.rcpt_tos) == ("desk@answers.example", ["carol@brackwater.example"])
        letter = email.message_from_bytes(first.content, policy=default)
        assert letter["From"] == "Brackwater Council <desk@answers.example>"
        assert letter["Subject"] == "警报 12：10 分钟内 34 条"
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["Message-ID"] == receipt
        text = letter.get_content()
        assert "https://answers.example/call/abc:def" in text
        assert "A machine sent this for Brackwater Council" in text
        assert letter.get_content_type() == "text/plain"


# aiosmtpd warns of a sign-in without STARTTLS, also where TLS wraps it from the start.
@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_certificate_is_verified(security: str, tmp_path: Path) -> None:
    """Neither the text nor the password goes to a server whose certificate nobody vouches for.

    Sabotage: `ssl._create_unverified_context()` in `_context`.
    """
    file = certificate(tmp_path, "localhost")
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(file)
    with post_office(ours, user="desk", password="sesame", at_once=security == "tls") as office:
        known = server(office.port, security=security, user="desk", password="sesame")
        with pytest.raises(ChannelTrouble, match="tls"):
            Mail(known).send(message(), CAROL, AT)
        assert office.letters == []
        assert office.signed_in == []
        vouched = ssl.create_default_context(cafile=str(file))
        assert Mail(known, vouched).send(message(), CAROL, AT)
        assert len(office.letters) == 1
        with pytest.raises(ChannelTrouble, match="sign_in") as trouble:
            Mail(replace(known, password="wrong"), vouched).send(message(), CAROL, AT)
        assert not trouble.value.permanent
        assert "wrong" not in str(trouble.value)


def test_a_server_without_encryption_gets_nothing() -> None:
    """With starttls, a server that does not offer it is refused before anything is said."""
    with post_office() as office:
        with pytest.raises(ChannelTrouble, match="no_encryption"):
            Mail(server(office.port, security="starttls")).send(message(), CAROL, AT)
        assert office.letters == []


def test_refusals_say_whether_they_last() -> None:
    """550 for an address is for good, 450 and a server that is away are not."""
    with post_office() as office:
        way = Mail(server(office.port))
        for answer, permanent in (("550 no such user", True), ("450 try later", False)):
            office.refuse["carol@brackwater.example"] = answer
            with pytest.raises(ChannelTrouble) as trouble:
                way.send(message(), CAROL, AT)
            assert trouble.value.permanent is permanent
        office.refuse.clear()
        office.data_answer = "451 out of space"
        with pytest.raises(ChannelTrouble) as trouble:
            way.send(message(), CAROL, AT)
        assert not trouble.value.permanent
    with pytest.raises(ChannelTrouble, match="mail_away") as trouble:
        way.send(message(), CAROL, AT)
    assert not trouble.value.permanent


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text())
def test_no_words_turn_a_header(title: str, sender: str) -> None:
    """Whatever stands in a title or a name, a letter has the headers we wrote and no other."""
    letter = written(message(title=title, sender=sender), "desk@answers.example", CAROL.address, AT)
    parsed = email.message_from_bytes(letter.as_bytes(), policy=default)
    assert sorted(parsed.keys()) == sorted(letter.keys())
    assert [address.addr_spec for address in parsed["To"].addresses] == ["carol@brackwater.example"]
    assert [address.addr_spec for address in parsed["From"].addresses] == ["desk@answers.example"]


@pytest.mark.parametrize(
    "address",
    ["", "carol", "carol@", "@x.example", "a b@x.example", "carol@x.example\r\nBcc: all@x.example", "a@b@c",
     '"quoted"@x.example', "Carol <carol@x.example>", "carol@x.example,dan@x.example", "carol@-x.example",
     "caröl@x.example", "a..b@x.example", "x" * 65 + "@x.example"],
)  # fmt: skip
def test_only_one_plain_address_is_an_address(address: str) -> None:
    """Names, lists, quotes and line breaks are no address, and nothing is sent to them."""
    assert not is_mail_address(address)
    with pytest.raises(ChannelTrouble) as trouble:
        Mail(server(1)).send(message(), Target(address), AT)
    assert trouble.value.permanent
