"""Another state for an incident: investigating, identified, monitoring, resolved."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.respond.levels import STATES, next_word_within
from answerable.store import incidents
from answerable.web.moments import read_moment, written
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import act, found, shown


def form(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/state asks, POST changes."""
    row = found(request, number)
    if request.method != "POST":
        proposed = written(request.now + next_word_within(row.level), request.texts)
        names = {"incident": row, "states": STATES, "proposed": proposed}
        return render(request, "staff/state_change.html", names)
    promised = request.POST.get("next_word_at", "").strip()
    next_word_at = read_moment(promised, request.texts)
    resolves = request.POST.get("state") == "resolved"
    if promised and next_word_at is None and not resolves:
        trouble = request.texts.gettext("Give the day and the time of the next word, or leave it empty.")
        return shown(request, number, trouble, 400, request.POST.get("note", "")[:10_000])
    return act(
        request,
        number,
        lambda person, version: incidents.change_state(
            person,
            number,
            state=request.POST.get("state", ""),
            note=request.POST.get("note", "")[:2000],
            next_word_at=None if resolves else next_word_at,
            version=version,
            reason="new_facts",
            now=request.now,
        ),
        request.texts.gettext("The state is changed."),
        typed=request.POST.get("note", "")[:10_000],
    )
