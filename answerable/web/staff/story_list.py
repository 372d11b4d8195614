"""Every story there is, newest or biggest first; a search finds stories by the words of their items."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store import search
from answerable.store.reading.moment import Moment, reading_moment
from answerable.store.reading.stories import StoryLine, lines, listed, stories_of_items
from answerable.web.export import story_rows, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

SIZE = 30
EXPORT_PAGE = 200
MOST_HITS = 1000  # items a search looks at before it names their stories


def stories(request: Request) -> HttpResponse:
    """GET a page of the list."""
    moment = reading_moment(request.exercise, request.now)
    query, order = _asked(request)
    found = _found(request, query) if query else None
    total = (
        len(found)
        if found is not None
        else listed(exercise=request.exercise, order=order, limit=0, offset=0)[1]
    )
    paging = Paging(total, page_number(request), SIZE)
    ids = (
        found[paging.start : paging.end]
        if found is not None
        else listed(exercise=request.exercise, order=order, limit=SIZE, offset=paging.start)[0]
    )

    def address(page: int) -> str:
        return link(request.exercise, "stories", {"q": query, "order": order, "page": page})

    names = {
        "lines": lines(ids, staff(request), moment),
        "moment": moment,
        "query": query,
        "order": order,
        "total": total,
        "pager": pager(paging, address),
    }
    return render(request, "staff/stories.html", names)


def stories_export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET the whole list as CSV or JSON lines."""
    moment = reading_moment(request.exercise, request.now)
    query, order = _asked(request)
    return stream(
        request, kind, "stories", story_rows(_all(request, moment, query, order), exercise=request.exercise)
    )


def _all(request: Request, moment: Moment, query: str, order: str) -> Iterator[StoryLine]:
    found = _found(request, query) if query else None
    start = 0
    while True:
        ids = (
            found[start : start + EXPORT_PAGE]
            if found is not None
            else listed(exercise=request.exercise, order=order, limit=EXPORT_PAGE, offset=start)[0]
        )
        if not ids:
            return
        yield from lines(ids, staff(request), moment)
        start += EXPORT_PAGE


def _asked(request: Request) -> tuple[str, str]:
    order = request.GET.get("order", "")
    return request.GET.get("q", "").strip()[:200], order if order == "biggest" else ""


def _found(request: Request, query: str) -> list[int]:
    return stories_of_items(search.find(query, exercise=request.exercise, limit=MOST_HITS))
