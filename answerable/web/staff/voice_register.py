"""Register a voice: the public name and title that may speak for a unit. Nothing goes out without one."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.store import voices
from answerable.store.access import units_for
from answerable.store.reading.units import colleague, people_of
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

_FIELDS = ("name", "service_number", "role", "unit", "person")


def _accounts(text: str) -> list[tuple[str, str]]:
    """(network, address) from lines such as "Mastodon https://social.example/@council"."""
    rows = [line.rpartition(" ") for line in text.splitlines()[:20] if line.strip()]
    return [(network.strip() or address, address) for network, _, address in rows]


def voice_register(request: Request) -> HttpResponse:
    """GET the form, POST to register."""
    units = list(units_for(staff(request), Permission.VOICE_CHANGE))
    values = {name: request.POST.get(name, "").strip()[:200] for name in _FIELDS}
    values["accounts"] = request.POST.get("accounts", "")[:3000]
    errors: dict[str, str] = {}
    _ = request.texts.gettext
    if request.method == "POST":
        unit = next((unit for unit in units if str(unit.pk) == values["unit"]), None)
        if not (values["name"] or values["service_number"]):
            errors["name"] = _("Under which name does the voice speak? Write it.")
        if not values["role"]:
            errors["role"] = _("Which title does the public see? Write it.")
        if unit is None:
            errors["unit"] = _("Choose the unit it speaks for.")
        elif not errors:
            person = (
                colleague(staff(request), int(values["person"])) if values["person"].isdecimal() else None
            )
            try:
                voice = voices.register(
                    staff(request),
                    unit=unit,
                    name=values["name"],
                    role=values["role"],
                    person=person,
                    service_number=values["service_number"],
                    accounts=_accounts(values["accounts"]),
                    reason="register",
                    now=request.now,
                )
            except BadInput as error:
                errors["accounts" if values["accounts"] else "name"] = _(str(error))
            else:
                said = _(
                    "%(name)s is registered and may speak for %(unit)s.", name=voice.name, unit=unit.name
                )
                return go(request, "units", said, anchor=f"unit-{unit.pk}")
    else:
        values["unit"] = request.GET.get("unit", "") or (str(units[0].pk) if units else "")
    names = {
        "units": [(unit.pk, unit.name) for unit in units],
        "people": people_of(units[0]) if units else [],
        "values": values,
        "errors": errors,
    }
    return render(request, "staff/voice_register.html", names, status=400 if errors else 200)
