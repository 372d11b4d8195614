"""Remove a way: its address is forgotten."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import ways
from answerable.web.pages import go
from answerable.web.request import Request, staff


def way_remove(request: Request, number: int) -> HttpResponse:
    """POST: one of the reader's own."""
    ways.remove(staff(request), number, now=request.now)
    return go(request, "reach", request.texts.gettext("Removed. Its address is forgotten."))
