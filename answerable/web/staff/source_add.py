"""Add a source: where we listen, who speaks there, why we listen, how long we keep what we hear."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import web_link
from answerable.records import SourceClass
from answerable.store import sources
from answerable.store.access import units_for
from answerable.store.models import Source, Unit
from answerable.web.pages import go, link, render
from answerable.web.request import Request, staff

KINDS = ("feeds", "pages")
FIELDS = ("kind", "address", "name", "source_class", "purpose", "unit", "licence", "keep_days")


def source_add(request: Request) -> HttpResponse:
    """GET the form, POST to listen there. The first real source offers to wipe the drill."""
    units = list(units_for(staff(request), Permission.SOURCE_CHANGE))
    if request.method != "POST":
        values = dict.fromkeys(FIELDS, "") | {
            "kind": "feeds",
            "source_class": "outlet",
            "keep_days": "90",
        }
        values["unit"] = str(units[0].pk) if units else ""
        return _form(request, units, values, {})
    values = {field: request.POST.get(field, "").strip()[:2000] for field in FIELDS}
    errors = _mistakes(request, values, units)
    if errors:
        return _form(request, units, values, errors)
    first = sources.is_first_real()
    try:
        added = _add(request, values, units)
    except (BadInput, Conflict) as error:
        return _form(request, units, values, {"address": request.texts.gettext(str(error))})
    said = request.texts.gettext(
        "We listen to %(name)s from now on. The first items come within a minute.", name=added.name
    )
    response = go(request, "desk:source", said, number=added.pk)
    return with_offer(response, added) if first else response


def with_offer(response: HttpResponseRedirect, added: Source) -> HttpResponseRedirect:
    """After the first real source its page offers to wipe the drill."""
    response.headers["Location"] = link(False, "desk:source", {"first": 1}, number=added.pk)
    return response


def _mistakes(request: Request, values: dict[str, str], units: list[Unit]) -> dict[str, str]:
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    try:
        web_link(values["address"])
    except BadInput:
        errors["address"] = _("Write the address of a feed or a page; it begins with https:// or http://.")
    return errors | described(request, values, units)


def described(request: Request, values: dict[str, str], units: list[Unit]) -> dict[str, str]:
    """What is wrong with that which every source says of itself."""
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if not values["name"]:
        errors["name"] = _("What is the source called? Write a name.")
    if values["source_class"] not in set(SourceClass):
        errors["source_class"] = _("Choose who speaks there.")
    if not values["purpose"]:
        errors["purpose"] = _("Why do we listen there? Everybody can read the purpose: write it.")
    if values["unit"] not in {str(unit.pk) for unit in units}:
        errors["unit"] = _("Choose the unit that listens.")
    if not (
        values["keep_days"].isascii()
        and values["keep_days"].isdecimal()
        and int(values["keep_days"]) <= 36500
    ):
        errors["keep_days"] = _("Write a number of days from 0 (keep) to 36500.")
    return errors


def _add(request: Request, values: dict[str, str], units: list[Unit]) -> Source:
    return sources.add(
        staff(request),
        kind=values["kind"] if values["kind"] in KINDS else KINDS[0],
        address=values["address"],
        name=values["name"],
        source_class=values["source_class"],
        purpose=values["purpose"],
        unit=next(unit for unit in units if str(unit.pk) == values["unit"]),
        licence=values["licence"],
        keep_days=int(values["keep_days"]),
        reason="listen",
        now=request.now,
    )


def _form(
    request: Request, units: list[Unit], values: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    names = {"units": [(unit.pk, unit.name) for unit in units], "values": values, "errors": errors}
    return render(request, "staff/source_add.html", names, status=400 if errors else 200)
