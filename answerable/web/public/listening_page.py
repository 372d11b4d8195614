"""What we listen to and why, how long we keep it, and whom we do not hear."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading import public_register
from answerable.web.pages import render
from answerable.web.request import Request


def page(request: Request) -> HttpResponse:
    """GET /listening/"""
    sources = public_register.sources()
    heard = [source for source in sources if not source.deaf and source.last_answer_at is not None]
    return render(
        request,
        "public/listening.html",
        {
            "sources": sources,
            "heard": len(heard),
            "deaf": [source for source in sources if source.deaf],
            "paused": [source for source in sources if source.paused],
        },
    )
