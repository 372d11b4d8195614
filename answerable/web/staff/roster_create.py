"""Start a roster: which team of which unit, and how many are on duty at the same time."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import duty
from answerable.store.access import units_for
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def roster_create(request: Request) -> HttpResponse:
    """GET the form, POST to create; the next step is its rotation."""
    units = list(units_for(staff(request), Permission.DUTY_CHANGE))
    values = {name: request.POST.get(name, "")[:40] for name in ("unit", "team", "seats")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        unit = next((unit for unit in units if str(unit.pk) == values["unit"]), None)
        seats = int(values["seats"]) if values["seats"].isdecimal() and len(values["seats"]) < 3 else 0
        if unit is None:
            errors["unit"] = request.texts.gettext("Choose the unit of this team.")
        else:
            try:
                roster = duty.create_roster(staff(request), unit, values["team"], seats, now=request.now)
            except (BadInput, Conflict) as error:
                errors["team"] = request.texts.gettext(str(error))
            else:
                return go(
                    request,
                    "rotation_set",
                    request.texts.gettext("Now say who follows whom."),
                    number=roster.pk,
                )
    names = {
        "units": [(unit.pk, unit.name) for unit in units],
        "values": values | {"seats": values["seats"] or "1"},
        "errors": errors,
    }
    return render(request, "staff/roster_create.html", names, status=400 if errors else 200)
