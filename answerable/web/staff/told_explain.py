"""Explain why a message was not received in time: by the unit that owed the receipt, once."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.store import supervision
from answerable.store.models import UnitTold
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.incident_page import found


def told_explain(request: Request, number: int) -> HttpResponse:
    """GET told/<number>/explain asks, POST writes it."""
    row = (
        UnitTold.objects.select_related("unit").filter(pk=number, incident__exercise=request.exercise).first()
    )
    if row is None:
        raise Http404
    incident = found(request, row.incident_id)
    text = request.POST.get("text", "")[:5000]
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            supervision.explain(staff(request), row.pk, text=text, reason="missed", now=request.now)
        except (BadInput, Conflict) as error:
            errors["text"] = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("The explanation is written down.")
            return go(request, "incident", said, number=row.incident_id, anchor="told")
    names = {"incident": incident, "told": row, "text": text, "errors": errors}
    return render(request, "staff/told_explain.html", names, status=400 if errors else 200)
