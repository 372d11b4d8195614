"""Whom does a unit call, and in which order, when an alert is raised?"""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse

from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.store import calls, people
from answerable.store.access import units_for
from answerable.store.reading.notices import candidates, order_seen, own_wait
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def call_order(request: Request, number: int) -> HttpResponse:
    """GET the form; POST a place for each person (empty: not called) and the minutes to wait."""
    unit = units_for(staff(request), Permission.DUTY_CHANGE).filter(pk=number).first()
    if unit is None:
        raise Http404
    able = people.holders(Permission.ALERT_DECIDE, unit)
    errors = {}
    if request.method == "POST":
        try:
            places = {person.pk: _number(request.POST.get(f"place-{person.pk}", "")) for person in able}
            chosen = sorted((place, pk) for pk, place in places.items() if place)
            wait = timedelta(minutes=_number(request.POST.get("wait", "")))
            calls.set_order(
                staff(request), unit, [pk for _, pk in chosen], wait, reason="order", now=request.now
            )
        except BadInput as error:
            errors["wait"] = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext(
                "Saved: the next alert of %(unit)s calls in this order.", unit=unit.name
            )
            return go(request, "units", said)
    names = {
        "of": unit,
        "people": candidates(unit, able),
        "order": order_seen(unit, request.now),
        "wait": request.POST.get("wait", "")[:6] or own_wait(unit),
        "errors": errors,
    }
    return render(request, "staff/call_order.html", names, status=400 if errors else 200)


def _number(text: str) -> int:
    """A place or a number of minutes; 0 for an empty one. BadInput for anything else."""
    text = text.strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise BadInput("Write whole numbers from 1 on, or leave a place empty.")
    return int(text)
