"""One public incident with its clocks. One that is not public, or an exercise, does not exist here."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store.reading import public_incidents
from answerable.web.pages import render
from answerable.web.prose import first_paragraph, prose
from answerable.web.public.promises import missed, next_promise, overdue_word, shown, words_kept
from answerable.web.request import Request


def page(request: Request, number: int) -> HttpResponse:
    """GET /incidents/<number>/"""
    incident = public_incidents.incident(number)
    if incident is None:
        raise Http404
    return render(
        request,
        "public/incident.html",
        {
            "incident": incident,
            "promise": next_promise(incident, request.now),
            "overdue": overdue_word(incident, request.now),
            "missed": missed(incident, request.now),
            "clocks": shown(incident),
            "words": words_kept(incident),
            "prose": prose,
            "first_paragraph": first_paragraph,
        },
    )
