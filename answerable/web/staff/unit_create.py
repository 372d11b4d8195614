"""Create a unit below another one."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.http import HttpResponse

from answerable.permissions import Permission
from answerable.store import people
from answerable.store.access import units_for
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

FIELDS = ("name", "parent", "timezone", "duty_number")


def unit_create(request: Request) -> HttpResponse:
    """GET the form, POST to create."""
    parents = list(units_for(staff(request), Permission.UNIT_CHANGE))
    values = {field: request.POST.get(field, "").strip()[:200] for field in FIELDS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        parent = next((unit for unit in parents if str(unit.pk) == values["parent"]), None)
        errors = _mistakes(request, values, parent is not None)
        if parent is not None and not errors:
            unit = people.create_unit(
                staff(request),
                name=values["name"],
                parent=parent,
                timezone=values["timezone"] or parent.timezone,
                duty_number=values["duty_number"],
                reason="organise",
                now=request.now,
            )
            said = request.texts.gettext("%(name)s is a unit now. Invite its people.", name=unit.name)
            return go(request, "units", said, anchor=f"unit-{unit.pk}")
    else:
        values["parent"] = request.GET.get("parent", "") or (str(parents[0].pk) if parents else "")
    names = {"parents": [(unit.pk, unit.name) for unit in parents], "values": values, "errors": errors}
    return render(request, "staff/unit_create.html", names, status=400 if errors else 200)


def _mistakes(request: Request, values: dict[str, str], parent: bool) -> dict[str, str]:
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if not values["name"]:
        errors["name"] = _("What is the unit called? Write a name.")
    if not parent:
        errors["parent"] = _("Choose the unit above it.")
    if values["timezone"] and values["timezone"] not in available_timezones():
        errors["timezone"] = _(
            "There is no such time zone. Write one such as Europe/Madrid, or leave it empty."
        )
    return errors
