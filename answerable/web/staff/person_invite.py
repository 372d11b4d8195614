"""Invite a person into a unit with roles; the one-time link is shown once, to hand over."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission, Role
from answerable.store import people
from answerable.store.access import units_for
from answerable.store.models import Unit
from answerable.web.pages import link, render
from answerable.web.request import Request, staff

_LOGIN = re.compile(r"[\w.@+-]{2,150}")


def person_invite(request: Request) -> HttpResponse:
    """GET the form; POST answers with the page that shows the link, once."""
    units = list(units_for(staff(request), Permission.PERSON_CHANGE))
    values = {name: request.POST.get(name, "").strip()[:200] for name in ("name", "login", "unit")}
    roles = [role for role in request.POST.getlist("roles") if role in set(Role)]
    errors: dict[str, str] = {}
    if request.method == "POST":
        unit = next((unit for unit in units if str(unit.pk) == values["unit"]), None)
        errors = _mistakes(request, values, unit, roles)
        if unit is not None and not errors:
            try:
                person, token = people.invite(
                    staff(request),
                    login=values["login"],
                    name=values["name"],
                    unit=unit,
                    roles=[Role(role) for role in roles],
                    reason="invite",
                    now=request.now,
                )
            except (Conflict, BadInput) as error:
                errors["login"] = request.texts.gettext(str(error))
            else:
                names = {"invited": person, "address": address_of(token), "again": False}
                return render(request, "staff/person_link.html", names)
    else:
        values["unit"] = request.GET.get("unit", "") or (str(units[0].pk) if units else "")
    names = {
        "units": [(unit.pk, unit.name) for unit in units],
        "values": values,
        "roles": [role.value for role in Role],
        "chosen": roles,
        "errors": errors,
    }
    return render(request, "staff/person_invite.html", names, status=400 if errors else 200)


def address_of(token: str) -> str:
    """The whole address of a one-time link, as people reach the desk from outside."""
    return f"{settings.ANSWERABLE.address}{link(False, 'entry:once', token=token)}"


def _mistakes(
    request: Request, values: dict[str, str], unit: Unit | None, roles: list[str]
) -> dict[str, str]:
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if not values["name"]:
        errors["name"] = _(
            "What is the person called? Write a name, or a service number where a name needs protection."
        )
    if not _LOGIN.fullmatch(values["login"]):
        errors["login"] = _("A login has 2 to 150 letters, digits or . @ + - _ and no blanks.")
    if unit is None:
        errors["unit"] = _("Choose a unit.")
    if not roles:
        errors["roles"] = _("Choose at least one role: without one the person sees nothing.")
    return errors
