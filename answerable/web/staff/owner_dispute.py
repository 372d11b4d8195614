"""Say that another unit should answer for an incident; the unit above settles it within half an hour."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import disputes
from answerable.store.models import Person, Unit
from answerable.store.reading.desk_incidents import all_units
from answerable.store.telling import above
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import act, found


def form(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/dispute asks, POST raises it."""
    row = found(request, number)
    units = [unit for unit in all_units() if unit.pk != row.unit_id]
    if request.method != "POST":
        names = {"incident": row, "units": units, "judge": above(row.unit)}
        return render(request, "staff/owner_dispute.html", names)
    why = request.POST.get("why", "")[:2000]

    def change(person: Person, _version: int) -> object:
        unit = chosen(request, units)
        return disputes.contest(person, number, unit=unit, why=why, reason="owner_rule", now=request.now)

    return act(request, number, change, request.texts.gettext("The unit above is told and settles it."), why)


def chosen(request: Request, units: list[Unit]) -> Unit:
    """The unit that was chosen in the form. BadInput for none."""
    for unit in units:
        if str(unit.pk) == request.POST.get("unit", ""):
            return unit
    raise BadInput("Choose which unit should answer.")
