"""When does this unit work, and how long does it take to answer? Hours, holidays, working hours allowed."""

from __future__ import annotations

import re
from datetime import date

from django.http import Http404, HttpResponse

from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.store import calendars
from answerable.store.access import units_for
from answerable.store.models import Unit
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})")


def form(request: Request, number: int) -> HttpResponse:
    """GET units/<number>/calendar asks, POST saves."""
    unit = units_for(staff(request), Permission.DUTY_CHANGE).filter(pk=number).first()
    if unit is None:
        raise Http404
    values = _as_it_is(unit)
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip()[:2000] for name in values}
        try:
            _save(request, unit, values)
        except BadInput as error:
            errors["d0"] = request.texts.gettext(str(error))
        else:
            return go(
                request, "units", request.texts.gettext("The calendar holds for every clock from now on.")
            )
    names = {"of": unit, "values": values, "errors": errors}
    return render(request, "staff/calendar.html", names, status=400 if errors else 200)


def _as_it_is(unit: Unit) -> dict[str, str]:
    hours, answer = calendars.of(unit)
    days = {f"d{n}": ", ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in hours.week[n]) for n in range(7)}
    return days | {
        "closed": "\n".join(day.isoformat() for day in sorted(hours.closed)),
        "answer_hours": str(answer),
    }


def _save(request: Request, unit: Unit, values: dict[str, str]) -> None:
    week = []
    for place in range(7):
        given = values[f"d{place}"]
        found = [(f"{int(a):02}:{b}", f"{int(c) % 24:02}:{d}") for a, b, c, d in _HOURS.findall(given)]
        if given and not found:
            raise BadInput("Write hours like 09:00-17:00, with a comma between two spans of a day.")
        week.append(found)
    answer = values["answer_hours"]
    try:
        closed = [date.fromisoformat(day) for day in values["closed"].replace(",", " ").split()]
    except ValueError as error:
        raise BadInput("Write each holiday like 2026-12-25, one on a line.") from error
    calendars.change(
        staff(request),
        unit,
        week=week,
        closed=closed,
        answer_hours=int(answer) if answer.isascii() and answer.isdecimal() and len(answer) < 6 else 0,
        reason="calendar",
        now=request.now,
    )
