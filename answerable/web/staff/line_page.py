"""What do all of us say? The lines of an incident, who approved them, and the units that speak with us."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import shared_lines
from answerable.store.models import Incident, Person, UnitTold
from answerable.store.reading.desk_incidents import all_units, allowed
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.incident_page import found


def page(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/lines"""
    return _page(request, found(request, number))


def write(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/lines/write, text="""
    text = request.POST.get("text", "")
    said = request.texts.gettext("The line waits for a second person.")
    return _act(
        request,
        number,
        lambda person: shared_lines.write(person, number, text=text, reason="line", now=request.now),
        said,
    )


def approve(request: Request, number: int, line: int) -> HttpResponse:
    """POST incidents/<number>/lines/<line>/approve"""
    _of(found(request, number), line)
    said = request.texts.gettext("The line holds: the units that speak with us are told.")
    return _act(
        request,
        number,
        lambda person: shared_lines.approve(person, line, reason="line", now=request.now),
        said,
    )


def retire(request: Request, number: int, line: int) -> HttpResponse:
    """POST incidents/<number>/lines/<line>/retire"""
    _of(found(request, number), line)
    said = request.texts.gettext("Nobody says it any more.")
    return _act(
        request,
        number,
        lambda person: shared_lines.retire(person, line, reason="line", now=request.now),
        said,
    )


def link(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/lines/units, units=…"""
    chosen = request.POST.getlist("units")
    units = [unit for unit in all_units() if str(unit.pk) in chosen]
    said = request.texts.gettext("They are told, read the incident, and owe a receipt.")
    return _act(
        request,
        number,
        lambda person: shared_lines.link(person, number, units=units, reason="one_voice", now=request.now),
        said,
    )


def _of(incident: Incident, line: int) -> None:
    if not incident.shared_lines.filter(pk=line).exists():
        raise Http404


def _act(request: Request, number: int, change: Callable[[Person], object], said: str) -> HttpResponse:
    incident = found(request, number)
    try:
        change(staff(request))
    except (BadInput, Conflict) as error:
        return _page(request, incident, request.texts.gettext(str(error)))
    return go(request, "shared_lines", said, number=number)


def _page(request: Request, incident: Incident, trouble: str = "") -> HttpResponse:
    mine = allowed(staff(request), incident)
    linked = shared_lines.units_of(incident)
    known = {unit.pk for unit in linked} | {incident.unit_id}
    told = UnitTold.objects.filter(incident=incident, why__in=("line", "told"))
    names = {
        "incident": incident,
        "lines": list(shared_lines.lines_of(incident)),
        "linked": linked,
        "others": [unit for unit in all_units() if unit.pk not in known],
        "told": told.select_related("unit", "received_by", "watched").order_by("-pk")[:20],
        "changes": Permission.INCIDENT_CHANGE in mine,
        "writes": Permission.STATEMENT_WRITE in mine,
        "approves": Permission.STATEMENT_APPROVE in mine,
        "typed": request.POST.get("text", "")[:500] if trouble else "",
        "most": shared_lines.LONGEST,
        "trouble": trouble,
    }
    return render(request, "staff/lines.html", names, status=409 if trouble else 200)
