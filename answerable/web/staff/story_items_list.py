"""All items of a story, or the very items an alert counted: paged, searched, narrowed, exported."""

from __future__ import annotations

from django.http import Http404, HttpResponse, StreamingHttpResponse

from answerable.store.reading import story as reading
from answerable.store.reading.story_items import Narrowed, all_story_items, story_items
from answerable.web.export import item_rows, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request

SIZE = 50


def story_items_page(request: Request, number: int) -> HttpResponse:
    """GET a page of the list."""
    seen = reading.story(number, request.exercise)
    if seen is None or seen.merged_into is not None:
        raise Http404
    narrowed = _narrowed(request)
    kept = _kept(request)
    _, total = story_items(number, narrowed, exercise=request.exercise, limit=0, offset=0)
    paging = Paging(total, page_number(request), SIZE)
    items, _ = story_items(number, narrowed, exercise=request.exercise, limit=SIZE, offset=paging.start)

    def address(page: int) -> str:
        return link(request.exercise, "story_items", {**kept, "page": page}, number=number)

    names = {
        "story": seen,
        "items": items,
        "total": total,
        "kept": kept,
        "alert": kept.get("alert", ""),
        "pager": pager(paging, address),
        "sources": reading.sources_of(number, 30),
    }
    return render(request, "staff/story_items.html", names)


def story_items_export(request: Request, number: int, kind: str) -> StreamingHttpResponse:
    """GET the same list whole, as CSV or JSON lines. Links of private posts never leave this way."""
    if reading.story(number, request.exercise) is None:
        raise Http404
    items = all_story_items(number, _narrowed(request), exercise=request.exercise)
    return stream(request, kind, f"story-{number}-items", item_rows(items))


def _kept(request: Request) -> dict[str, str]:
    names = ("q", "language", "source_class", "source", "alert")
    return {name: request.GET[name][:200] for name in names if request.GET.get(name)}


def _narrowed(request: Request) -> Narrowed:
    kept = _kept(request)
    only: tuple[int, ...] | None = None
    if _number(kept.get("alert", "")) is not None:
        counted = reading.alert_items(int(kept["alert"]), request.exercise)
        if counted is None:
            raise Http404
        only = tuple(counted[1])
    return Narrowed(
        query=kept.get("q", ""),
        language=kept.get("language", ""),
        source_class=kept.get("source_class", ""),
        source=_number(kept.get("source", "")),
        only=only,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
