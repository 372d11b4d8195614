"""One item as it came: its words, time, source and story. Who wrote it is not here: we do not know."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store.reading.items import near_copies, one_item
from answerable.web.pages import render
from answerable.web.request import Request


def item(request: Request, number: int) -> HttpResponse:
    """GET one item."""
    seen = one_item(number, request.exercise)
    if seen is None:
        raise Http404
    copies = near_copies(number, seen.story) if seen.story is not None else []
    return render(request, "staff/item.html", {"item": seen, "copies": copies, "opened": ""})
