"""What did people tell us? Newest first, to be searched, narrowed and exported. Never a contact."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from answerable.store.models import Submission
from answerable.store.reading import submissions
from answerable.store.submissions import KINDS
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 30
_STATES = ("unread", "read", "all")


def told(request: Request) -> HttpResponse:
    """GET told?q=words&state=unread|read|all&kind=complaint"""
    words, state, kind = _asked(request)
    found = submissions.told(staff(request), words=words, state="" if state == "all" else state, kind=kind)
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "told", {"q": words, "state": state, "kind": kind, "page": number})

    names = {
        "words": words,
        "state": state,
        "kind": kind,
        "kinds": KINDS,
        "states": _STATES,
        "total": paging.total,
        "lines": submissions.with_stories(list(found[paging.start : paging.end])),
        "pager": pager(paging, address),
    }
    return render(request, "staff/told.html", names)


def told_export(request: Request, kind: str) -> HttpResponseBase:
    """GET told.csv or told.jsonl: the same list, whole."""
    words, state, of = _asked(request)
    found = submissions.told(staff(request), words=words, state="" if state == "all" else state, kind=of)
    return stream(request, kind, "told", _rows(found.iterator(chunk_size=500)))


def _rows(found: Iterator[Submission]) -> Iterator[Row]:
    for row in found:
        yield {
            "id": row.pk,
            "received": row.received_at.isoformat(),
            "came_by": row.came_by,
            "kind": row.kind,
            "unit": row.unit.name,
            "place": row.place,
            "known_place": row.known_place,
            "text": row.text,
            "language": row.language,
            "read": row.read_at.isoformat() if row.read_at else "",
            "withdrawn": row.withdrawn_at.isoformat() if row.withdrawn_at else "",
        }


def _asked(request: Request) -> tuple[str, str, str]:
    state, kind = request.GET.get("state", "unread"), request.GET.get("kind", "")
    words = request.GET.get("q", "").strip()[:200]
    return words, state if state in _STATES else "unread", kind if kind in KINDS else ""
