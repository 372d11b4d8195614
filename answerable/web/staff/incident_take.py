"""Make an incident one's own."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import incidents
from answerable.web.request import Request
from answerable.web.staff.incident_page import act


def post(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/take"""
    return act(
        request,
        number,
        lambda person, version: incidents.take(
            person, number, version=version, reason="on_duty", now=request.now
        ),
        request.texts.gettext("This incident is yours now."),
    )
