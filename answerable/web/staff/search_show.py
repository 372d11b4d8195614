"""Where did people say this? Full text of items, newest first, each with its story."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import search
from answerable.store.reading.items import items_by_id
from answerable.web.pages import link, render
from answerable.web.paging import page_number
from answerable.web.request import Request

SIZE = 20
MOST_PAGES = 50


def search_page(request: Request) -> HttpResponse:
    """GET the form and, with words, a page of what was found."""
    query = request.GET.get("q", "").strip()[:200]
    page = min(page_number(request), MOST_PAGES)
    # One more than shown tells whether there is a next page, without counting them all.
    ids = (
        search.find(query, exercise=request.exercise, limit=SIZE + 1, offset=(page - 1) * SIZE)
        if query
        else []
    )
    found = items_by_id(ids[:SIZE])

    def address(number: int) -> str:
        return link(request.exercise, "search", {"q": query, "page": number})

    names = {
        "query": query,
        "items": [found[item] for item in ids[:SIZE] if item in found],
        "page": page,
        "previous": address(page - 1) if page > 1 else "",
        "next": address(page + 1) if len(ids) > SIZE and page < MOST_PAGES else "",
    }
    return render(request, "staff/search.html", names)
