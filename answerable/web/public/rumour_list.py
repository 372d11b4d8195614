"""The rumour list: what people say, and what is so; the log of corrections, a feed, a copy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from answerable.publish import feeds
from answerable.store.drafts import VERDICTS
from answerable.store.reading import rumours
from answerable.store.reading.public_statements import StatementLine
from answerable.store.reading.rumours import RumourLine
from answerable.web.pages import body_name, link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request
from answerable.web.statement_words import sentences
from answerable.web.texts import catalogue

_PAGE, _FEED, _KEPT_S = 20, 60, 60


def page(request: Request) -> HttpResponse:
    """GET /rumours/?q=words&verdict=false&page=2"""
    words = request.GET.get("q", "").strip()[:200]
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in VERDICTS else ""
    found = rumours.found(words, verdict)
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(False, "public:rumours", {"q": words, "verdict": verdict, "page": number})

    names = {
        "words": words,
        "verdict": verdict,
        "verdicts": VERDICTS,
        "lines": rumours.lines(list(found[paging.start : paging.end]), request.now),
        "total": paging.total,
        "all": rumours.public().count(),
        "pager": pager(paging, address),
    }
    return render(request, "public/rumours.html", names)


def corrections(request: Request) -> HttpResponse:
    """GET /rumours/corrections/: every answer that changed, newest first."""
    return render(request, "public/corrections.html", {"rows": rumours.corrections()})


def feed(request: Request) -> HttpResponseBase:
    """GET /rumours/feed.atom: answers and their corrections alone. The same for every reader."""
    head = feeds.Head(
        title=catalogue("en").gettext("%(body)s: rumours and facts") % {"body": body_name(request)},
        base=settings.ANSWERABLE.address,
        path="/rumours/feed.atom",
        author=body_name(request),
    )
    lines = rumours.lines(list(rumours.found()[:_FEED]), request.now)
    body = feeds.atom([_entry(one.answer, one.id, head.base) for one in lines], head)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=feeds.ATOM_TYPE)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_S}"
    response.headers["Access-Control-Allow-Origin"] = "*"  # public by nature: any page may read it
    conditional: HttpResponseBase | None = get_conditional_response(request, etag=etag, response=response)
    return conditional or response


def _entry(line: StatementLine, number: int, base: str) -> feeds.Entry:
    made = feeds.statement_entry(
        line, f"{line.voice.name}, {line.voice.role}", base, sentences(line.language)
    )
    return replace(made, link=f"{base}/rumours/{number}/")


def export(request: Request) -> StreamingHttpResponse:
    """GET /rumours/export.jsonl: every claim with our answer as it stands, newest first."""
    response = StreamingHttpResponse(_rows(request.now), content_type="application/x-ndjson; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="rumours.jsonl"'
    return response


def _rows(now: datetime) -> Iterator[str]:
    base, start = settings.ANSWERABLE.address, 0
    while some := list(rumours.found()[start : start + 200]):
        start += 200
        for one in rumours.lines(some, now):
            yield json.dumps(_row(one, base), ensure_ascii=False, sort_keys=True) + "\n"


def _row(one: RumourLine, base: str) -> dict[str, object]:
    line = one.answer
    return {
        "id": one.id,
        "kind": one.kind,
        "claim": line.claim,
        "verdict": line.verdict,
        "answer": line.title,
        "explanation": line.text,
        "language": line.language,
        "version": line.number,
        "first_published": line.first_at.astimezone(UTC).isoformat(),
        "published": line.published_at.astimezone(UTC).isoformat(),
        "unit": line.unit,
        "link": f"{base}/rumours/{one.id}/",
        "open_again": one.looked_at_again,
    }
