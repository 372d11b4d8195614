"""A line for colleagues in an incident's timeline; never public."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import incidents
from answerable.web.request import Request
from answerable.web.staff.incident_page import act


def post(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/note"""
    text = request.POST.get("text", "")[:10_000]
    return act(
        request,
        number,
        lambda person, version: incidents.add_note(
            person, number, text=text, version=version, reason="note", now=request.now
        ),
        request.texts.gettext("Your note stands in the timeline."),
        typed=text,
    )
