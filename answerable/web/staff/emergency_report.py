"""An emergency report in one step: a conclusion and whom it goes to; then its page and its file."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput
from answerable.report.emergency import LONGEST
from answerable.report.word_file import docx
from answerable.store import emergencies, telling
from answerable.store.models import EmergencyReport, Incident
from answerable.store.reading.desk_incidents import all_units
from answerable.web import emergency_text as words
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.incident_page import found

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def form(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/report asks, POST builds and sends."""
    incident = found(request, number)
    superior = telling.above(incident.unit)
    units = [unit for unit in all_units() if unit.pk != incident.unit_id]
    chosen = request.POST.getlist("units") if request.method == "POST" else []
    if request.method != "POST" and superior is not None:
        chosen = [str(superior.pk)]
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            report = emergencies.send(
                staff(request),
                incident.pk,
                conclusion=request.POST.get("conclusion", "")[:2000],
                units=[unit for unit in units if str(unit.pk) in chosen],
                reason="emergency",
                now=request.now,
            )
        except BadInput as error:
            errors["conclusion"] = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("The report is sent; each unit owes its receipt.")
            return go(request, "emergency_page", said, number=incident.pk, report=report.number)
    names = {
        "incident": incident,
        "units": units,
        "superior": superior,
        "chosen": chosen,
        "typed": request.POST.get("conclusion", "")[:2000],
        "most": LONGEST,
        "errors": errors,
    }
    return render(request, "staff/emergency_form.html", names, status=400 if errors else 200)


def page(request: Request, number: int, report: int) -> HttpResponse:
    """GET incidents/<number>/reports/<report>"""
    row = _report(found(request, number), report)
    t = request.texts
    sections = [
        (
            words.heading(t, section.code),
            [(one, words.sentence(t, one), words.evidence(one)) for one in section.sentences],
        )
        for section in words.document(row).sections
    ]
    told = row.incident.told.filter(why="report", told_at=row.built_at)
    names = {
        "report": row,
        "incident": row.incident,
        "sections": sections,
        "told": list(told.select_related("unit", "received_by", "watched").order_by("pk")),
    }
    return render(request, "staff/emergency.html", names)


def file(request: Request, number: int, report: int) -> HttpResponse:
    """GET incidents/<number>/reports/<report>.docx"""
    row = _report(found(request, number), report)
    response = HttpResponse(docx(words.as_lines(request.texts, row)), content_type=DOCX)
    name = f"emergency-{row.incident_id}-{row.number}.docx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _report(incident: Incident, number: int) -> EmergencyReport:
    row = incident.emergencies.select_related("incident__unit", "built_by").filter(number=number).first()
    if row is None:
        raise Http404
    return row
