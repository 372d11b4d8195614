"""Listen to a mailbox: which server, account and folder, and the password, which goes to the key file alone.

The desk signs in once before it saves anything, so that a typing mistake is told at the form.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from answerable.collect.fetch import Fetcher
from answerable.collect.mailbox.imap import opened
from answerable.collect.mailbox.place import MailPlace, made
from answerable.errors import BadInput, Conflict, SourceTrouble
from answerable.permissions import Permission
from answerable.store import sources
from answerable.store.access import units_for
from answerable.store.keyring import Keyring
from answerable.store.models import Source, Unit
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.source_add import described, with_offer

FIELDS = (
    "host", "security", "user", "folder", "done",
    "makes_cases", "name", "source_class", "purpose", "unit", "licence", "keep_days",
)  # fmt: skip
PATIENCE_S = 10.0  # for the one look before it is saved
_OF_FIELD = {"sign_in": "password", "no_password": "password", "no_folder": "folder"}


def mailbox_add(request: Request) -> HttpResponse:
    """GET the form, POST to sign in once and listen there from then on."""
    units = list(units_for(staff(request), Permission.SOURCE_CHANGE))
    if request.method != "POST":
        values = dict.fromkeys(FIELDS, "") | {"source_class": "public", "keep_days": "90", "folder": "INBOX"}
        values |= {"security": "tls", "unit": str(units[0].pk) if units else ""}
        return _form(request, units, values, {})
    values = {field: request.POST.get(field, "").strip()[:2000] for field in FIELDS}
    password = request.POST.get("password", "")[:1000]
    place, errors = _place(request, values)
    errors |= described(request, values, units)
    if not password:
        errors["password"] = request.texts.gettext("Write the password of the mailbox.")
    if place is None or errors:
        return _form(request, units, values, errors)
    if wrong := tried(request, place, password):
        return _form(request, units, values, wrong)
    first = sources.is_first_real()
    try:
        added = _add(request, place, values, units)
    except (BadInput, Conflict) as error:
        return _form(request, units, values, {"host": request.texts.gettext(str(error))})
    Keyring.open(settings.ANSWERABLE.home).keep_password(place.address, password)
    said = request.texts.gettext(
        "We listen to %(name)s from now on. The first items come within a minute.", name=added.name
    )
    response = go(request, "desk:source", said, number=added.pk)
    return with_offer(response, added) if first else response


def tried(request: Request, place: MailPlace, password: str) -> dict[str, str]:
    """Sign in once; what was wrong, by the field that can mend it, {} when all is well."""
    ours = settings.ANSWERABLE
    fetcher = Fetcher(allow_private=ours.allow_private, seconds=PATIENCE_S, authorities=ours.ca_file)
    try:
        with opened(place, password, fetcher):
            return {}
    except SourceTrouble as trouble:
        return {_OF_FIELD.get(trouble.code, "host"): request.texts.trouble(trouble.code, trouble.params)}


def _place(request: Request, values: dict[str, str]) -> tuple[MailPlace | None, dict[str, str]]:
    _ = request.texts.gettext
    host, colon, number = values["host"].rpartition(":")
    if not colon or "]" in number or host.count(":") > 1:
        host, number = values["host"], ""
    errors: dict[str, str] = {}
    if not host or (number and not (number.isascii() and number.isdecimal() and len(number) < 6)):
        errors["host"] = _("Write the name of the mail server, for example mail.town.example.")
    if not values["user"]:
        errors["user"] = _("Write the user name of the mailbox; it is often its address.")
    if values["security"] not in ("tls", "starttls"):
        errors["security"] = _("Choose how the way to the server is encrypted.")
    if errors:
        return None, errors
    try:
        place = made(
            host=host.strip("[]"),
            port=int(number) if number else None,
            user=values["user"],
            folder=values["folder"],
            done=values["done"],
            starttls=values["security"] == "starttls",
        )
    except BadInput:
        if values["done"] and values["done"] == (values["folder"] or "INBOX"):
            return None, {"done": _("Mails cannot be moved to the folder they are read from: name another.")}
        return None, {"host": _("Write the name of the mail server, for example mail.town.example.")}
    return place, {}


def _add(request: Request, place: MailPlace, values: dict[str, str], units: list[Unit]) -> Source:
    return sources.add(
        staff(request),
        kind="mailbox",
        address=place.address,
        name=values["name"],
        source_class=values["source_class"],
        purpose=values["purpose"],
        unit=next(unit for unit in units if str(unit.pk) == values["unit"]),
        licence=values["licence"],
        keep_days=int(values["keep_days"]),
        makes_cases=values["makes_cases"] == "yes",
        reason="listen",
        now=request.now,
    )


def _form(
    request: Request, units: list[Unit], values: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    names = {"units": [(unit.pk, unit.name) for unit in units], "values": values, "errors": errors}
    return render(request, "staff/mailbox_add.html", names, status=400 if errors else 200)
