"""Leave a note to whoever is on duty next; say that one read it."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.store import duty_notes
from answerable.store.models import DutyNote
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff.duty_show import found, shown


def write(request: Request, number: int) -> HttpResponse:
    """POST duty/<number>/notes, text="""
    roster = found(request, number)
    text = request.POST.get("text", "")
    try:
        duty_notes.write(staff(request), roster, text=text, reason="hand_over", now=request.now)
    except BadInput as error:
        return shown(request, request.texts.gettext(str(error)), 400)
    return go(request, "duty", request.texts.gettext("The note waits for whoever comes next."))


def take(request: Request, number: int) -> HttpResponse:
    """POST duty/notes/<number>/take"""
    note = DutyNote.objects.filter(pk=number).first()
    found(request, note.roster_id if note else 0)
    try:
        duty_notes.take(staff(request), number, reason="read", now=request.now)
    except Conflict as error:
        return shown(request, request.texts.gettext(str(error)), 409)
    return go(request, "duty", request.texts.gettext("It is yours: everybody sees that you read it."))
