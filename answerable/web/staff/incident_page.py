"""One incident: how its clocks stand, who did what, what is said about it, and what may be done next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.store import disputes
from answerable.store.models import Incident, Person
from answerable.store.reading import desk_incidents
from answerable.store.reading.desk_statements import stage
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def page(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>"""
    return shown(request, number)


def shown(
    request: Request, number: int, trouble: str = "", status: int = 200, typed: str = ""
) -> HttpResponse:
    """The newest state of an incident, below one sentence when something could not be done."""
    row = found(request, number)
    seen = desk_incidents.page(staff(request), row)
    due = [clock for clock in seen.clocks if clock.met_at is None and clock.due_at > request.now]
    return render(
        request,
        "staff/incident.html",
        {
            "page": seen,
            "incident": row,
            "trouble": trouble,
            "typed": typed,
            "due": sorted(due, key=lambda clock: clock.due_at, reverse=True),
            "level_set": seen.level_set,
            "stage": stage,
            "dispute": disputes.open_of(row) if seen.disputed else None,
            "dispute_within": disputes.SETTLE_WITHIN,
            "allowed": {permission.value for permission in seen.allowed},
            "deadline": datetime.fromisoformat,
        },
        status=status,
    )


def found(request: Request, number: int) -> Incident:
    """The incident in this space, for this person; Http404 for every other."""
    row = desk_incidents.incident(staff(request), number, exercise=request.exercise)
    if row is None:
        raise Http404
    return row


def act(
    request: Request, number: int, change: Callable[[Person, int], object], said: str, typed: str = ""
) -> HttpResponse:
    """Change an incident as this person, naming the version they saw, and show what became of it.

    When somebody was faster, or something is missing, the page says so in one sentence and shows the newest
    state; what was typed into the note stays.
    """
    row = found(request, number)
    asked = request.POST.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    try:
        change(staff(request), version)
    except Conflict as error:
        return shown(request, row.pk, request.texts.gettext(str(error)), 409, typed)
    except BadInput as error:
        return shown(request, row.pk, request.texts.gettext(str(error)), 400, typed)
    return go(request, "incident", said, number=row.pk)
