"""Every published statement, newest first, found by words and read page by page."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading import public_statements
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request

_PAGE = 20


def page(request: Request) -> HttpResponse:
    """GET /statements/?q=words&page=2"""
    words = request.GET.get("q", "").strip()[:200]
    found = public_statements.current(words)
    paging = Paging(found.count(), page_number(request), _PAGE)
    return render(
        request,
        "public/statements.html",
        {
            "words": words,
            "paging": paging,
            "pager": pager(
                paging, lambda number: link(False, "public:statements", {"q": words, "page": number})
            ),
            "statements": public_statements.lines(found[paging.start : paging.end]),
            "all": paging.total if not words else public_statements.current().count(),
        },
    )
