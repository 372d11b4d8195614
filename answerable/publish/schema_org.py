"""Statements in the words of schema.org, for search engines and fact-check lists. Pure.

A claim with a clear verdict is a ClaimReview; what people should know at once is a SpecialAnnouncement.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from answerable.publish.wording import plain
from answerable.records import Json

# What a reader of ClaimReview takes for false and true; "not known yet" is no rating.
RATINGS: Mapping[str, int] = {"false": 1, "misleading": 3, "true": 5}
ANNOUNCED = frozenset({"announcement", "warning", "holding"})


@dataclass(frozen=True, slots=True)
class Marked:
    """What the markup says of one version."""

    kind: str
    title: str
    text: str
    claim: str
    verdict: str
    verdict_words: str  # in the statement's language
    language: str
    link: str
    body: str  # the unit that speaks
    home: str  # the desk's address
    first_at: datetime
    at: datetime
    expires: datetime | None = None


def structured(marked: Marked) -> dict[str, Json]:
    """The most telling type that fits: ClaimReview, SpecialAnnouncement or plain Article."""
    common: dict[str, Json] = {
        "@context": "https://schema.org",
        "url": marked.link,
        "inLanguage": marked.language,
        "datePublished": _moment(marked.first_at),
        "dateModified": _moment(marked.at),
    }
    speaker: Json = {"@type": "GovernmentOrganization", "name": plain(marked.body), "url": marked.home}
    if marked.claim and marked.verdict in RATINGS:
        return common | {
            "@type": "ClaimReview",
            "name": plain(marked.title),
            "claimReviewed": plain(marked.claim),
            "author": speaker,
            "itemReviewed": {"@type": "Claim", "name": plain(marked.claim)},
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": RATINGS[marked.verdict],
                "worstRating": 1,
                "bestRating": 5,
                "alternateName": plain(marked.verdict_words),
            },
            "reviewBody": plain(marked.text),
        }
    if marked.kind in ANNOUNCED:
        ends: dict[str, Json] = {"expires": _moment(marked.expires)} if marked.expires else {}
        return common | ends | {
            "@type": "SpecialAnnouncement",
            "name": plain(marked.title),
            "text": plain(marked.text),
            "datePosted": _moment(marked.at),
            "publisher": speaker,
            "spatialCoverage": {"@type": "AdministrativeArea", "name": plain(marked.body)},
        }  # fmt: skip
    return common | {
        "@type": "Article",
        "headline": plain(marked.title),
        "articleBody": plain(marked.text),
        "author": speaker,
        "publisher": speaker,
    }


def in_a_page(data: Mapping[str, Json]) -> str:
    """JSON that may stand inside a script element: nothing in it ends the element or begins another."""
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
