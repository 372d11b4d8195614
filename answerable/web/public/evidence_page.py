"""One item that a published statement cites. There is no way from here to any other item."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store.reading import public_evidence
from answerable.web.pages import render
from answerable.web.request import Request


def page(request: Request, item: int) -> HttpResponse:
    """GET /evidence/<item>/"""
    seen = public_evidence.cited_item(item)
    if seen is None:
        raise Http404
    return render(request, "public/evidence.html", {"item": seen})
