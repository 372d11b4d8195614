"""Warnings as CAP 1.2 (OASIS Common Alerting Protocol), signed with an enveloped XML signature.

What we do not know we call Unknown, as the standard foresees. Pure; safe for hostile text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lxml import etree  # type: ignore[import-untyped]
from signxml.algorithms import DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner

from answerable.publish.wording import plain

TYPE = "application/cap+xml; charset=utf-8"
NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_HEADLINE = 160  # characters, as the standard advises
# An incident's level, I to IV, as the standard counts severity; without one we do not claim any.
SEVERITY = {1: "Extreme", 2: "Severe", 3: "Moderate", 4: "Minor"}
URGENCY = {1: "Immediate", 2: "Immediate", 3: "Expected", 4: "Expected"}


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier message that this one updates or cancels."""

    identifier: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class Warned:
    """One version of a warning."""

    identifier: str
    sent: datetime
    language: str
    event: str
    headline: str
    description: str
    area: str  # where, in words
    sender_name: str  # the registered voice and the body
    web: str  # the permanent link
    instruction: str = ""
    contact: str = ""
    note: str = ""  # what was corrected, what a machine did
    level: int | None = None  # of the incident
    expires: datetime | None = None
    before: Sequence[Before] = field(default_factory=tuple)
    cancelled: bool = False
    exercise: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """What we sign with: both as PEM."""

    certificate: bytes
    key: bytes = field(repr=False)


def alert(warned: Warned, sender: str) -> etree._Element:
    """The message, unsigned. `sender` is a name that is ours alone: the host of the desk."""
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    _add(root, "identifier", _token(warned.identifier))
    _add(root, "sender", _token(sender))
    _add(root, "sent", _moment(warned.sent))
    _add(root, "status", "Exercise" if warned.exercise else "Actual")
    _add(root, "msgType", "Cancel" if warned.cancelled else "Update" if warned.before else "Alert")
    _add(root, "scope", "Public")
    _add(root, "note", warned.note)
    _add(
        root,
        "references",
        " ".join(f"{_token(sender)},{_token(one.identifier)},{_moment(one.sent)}" for one in warned.before),
    )
    info = etree.SubElement(root, f"{{{NAMESPACE}}}info")
    _add(info, "language", warned.language)
    _add(info, "category", "Safety")
    _add(info, "event", warned.event)
    _add(info, "urgency", "Past" if warned.cancelled else URGENCY.get(warned.level or 0, "Unknown"))
    _add(info, "severity", SEVERITY.get(warned.level or 0, "Unknown"))
    _add(info, "certainty", "Unknown")
    _add(info, "expires", _moment(warned.expires) if warned.expires else "")
    _add(info, "senderName", warned.sender_name)
    _add(info, "headline", warned.headline[:_HEADLINE])
    _add(info, "description", warned.description)
    _add(info, "instruction", warned.instruction)
    _add(info, "web", warned.web)
    _add(info, "contact", warned.contact)
    area = etree.SubElement(info, f"{{{NAMESPACE}}}area")
    _add(area, "areaDesc", warned.area)
    return root


def signed(message: etree._Element, identity: Identity) -> bytes:
    """The message with its signature inside (XML Signature, RSA-SHA256), in bytes that must stay so."""
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
    )
    done = signer.sign(message, key=identity.key, cert=identity.certificate.decode())
    data: bytes = etree.tostring(done, xml_declaration=True, encoding="utf-8")
    return data


def _add(parent: etree._Element, name: str, text: str) -> None:
    """A child with text, left out when there is none."""
    if said := plain(text):
        etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = said


def _token(text: str) -> str:
    """A name as identifiers must be: no blank, comma, < or &."""
    return "".join("-" if sign in " ,<&\t\n" else sign for sign in plain(text)) or "-"


def _moment(at: datetime) -> str:
    """As CAP writes UTC: with -00:00 and never with Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") + "-00:00"
