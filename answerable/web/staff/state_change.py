"""Another state for an incident: investigating, identified, monitoring, resolved."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.respond.levels import STATES
from answerable.store import incidents
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import act, found


def form(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/state asks, POST changes."""
    row = found(request, number)
    if request.method != "POST":
        return render(request, "staff/state_change.html", {"incident": row, "states": STATES})
    return act(
        request,
        number,
        lambda person, version: incidents.change_state(
            person,
            number,
            state=request.POST.get("state", ""),
            note=request.POST.get("note", "")[:2000],
            version=version,
            reason="new_facts",
            now=request.now,
        ),
        request.texts.gettext("The state is changed."),
        typed=request.POST.get("note", "")[:10_000],
    )
