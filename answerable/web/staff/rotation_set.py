"""Say who follows whom, from which day, at which hour, for how long."""

from __future__ import annotations

from datetime import date, time

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import duty
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.duty_show import found


def rotation_set(request: Request, number: int) -> HttpResponse:
    """GET the form, POST a place for each person, the first day, the hour and the days of a turn."""
    roster = found(request, number)
    able = duty.able(roster.unit, roster.team)
    festive = request.GET.get("holidays") == "only"
    rows = roster.rotations.order_by("-since", "-pk")
    last = (rows.filter(holidays="only") if festive else rows.exclude(holidays="only")).first()
    places = {pk: place for place, pk in enumerate(last.people, 1)} if last else {}
    values = {
        "first": last.first.isoformat() if last else request.texts.local(request.now).date().isoformat(),
        "hand_over": last.hand_over.strftime("%H:%M") if last else "09:00",
        "days": str(last.days if last else 7),
        "holidays": last.holidays if last else "only" if festive else "too",
    }
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip()[:20] for name in values}
        places = {person.pk: _place(request.POST.get(f"place-{person.pk}", "")) for person in able}
        try:
            duty.set_rotation(
                staff(request),
                roster,
                [pk for _, pk in sorted((place, pk) for pk, place in places.items() if place)],
                first=_first(values["first"]),
                hand_over=_hour(values["hand_over"]),
                days=_place(values["days"]),
                holidays=values["holidays"] or "too",
                now=request.now,
            )
        except BadInput as error:
            errors["days"] = request.texts.gettext(str(error))
        else:
            return go(request, "duty", request.texts.gettext("Saved: the rotation holds from now on."))
    names = {
        "roster": roster,
        "able": [(person, places.get(person.pk) or "") for person in able],
        "values": values,
        "errors": errors,
    }
    return render(request, "staff/rotation_set.html", names, status=400 if errors else 200)


def _place(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _first(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("Write the first day as a date.") from error


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise BadInput("Write the hour of the hand-over as a time.") from error
