"""Take back an absence or a stand-in: the rotation holds again from now on."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import Conflict
from answerable.store import duty
from answerable.web.pages import go
from answerable.web.request import Request, staff


def absence_cancel(request: Request, number: int) -> HttpResponse:
    """POST duty/absences/<number>/cancel"""
    try:
        duty.cancel_absence(staff(request), number, now=request.now)
    except Conflict as error:
        return go(request, "duty", request.texts.gettext(str(error)))
    return go(request, "duty", request.texts.gettext("Cancelled: the rotation holds again."))


def stand_in_cancel(request: Request, number: int) -> HttpResponse:
    """POST duty/stand-ins/<number>/cancel"""
    try:
        duty.cancel_stand_in(staff(request), number, now=request.now)
    except Conflict as error:
        return go(request, "duty", request.texts.gettext(str(error)))
    return go(request, "duty", request.texts.gettext("Cancelled: the rotation holds again."))
