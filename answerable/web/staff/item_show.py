"""One item as it came: its words, time, source and story. Who wrote it is not here: we do not know."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import invitations
from answerable.store.reading.items import ItemSeen, near_copies, one_item
from answerable.web.pages import render
from answerable.web.request import Request


def item(request: Request, number: int) -> HttpResponse:
    """GET one item."""
    seen = one_item(number, request.exercise)
    if seen is None:
        raise Http404
    return page(request, seen)


def page(request: Request, seen: ItemSeen, opened: str = "") -> HttpResponse:
    """The page of an item, with its link where it was just opened."""
    row = invitations.post_of(seen.id)
    names = {
        "item": seen,
        "copies": near_copies(seen.id, seen.story) if seen.story is not None else [],
        "opened": opened,
        "can_be_answered": row is not None and invitations.can_be_answered(row),
        "invitation": invitations.of_item(seen.id),
    }
    return render(request, "staff/item.html", names)
