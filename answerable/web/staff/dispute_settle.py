"""Settle who answers for an incident, as the unit above."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import disputes
from answerable.store.models import Person
from answerable.store.reading.desk_incidents import all_units
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import act, found, shown
from answerable.web.staff.owner_dispute import chosen


def form(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/dispute/settle asks, POST decides."""
    row = found(request, number)
    dispute = disputes.open_of(row)
    if request.method != "POST":
        if dispute is None:
            said = request.texts.gettext("This dispute is settled already: read who answers.")
            return shown(request, number, said, 409)
        # The two that are named stand first; the matter may also belong to a third.
        named = [row.unit_id, dispute.proposed_id]
        units = sorted(all_units(), key=lambda one: (one.pk not in named, one.path))
        names = {"incident": row, "dispute": dispute, "units": units}
        return render(request, "staff/dispute_settle.html", names)
    note = request.POST.get("note", "")[:2000]

    def change(person: Person, _version: int) -> object:
        unit = chosen(request, list(all_units()))
        return disputes.settle(person, number, unit=unit, note=note, reason="owner_rule", now=request.now)

    return act(request, number, change, request.texts.gettext("It is settled who answers."), note)
