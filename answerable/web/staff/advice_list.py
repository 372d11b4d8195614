"""What was advised so far, what did people choose, and what happened then?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse

from answerable.alert.advice import ADVICE
from answerable.store import search
from answerable.store.models import AdviceRow
from answerable.store.reading import advice
from answerable.store.reading.stories import stories_of_items
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request

SIZE = 25
EXPORT_PAGE = 200
MOST_HITS = 1000


def advice_page(request: Request) -> HttpResponse:
    """GET a page of the list."""
    query, filters = _asked(request)
    found = _found(request, query, filters)
    total = found.count()
    paging = Paging(total, page_number(request), SIZE)

    def address(page: int) -> str:
        return link(request.exercise, "advice", {"q": query, **filters, "page": page})

    return render(
        request,
        "staff/advice.html",
        {
            "rows": advice.seen(list(found[paging.start : paging.end])),
            "total": total,
            "query": query,
            "filters": filters,
            "kinds": ADVICE,
            "pager": pager(paging, address),
        },
    )


def advice_export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET the whole list as CSV or JSON lines."""
    return stream(request, kind, "advice", _rows(request))


def _rows(request: Request) -> Iterator[Row]:
    query, filters = _asked(request)
    found, start = _found(request, query, filters), 0
    while some := advice.seen(list(found[start : start + EXPORT_PAGE])):
        for one in some:
            last = one.choices[0] if one.choices else None
            yield {
                "id": one.id,
                "story": one.story,
                "made_at": one.made_at.isoformat(),
                "advice": one.advice,
                "rule": one.rule,
                "rules_version": one.version,
                **{f"input_{name}": value for name, value in one.inputs.items()},
                "came_in_6_hours": one.came_6,
                "came_in_24_hours": one.came_24,
                "chosen": last.choice if last else "",
                "chosen_by": last.name if last else "",
                "chosen_at": last.at.isoformat() if last else "",
                "came_in_6_hours_after_the_choice": last.came_6 if last else None,
                "came_in_24_hours_after_the_choice": last.came_24 if last else None,
                "exercise": request.exercise,
            }
        start += EXPORT_PAGE


def _asked(request: Request) -> tuple[str, dict[str, str]]:
    given, chosen = request.GET.get("advice", ""), request.GET.get("chosen", "")
    filters = {
        "advice": given if given in ADVICE else "",
        "chosen": chosen if chosen in (*ADVICE, "none") else "",
    }
    return request.GET.get("q", "").strip()[:200], filters


def _found(request: Request, query: str, filters: dict[str, str]) -> QuerySet[AdviceRow]:
    stories = None
    if query:
        stories = stories_of_items(search.find(query, exercise=request.exercise, limit=MOST_HITS))
    return advice.so_far(exercise=request.exercise, stories=stories, **filters)
