"""Another level for an incident: which rule now fits, and which clocks that adds or drops."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.respond.levels import LEVELS
from answerable.store import incidents
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import act, found
from answerable.web.staff.level_form import level_of


def form(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/level asks, POST changes."""
    row = found(request, number)
    if request.method != "POST":
        return render(request, "staff/level_change.html", {"incident": row, "levels": LEVELS})
    level, basis = level_of(request) or (0, incidents.BY_HAND)
    return act(
        request,
        number,
        lambda person, version: incidents.change_level(
            person,
            number,
            level=level,
            basis=basis,
            note=request.POST.get("note", "")[:2000],
            version=version,
            reason="level_rule",
            now=request.now,
        ),
        request.texts.gettext("The level is changed, and the clocks follow it."),
        typed=request.POST.get("note", "")[:10_000],
    )
