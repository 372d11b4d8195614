"""One rumour at an address that stays: the claim, what is so, the evidence, every version."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.publish.claim_review import Reviewed
from answerable.publish.claim_review import claim_review as claim_review_of
from answerable.store.reading import rumours
from answerable.store.reading.public_statements import VersionSeen
from answerable.store.reading.rumours import Rumour
from answerable.web import helpful_text
from answerable.web.download import evidence
from answerable.web.errors import gone
from answerable.web.pages import body_name, render
from answerable.web.prose import prose
from answerable.web.public import form_seal
from answerable.web.public.tell_us import private
from answerable.web.request import Request


def page(request: Request, number: int) -> HttpResponse:
    """GET /rumours/<number>/"""
    return shown(request, number)


def found(number: int) -> tuple[Rumour, VersionSeen]:
    """The rumour and the version that stands; Http404 where the public may not read one."""
    rumour = rumours.one(number)
    version = rumour.statement.version(rumour.statement.current) if rumour else None
    if rumour is None or version is None:
        raise Http404
    return rumour, version


def shown(
    request: Request, number: int, *, trouble: str = "", said: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    """The page, below one sentence when something was or could not be done."""
    rumour, version = found(number)
    cited = len(version.evidence)
    names = {
        "rumour": rumour,
        "statement": rumour.statement,
        "version": version,
        "text": prose(version.text, cited),
        "what_to_do": prose(version.what_to_do, cited),
        "not_known": prose(version.not_known, cited),
        "documents": rumours.documents([one.link for one in version.evidence if one.link]),
        "helped": helpful_text.said_of(number, request.texts),
        "seal": form_seal.new_seal(request),
        "days": settings.ANSWERABLE.contact_days,
        "mail": bool(settings.ANSWERABLE.smtp_host),
        "trouble": trouble,
        "thanks": said,
        "typed": typed,
    }
    response = render(request, "public/rumour.html", names, status=status)
    return private(response) if trouble or said else response


def claim_review(request: Request, number: int) -> HttpResponse:
    """GET /rumours/<number>/claim-review.json: the same for programs, as schema.org's ClaimReview."""
    rumour, version = found(number)
    base = settings.ANSWERABLE.address
    told = Reviewed(
        f"{base}/rumours/{number}/", version.claim, version.verdict, version.title, version.text,
        rumour.statement.language, version.number, version.published_at,
    )  # fmt: skip
    body = claim_review_of(told, body=body_name(request), base=base)
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, indent=1), content_type="application/ld+json; charset=utf-8"
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def document(request: Request, sha256: str) -> HttpResponse:
    """GET /documents/<sha256>: a stored document, once a published version cites it. Always a download."""
    row = rumours.document(sha256)
    if row is None:
        raise Http404
    return gone(request) if row.erased_at else evidence(row)
