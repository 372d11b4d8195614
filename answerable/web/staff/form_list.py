"""Forms for places: which posters hang where, how much came by each, and a page to print."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.permissions import Permission
from answerable.store import form_links
from answerable.store.access import units_for
from answerable.store.models import FormLink
from answerable.store.reading.submissions import place_forms
from answerable.store.submissions import KINDS, MOST_PLACE
from answerable.web.own_places import known_place, suggestions
from answerable.web.pages import go, link, render
from answerable.web.qr import qr_file, qr_svg
from answerable.web.request import Request, staff
from answerable.web.texts import LANGUAGES, TAGS, catalogue, marked

_HEADING = marked("Tell us about %(place)s")
_LINE = marked(
    "Point your camera here, or open %(address)s. No account, no name. A code shows you what became of it."
)


def forms(request: Request) -> HttpResponse:
    """GET told/forms, the open ones first."""
    return render(request, "staff/forms.html", {"lines": place_forms(staff(request))})


def form_create(request: Request) -> HttpResponse:
    """GET the form, POST to make one and go to its page."""
    units = list(units_for(staff(request), Permission.FORM_CHANGE))
    values = {name: request.POST.get(name, "").strip()[:300] for name in ("place", "kind", "unit")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        unit = next((unit for unit in units if str(unit.pk) == values["unit"]), None)
        errors = _mistakes(request, values, known_unit=unit is not None)
        if unit is not None and not errors:
            made = form_links.create(
                staff(request),
                unit=unit,
                place=values["place"],
                kind=values["kind"],
                known_place=known_place(settings.ANSWERABLE.home, values["place"]),
                reason="poster",
                now=request.now,
            )
            said = request.texts.gettext("The form is open. Print its page.")
            return go(request, "form", said, number=made.pk)
    else:
        values["unit"] = str(staff(request).unit_id)
    names = {
        "values": values,
        "errors": errors,
        "units": [(unit.pk, unit.name) for unit in units],
        "kinds": KINDS,
        "places": suggestions(settings.ANSWERABLE.home),
    }
    return render(request, "staff/form_create.html", names, status=400 if errors else 200)


def form(request: Request, number: int) -> HttpResponse:
    """GET the page to print, in all our languages."""
    made = _one(request, number)
    address = address_of(made)
    words = {"place": made.place, "address": address.partition("://")[2]}
    posters = [
        (TAGS[code], catalogue(code).gettext(_HEADING) % words, catalogue(code).gettext(_LINE) % words)
        for code in LANGUAGES
    ]
    names = {"made": made, "address": address, "posters": posters, "qr": qr_svg(address)}
    return render(request, "staff/form.html", names)


def form_code(request: Request, number: int) -> HttpResponse:
    """GET the QR code alone, as a file."""
    made = _one(request, number)
    response = HttpResponse(qr_file(address_of(made)), content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="form-{made.slug}.svg"'
    return response


def form_close(request: Request, number: int) -> HttpResponse:
    """POST: the poster leads to the general form from now on."""
    form_links.close(staff(request), _one(request, number), reason="taken_down", now=request.now)
    said = request.texts.gettext("The form is closed; its poster leads to the general one.")
    return go(request, "forms", said)


def address_of(made: FormLink) -> str:
    """What stands on the poster."""
    return settings.ANSWERABLE.address + link(False, "public:place_form", slug=made.slug)


def _mistakes(request: Request, values: dict[str, str], *, known_unit: bool) -> dict[str, str]:
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if not values["place"]:
        errors["place"] = _("Which place is it for? Write it as people there call it.")
    elif len(values["place"]) > MOST_PLACE:
        errors["place"] = _("This is too long; make it shorter.")
    if values["kind"] and values["kind"] not in KINDS:
        errors["kind"] = _("What is it? Choose one.")
    if not known_unit:
        errors["unit"] = _("Choose the unit it is for.")
    return errors


def _one(request: Request, number: int) -> FormLink:
    found = next((line.made for line in place_forms(staff(request)) if line.made.pk == number), None)
    if found is None:
        raise Http404
    return found
