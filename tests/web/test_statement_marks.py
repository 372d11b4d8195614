"""What a statement's page says to machines: ClaimReview and announcements by their schema, feeds by two readers."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import fastfeedparser
import feedparser
import pytest
from lxml import etree
from signxml import XMLVerifier

from answerable.store import statements
from tests.cast import Desk
from tests.run.test_sender import channel
from tests.store.scene import draft, incident, publish
from tests.web import stage
from tests.web.stage import HOSTILE

# Required by schema.org's definition of the type and by the guidelines for fact checks.
CLAIM_REVIEW = {
    "url": str, "claimReviewed": str, "datePublished": str, "author": dict, "reviewRating": dict,
    "itemReviewed": dict,
}  # fmt: skip


def marked(page: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    read: dict[str, Any] = json.loads(found)
    return read


def test_a_claim_is_a_claim_review(desk: Desk) -> None:
    """With claim and verdict, every required part is there, and what is hostile stays a word."""
    version = publish(desk, draft(desk, claim=HOSTILE, verdict="false", title=HOSTILE))
    page = stage.client().get(f"/statements/{version.statement_id}/").content.decode()
    found = marked(page)
    assert (found["@context"], found["@type"]) == ("https://schema.org", "ClaimReview")
    for name, kind in CLAIM_REVIEW.items():
        assert isinstance(found[name], kind), name
        assert found[name]
    rating = found["reviewRating"]
    assert (rating["@type"], rating["ratingValue"], rating["alternateName"]) == ("Rating", 1, "False")
    assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    assert found["author"]["name"] == "Brackwater Council"
    assert found["url"].endswith(f"/statements/{version.statement_id}/")
    assert "<script>alert" not in page
    assert 'property="og:title"' in page


@pytest.mark.parametrize(("verdict", "kind"), [("not_known", "clarification"), ("", "warning")])
def test_what_has_no_verdict_is_no_claim_review(desk: Desk, verdict: str, kind: str) -> None:
    """Not known yet is no rating; a warning is an announcement with its moment and place."""
    changes = {"claim": "The water is poison", "verdict": verdict} if verdict else {}
    version = publish(desk, draft(desk, kind=kind, **changes))
    found = marked(stage.client().get(f"/statements/{version.statement_id}/").content.decode())
    if kind == "warning":
        assert found["@type"] == "SpecialAnnouncement"
        assert found["datePosted"]
        assert found["spatialCoverage"]["name"] == "Brackwater Council"
    else:
        assert found["@type"] == "Article"


def test_feeds_are_read_alike_by_two_readers(desk: Desk) -> None:
    """Atom, RSS and JSON hold the same entries for feedparser and a second reader, hostile words included."""
    channel(desk, "hub", address="https://hub.example/publish")
    publish(desk, draft(desk, title="水 & «agua» <b>"))
    publish(desk, draft(desk, text=HOSTILE, machine_help="Translated by machine"))
    seen: list[list[tuple[str, str]]] = []
    for path in ("/feed.atom", "/feed.rss"):
        answer = stage.client().get(path)
        assert 'rel="hub"' in answer.headers["Link"]
        ElementTree.fromstring(answer.content)
        tolerant, fast = feedparser.parse(answer.content), fastfeedparser.parse(answer.content)
        assert not tolerant.bozo, tolerant.get("bozo_exception")
        assert [one["link"] for one in tolerant.entries] == [one["link"] for one in fast.entries]
        assert any(one.get("rel") == "hub" for one in tolerant.feed.links)
        seen.append([(one["id"], one["link"]) for one in tolerant.entries])
    known = json.loads(stage.client().get("/feed.json").content)
    seen.append([(one["id"], one["url"]) for one in known["items"]])
    assert known["hubs"] == [{"type": "WebSub", "url": "https://hub.example/publish"}]
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 2


def test_a_warning_has_its_message_and_its_correction_refers_to_it(desk: Desk) -> None:
    """The feed leads to a signed message; a correction updates it; a drill's says Exercise, below /exercise/ alone."""
    made = incident(desk)
    version = publish(desk, draft(desk, made, kind="warning", what_to_do="Boil it."))
    newer = statements.revise(
        desk.carol, version.statement_id, title="Boil it longer", text="Five minutes.", change_note="time",
        now=desk.now,
    )  # fmt: skip
    publish(desk, newer)
    client = stage.client()
    (entry,) = feedparser.parse(client.get("/cap.atom").content).entries
    assert entry.links[0]["type"] == "application/cap+xml"
    body = client.get(f"/statements/{version.statement_id}/versions/2/cap.xml").content
    certificate = client.get("/cap-certificate.pem").content
    read = XMLVerifier().verify(body, x509_cert=certificate).signed_xml
    assert read is not None
    space = "{urn:oasis:names:tc:emergency:cap:1.2}"
    assert (read.findtext(f"{space}msgType"), read.findtext(f"{space}status")) == ("Update", "Actual")
    assert f"statement-{version.statement_id}-1" in str(read.findtext(f"{space}references"))
    plain = publish(desk, draft(desk))
    assert client.get(f"/statements/{plain.statement_id}/versions/1/cap.xml").status_code == 404
    trained = publish(desk, draft(desk, incident(desk, exercise=True), kind="warning"))
    place = f"statements/{trained.statement_id}/versions/1/cap.xml"
    assert client.get(f"/{place}").status_code == 404
    drilled = etree.fromstring(stage.client(desk.bob).get(f"/exercise/{place}").content)
    assert drilled.findtext(f"{space}status") == "Exercise"
