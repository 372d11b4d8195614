"""Write down what somebody says: by telephone, on paper, in person. For the keyboard, and for bad networks.

The page's script keeps a note on the device while there is no network; without it the form is a plain form.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import submission_work as work
from answerable.store.access import units_for
from answerable.store.keyring import Keyring
from answerable.store.models import Unit
from answerable.store.submissions import KINDS, MOST_CONTACT, MOST_PLACE, MOST_WORDS, Received, Told
from answerable.web.own_places import known_place, suggestions
from answerable.web.pages import STATIC, render
from answerable.web.request import Request, staff

FIELDS = {
    "came_by": 20,
    "kind": 20,
    "text": MOST_WORDS,
    "place": MOST_PLACE,
    "contact": MOST_CONTACT,
    "unit": 20,
}
OLDEST = timedelta(days=30)  # a note that waited longer on a device is dated when it came
_SECRET = re.compile(r"[\w-]{16,64}")


def told_write(request: Request) -> HttpResponse:
    """GET the form, POST to keep a note; the script asks for JSON."""
    units = list(units_for(staff(request), Permission.SUBMISSION_ADD))
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    if request.method != "POST":
        values |= {"came_by": "phone", "kind": "report", "unit": str(staff(request).unit_id)}
        return _form(request, units, values, {})
    unit = next((unit for unit in units if str(unit.pk) == values["unit"]), None)
    errors = _mistakes(request, values, unit)
    got: Received | None = None
    if unit is not None and not errors:
        try:
            got = _keep(request, values, unit)
        except (BadInput, Conflict) as error:
            errors["text"] = request.texts.gettext(str(error))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {"code": got.code, "number": got.id} if got else {"errors": errors}, status=200 if got else 400
        )
    if got is None:
        return _form(request, units, values, errors)
    fresh = {"came_by": values["came_by"], "kind": "report", "text": "", "place": "", "contact": ""}
    return _form(request, units, fresh | {"unit": values["unit"]}, {}, got)


def worker(_request: Request) -> HttpResponse:
    """GET the service worker: below this path, so that it may answer for the form alone."""
    script = (STATIC / "notes-worker.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _keep(request: Request, values: dict[str, str], unit: Unit) -> Received:
    table = settings.ANSWERABLE
    told = Told(
        came_by=values["came_by"],
        kind=values["kind"],
        text=values["text"],
        place=values["place"],
        contact=values["contact"],
        language=request.texts.language,
        known_place=known_place(table.home, values["place"]),
        said_at=_said_at(request),
    )
    secret = request.POST.get("secret", "")
    return work.take_down(
        staff(request),
        told,
        secret if _SECRET.fullmatch(secret) else secrets.token_urlsafe(18),
        unit=unit,
        ring=Keyring.open(table.home),
        desk=table.address,
        contact_days=table.contact_days,
        now=request.now,
    )


def _said_at(request: Request) -> datetime | None:
    """When a note was written on a device without a network; None for now, and for nonsense."""
    try:
        at = datetime.fromisoformat(request.POST.get("said_at", "")[:40])
    except ValueError:
        return None
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return at if request.now - OLDEST <= at <= request.now else None


def _mistakes(request: Request, values: dict[str, str], unit: Unit | None) -> dict[str, str]:
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if values["came_by"] not in work.TAKEN_DOWN:
        errors["came_by"] = _("How did it come? Choose one.")
    if values["kind"] not in KINDS:
        errors["kind"] = _("What is it? Choose one.")
    if not values["text"]:
        errors["text"] = _("What was said? Write it down.")
    if unit is None:
        errors["unit"] = _("Choose the unit it is for.")
    too_long = _("This is too long; make it shorter.")
    return errors | {name: too_long for name, most in FIELDS.items() if len(values[name]) > most}


def _form(
    request: Request,
    units: list[Unit],
    values: dict[str, str],
    errors: dict[str, str],
    got: Received | None = None,
) -> HttpResponse:
    names = {
        "units": [(unit.pk, unit.name) for unit in units],
        "values": values,
        "errors": errors,
        "got": got,
        "secret": secrets.token_urlsafe(18),
        "kinds": KINDS,
        "ways": work.TAKEN_DOWN,
        "places": suggestions(settings.ANSWERABLE.home),
        "days": settings.ANSWERABLE.contact_days,
    }
    return render(request, "staff/told_write.html", names, status=400 if errors else 200)
