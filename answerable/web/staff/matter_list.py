"""Which topics come back: matters ranked by items and a tenth of their likes; searchable, exportable."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store.reading.matters import MatterLine, count, ranking
from answerable.store.stream import from_ms
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request

SIZE = 30
EXPORT_PAGE = 500


def matters(request: Request) -> HttpResponse:
    """GET a page of the ranking."""
    query = _query(request)
    total = count(exercise=request.exercise, query=query)
    paging = Paging(total, page_number(request), SIZE)

    def address(page: int) -> str:
        return link(request.exercise, "matters", {"q": query, "page": page})

    names = {
        "lines": ranking(exercise=request.exercise, query=query, limit=SIZE, offset=paging.start),
        "first": paging.start + 1,
        "query": query,
        "total": total,
        "pager": pager(paging, address),
    }
    return render(request, "staff/matters.html", names)


def matters_export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET the whole ranking as CSV or JSON lines."""
    return stream(request, kind, "matters", _rows(request, _query(request)))


def _rows(request: Request, query: str) -> Iterator[Row]:
    offset = 0
    while True:
        lines = ranking(exercise=request.exercise, query=query, limit=EXPORT_PAGE, offset=offset)
        for line in lines:
            yield _row(line, exercise=request.exercise)
        if len(lines) < EXPORT_PAGE:
            return
        offset += EXPORT_PAGE


def _row(line: MatterLine, *, exercise: bool) -> Row:
    return {
        "id": line.id,
        "heading": line.heading.words if line.heading else "",
        "names": ", ".join(line.names),
        "items": line.items,
        "likes": line.likes,
        "score": line.score,
        "stories": line.stories,
        "first_seen": from_ms(line.first_seen).isoformat(),
        "last_seen": from_ms(line.last_seen).isoformat(),
        "exercise": exercise,
    }


def _query(request: Request) -> str:
    return request.GET.get("q", "").strip()[:200]
