"""Who is on duty, now and in the next two weeks? Where is somebody missing?"""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse

from answerable.permissions import Permission
from answerable.publish.calendar import Entry, calendar
from answerable.store.access import units_for
from answerable.store.models import DutyRoster
from answerable.store.reading import duty as reading
from answerable.web.pages import render
from answerable.web.request import Request, staff


def duty(request: Request) -> HttpResponse:
    """GET the rosters of the units the reader reaches."""
    return shown(request)


def shown(request: Request, trouble: str = "", status: int = 200) -> HttpResponse:
    """The newest state, below one sentence when something could not be done; a typed note stays."""
    names = {
        "trouble": trouble,
        "typed": request.POST.get("text", "")[:2000] if trouble else "",
        "rosters": reading.rosters_for(staff(request), request.now),
        "absences": reading.absences_for(staff(request), request.now),
        "may_create": units_for(staff(request), Permission.DUTY_CHANGE).exists(),
        "hours": hours,
    }
    return render(request, "staff/duty.html", names, status=status)


def roster_calendar(request: Request, number: int) -> HttpResponse:
    """GET duty/<number>.ics: the shifts of the next twelve weeks for one's own calendar."""
    row = found(request, number)
    entries = [
        Entry(
            f"duty-{row.pk}-{shift.seat}-{shift.start:%Y%m%dT%H%M}@answerable",
            shift.start,
            shift.end,
            request.texts.gettext("Duty: %(name)s", name=shift.name)
            if shift.name
            else request.texts.gettext("Nobody on duty"),
        )
        for shift in reading.shifts_of(row, request.now, reading.FAIR)
    ]
    body = calendar(row.unit.name, entries, request.now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="duty-{row.pk}.ics"'
    return response


def found(request: Request, number: int) -> DutyRoster:
    """The roster, for this person; Http404 for every other."""
    row = reading.roster_for(staff(request), number)
    if row is None:
        raise Http404
    return row


def hours(spent: timedelta) -> int:
    """Whole hours, for a page."""
    return round(spent.total_seconds() / 3600)
