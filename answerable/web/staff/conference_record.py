"""Record that a press conference was held: it stops the 24-hour clock."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import incidents
from answerable.store.models import Person
from answerable.web.moments import read_moment, written
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import act, found


def form(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/conference asks when and where, POST records."""
    row = found(request, number)
    if request.method != "POST":
        names = {"incident": row, "held_at": written(request.now, request.texts)}
        return render(request, "staff/conference_record.html", names)

    def change(person: Person, version: int) -> object:
        held_at = read_moment(request.POST.get("held_at", ""), request.texts)
        if held_at is None:
            raise BadInput("When was it held? Give the day and the time.")
        return incidents.record_conference(
            person,
            number,
            held_at=held_at,
            link=request.POST.get("link", "")[:2000],
            version=version,
            reason="conference",
            now=request.now,
        )

    return act(request, number, change, request.texts.gettext("The press conference is recorded."))
