"""An answer as ClaimReview of schema.org, for search engines and those who check facts. It is ours alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from answerable.records import Json

# 1 is the worst rating, 5 the best; what is not judged has no rating.
_RATED = {"false": 1, "misleading": 3, "true": 5}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is told of one published version."""

    address: str  # of its page
    claim: str
    verdict: str
    title: str
    text: str
    language: str
    number: int
    published: datetime


def claim_review(of: Reviewed, *, body: str, base: str) -> Json:
    """The body that answers and its address are the author; who made the claim is never named."""
    rating: dict[str, Json] = {"@type": "Rating", "alternateName": of.verdict}
    if of.verdict in _RATED:
        rating |= {"ratingValue": _RATED[of.verdict], "bestRating": 5, "worstRating": 1}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": of.address,
        "datePublished": of.published.astimezone(UTC).date().isoformat(),
        "inLanguage": of.language,
        "claimReviewed": of.claim,
        "author": {"@type": "GovernmentOrganization", "name": body, "url": base},
        "reviewBody": of.text,
        "headline": of.title,
        "version": of.number,
        "reviewRating": rating,
    }
