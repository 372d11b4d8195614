"""Explain a missed clock: public where the incident is, written once, never changed."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import incidents
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import act, found


def form(request: Request, number: int, clock: int) -> HttpResponse:
    """GET incidents/<number>/clocks/<clock>/explain asks, POST writes it."""
    row = found(request, number)
    missed = row.clocks.filter(pk=clock, dropped_at=None).first()
    if missed is None:
        raise Http404
    if request.method != "POST":
        return render(request, "staff/clock_explain.html", {"incident": row, "clock": missed})
    return act(
        request,
        number,
        lambda person, version: incidents.explain_clock(
            person,
            number,
            clock_id=clock,
            text=request.POST.get("text", "")[:5000],
            version=version,
            reason="missed",
            now=request.now,
        ),
        request.texts.gettext("The explanation stands beside the clock."),
        typed=request.POST.get("text", "")[:10_000],
    )
