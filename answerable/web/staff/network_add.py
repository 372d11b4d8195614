"""Listen to a social network: a timeline of Mastodon, or words on Bluesky.

The desk looks there once before it saves anything, so that a typing mistake is told at the form.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from answerable.collect.bluesky.collector import BlueskyCollector
from answerable.collect.bluesky.place import Unheard, check_class, stream
from answerable.collect.fetch import Fetcher
from answerable.collect.mastodon.collector import MastodonCollector
from answerable.collect.mastodon.place import timeline
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, Conflict, SourceTrouble
from answerable.permissions import Permission
from answerable.records import SourceClass, SourceFacts
from answerable.store import sources
from answerable.store.access import units_for
from answerable.store.keyring import Keyring
from answerable.store.models import Source, Unit
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.source_add import described, with_offer

FIELDS = (
    "network", "address", "words", "languages", "accounts",
    "name", "source_class", "purpose", "unit", "licence", "keep_days",
)  # fmt: skip
PATIENCE_S = 10.0  # for the one look before it is saved
_COLLECTORS = {"mastodon": MastodonCollector, "bluesky": BlueskyCollector}


def network_add(request: Request) -> HttpResponse:
    """GET the form, POST to look once and listen there from then on."""
    units = list(units_for(staff(request), Permission.SOURCE_CHANGE))
    if request.method != "POST":
        values = dict.fromkeys(FIELDS, "") | {"network": "mastodon", "source_class": "public"}
        values |= {"keep_days": "90", "unit": str(units[0].pk) if units else ""}
        return _form(request, units, values, {})
    values = {field: request.POST.get(field, "").strip()[:2000] for field in FIELDS}
    token = request.POST.get("token", "").strip()[:1000]
    errors = described(request, values, units)
    address, wrong = _address(request, values) if "source_class" not in errors else ("", {})
    errors |= wrong
    if errors or not address:
        return _form(request, units, values, errors)
    if wrong := _tried(request, values, address, token):
        return _form(request, units, values, wrong)
    first = sources.is_first_real()
    try:
        added = _add(request, address, values, units)
    except (BadInput, Conflict) as error:
        return _form(request, units, values, {"address": request.texts.gettext(str(error))})
    if token:
        Keyring.open(settings.ANSWERABLE.home).keep_password(address, token)
    said = request.texts.gettext(
        "We listen to %(name)s from now on. The first items come within a minute.", name=added.name
    )
    response = go(request, "desk:source", said, number=added.pk)
    return with_offer(response, added) if first else response


def _address(request: Request, values: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The address that is kept, or what is wrong by the field that can mend it."""
    try:
        if values["network"] == "mastodon":
            return timeline(values["address"]).address, {}
        if values["network"] != "bluesky":
            return "", {"network": request.texts.gettext("Choose a network.")}
        asked = [_each(values[name]) for name in ("words", "accounts", "languages")]
        found = stream(values["address"], *asked)
        check_class(found, SourceClass(values["source_class"]))
    except Unheard as error:
        return "", {error.field: request.texts.gettext(str(error))}
    except BadInput as error:
        return "", {"address": request.texts.gettext(str(error))}
    return found.address, {}


def _tried(request: Request, values: dict[str, str], address: str, token: str) -> dict[str, str]:
    """Look once; what was wrong, {} when all is well."""
    ours, kind = settings.ANSWERABLE, values["network"]
    fetcher = Fetcher(allow_private=ours.allow_private, seconds=PATIENCE_S, authorities=ours.ca_file)
    facts = SourceFacts(0, kind, address, SourceClass(values["source_class"]), secret=token)
    try:
        with ParsePool(1) as pool:
            _COLLECTORS[kind](facts, fetcher, pool).look()
    except SourceTrouble as trouble:
        field = "token" if trouble.code in ("http_401", "http_403") and kind == "mastodon" else "address"
        return {field: request.texts.trouble(trouble.code, trouble.params)}
    return {}


def _each(said: str) -> list[str]:
    """Entries apart by commas or lines, in the signs of any script."""
    for sign in ("\n", "，", "、"):
        said = said.replace(sign, ",")
    return [part.strip() for part in said.split(",") if part.strip()]


def _add(request: Request, address: str, values: dict[str, str], units: list[Unit]) -> Source:
    return sources.add(
        staff(request),
        kind=values["network"],
        address=address,
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
    return render(request, "staff/network_add.html", names, status=400 if errors else 200)
