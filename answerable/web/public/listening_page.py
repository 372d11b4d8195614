"""What we listen to and why, how long we keep it, and whom we do not hear."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading import public_register
from answerable.store.reading.coverage import coverage
from answerable.store.reading.questions import public_questions
from answerable.store.sources import heard_of_all
from answerable.understand.questions.purposes import HIDDEN
from answerable.web.pages import render
from answerable.web.request import Request


def page(request: Request) -> HttpResponse:
    """GET /listening/"""
    sources = public_register.sources(request.now)
    heard, all_sources = heard_of_all(request.now)
    return render(
        request,
        "public/listening.html",
        {
            "sources": sources,
            "heard": heard,
            "all": all_sources,
            "deaf": [source for source in sources if source.deaf],
            "questions": public_questions(HIDDEN),
            "reach": coverage(request.now),
            "paused": [source for source in sources if source.paused],
        },
    )
