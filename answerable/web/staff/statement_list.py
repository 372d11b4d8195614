"""Which statements are being worked on, which wait for a second person, which are out?"""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading import desk_statements
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 25
_STATES = ("all", "work", "published")


def page(request: Request) -> HttpResponse:
    """GET statements?q=words&state=all|work|published&page=2"""
    words = request.GET.get("q", "").strip()[:200]
    state = request.GET.get("state", "all")
    state = state if state in _STATES else "all"
    found = desk_statements.statements(
        staff(request), exercise=request.exercise, words=words, state="" if state == "all" else state
    )
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "statements", {"q": words, "state": state, "page": number})

    rows = [
        (row, next(iter(row.versions.all()), None)) for row in found[paging.start : paging.end]
    ]  # versions come newest first
    return render(
        request,
        "staff/statements.html",
        {
            "words": words,
            "state": state,
            "states": _STATES,
            "total": paging.total,
            "pager": pager(paging, address),
            "rows": rows,
            "stage": desk_statements.stage,
        },
    )
