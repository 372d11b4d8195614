"""How a text leaves by itself: at a planned time, or on one person's word; and who answers later."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import departures
from answerable.web.moments import read_moment
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.statement_page import act, version_found


def plan(request: Request, number: int, version: int) -> HttpResponse:
    """POST statements/<number>/versions/<version>/plan: the approved text leaves at this time."""
    at = read_moment(request.POST.get("at", ""), request.texts) or request.now
    return act(
        request,
        number,
        version,
        lambda person, row: departures.plan(
            person, row, request.POST.get("text_hash", "")[:64], at=at, reason="planned", now=request.now
        ),
        request.texts.gettext("Planned. It leaves %(moment)s by itself.", moment=request.texts.promise(at)),
    )


def call_off(request: Request, number: int, version: int) -> HttpResponse:
    """POST statements/<number>/versions/<version>/call-off: it does not leave by itself."""
    return act(
        request,
        number,
        version,
        lambda person, row: departures.call_off(person, row, reason="called_off", now=request.now),
        request.texts.gettext("Called off. It does not leave by itself."),
    )


def alone(request: Request, number: int, version: int) -> HttpResponse:
    """GET statements/<number>/versions/<version>/alone asks for the ground, POST begins the five minutes."""
    row = version_found(request, number, version)
    error = ""
    if request.method == "POST":
        try:
            departures.invoke(
                staff(request),
                row.pk,
                request.POST.get("text_hash", "")[:64],
                ground=request.POST.get("ground", ""),
                reason="emergency",
                now=request.now,
            )
        except (BadInput, Conflict, NotAllowed) as trouble:
            error = request.texts.gettext(str(trouble))
        else:
            said = request.texts.gettext("Everybody who may approve is called. It leaves in five minutes.")
            return go(request, "statement", said, number=number)
    names = {
        "version": row,
        "statement": row.statement,
        "grounds": departures.GROUNDS,
        "chosen": request.POST.get("ground", ""),
        "errors": {"ground": error} if error else {},
    }
    return render(request, "staff/version_alone.html", names, status=400 if error else 200)


def settle(request: Request, number: int, version: int) -> HttpResponse:
    """POST statements/<number>/versions/<version>/owed: the second person approves afterwards, or objects."""
    outcome = request.POST.get("outcome", "")
    _ = request.texts.gettext
    said = (
        _("You stand for it as the second person.")
        if outcome == "approved"
        else _("Your objection is noted. Correct the statement now.")
    )
    return act(
        request,
        number,
        version,
        lambda person, row: departures.settle_owed(
            person,
            row,
            request.POST.get("text_hash", "")[:64],
            outcome=outcome,
            note=request.POST.get("note", ""),
            reason="second_person",
            now=request.now,
        ),
        said,
    )
