"""Hand an incident over: to another unit, or to another person who may handle incidents there."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.store import incidents, people
from answerable.store.models import Person, Unit
from answerable.store.reading.desk_incidents import all_units
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import act, found


def form(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/hand-over asks for the unit and the person, POST hands over."""
    row = found(request, number)
    choices = _choices()
    if request.method != "POST":
        return render(request, "staff/incident_hand_over.html", {"incident": row, "choices": choices})
    unit_id, _, owner_id = request.POST.get("to", "").partition(":")

    def change(person: Person, version: int) -> object:
        chosen = next(((unit, who) for unit, who in choices if str(unit.pk) == unit_id), None)
        if chosen is None:
            raise BadInput("Choose who takes it over.")
        unit, colleagues = chosen
        owner = next((one for one in colleagues if str(one.pk) == owner_id), None)
        return incidents.hand_over(
            person,
            number,
            unit=unit,
            owner=owner,
            note=request.POST.get("note", "")[:2000],
            version=version,
            reason="hand_over",
            now=request.now,
        )

    return act(
        request,
        number,
        change,
        request.texts.gettext("The incident is handed over."),
        request.POST.get("note", "")[:10_000],
    )


def _choices() -> list[tuple[Unit, list[Person]]]:
    return [(unit, people.holders(Permission.INCIDENT_CHANGE, unit)) for unit in all_units()]
