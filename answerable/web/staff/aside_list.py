"""What broke the reading and was set aside, why, and what becomes of it?"""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from answerable.store.models import Quarantined
from answerable.store.reading import quarantine as reading
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request

_PAGE = 30


def aside(request: Request) -> HttpResponse:
    """GET sources/aside?show=done&source=3&page=2"""
    done, source = request.GET.get("show") == "done", _source(request)
    found = reading.set_aside(exercise=request.exercise, done=done, source=source)
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        of = {"show": "done" if done else "", "source": source or "", "page": number}
        return link(request.exercise, "aside", of)

    names = {
        "lines": reading.aside_lines(list(found[paging.start : paging.end])),
        "total": paging.total,
        "waiting": found.filter(state="waits").count(),
        "done": done,
        "source": source,
        "pager": pager(paging, address),
    }
    return render(request, "staff/aside.html", names)


def aside_export(request: Request, kind: str) -> HttpResponseBase:
    """GET sources/aside.csv or .jsonl: the same list, without words."""
    found = reading.set_aside(
        exercise=request.exercise, done=request.GET.get("show") == "done", source=_source(request)
    )
    return stream(request, kind, "aside", _rows(found.iterator(chunk_size=500)))


def _source(request: Request) -> int | None:
    number = request.GET.get("source", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 16 else None


def _rows(found: Iterator[Quarantined]) -> Iterator[Row]:
    for row in found:
        yield {
            "id": row.pk,
            "source": row.source_id,
            "source_name": row.source.name,
            "item": row.item,
            "stage": row.stage,
            "why": row.why,
            "fault": row.fault,
            "at": row.at.isoformat(timespec="seconds"),
            "times": row.times,
            "state": row.state,
            "exercise": row.exercise,
        }
