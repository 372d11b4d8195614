"""My unit has the message: the receipt of a unit that was told of an incident."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import receipts
from answerable.store.models import UnitTold
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff.incident_page import found


def told_receive(request: Request, number: int) -> HttpResponse:
    """POST told/<number>/receive"""
    row = UnitTold.objects.filter(pk=number, incident__exercise=request.exercise).first()
    if row is None:
        raise Http404
    found(request, row.incident_id)
    receipts.receive(staff(request), row.pk, request.now)
    return go(
        request,
        "incident",
        request.texts.gettext("The receipt is given."),
        number=row.incident_id,
        anchor="told",
    )
