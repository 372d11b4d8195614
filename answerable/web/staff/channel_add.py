"""One more way to the public. Its server is spoken to once before it is saved, so a mistake is told here."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from answerable.errors import BadInput, ChannelTrouble, Conflict
from answerable.permissions import Permission
from answerable.store import channels
from answerable.store.access import units_for
from answerable.store.keyring import Keyring
from answerable.store.models import ChannelRow, Unit
from answerable.store.real_channels import try_out
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.channel_list import spoken_to

FIELDS = ("kind", "name", "address", "account", "unit")
_FIELD_OF = (("secret", "secret"), ("token", "secret"), ("handle", "account"), ("name", "name"))


def channel_add(request: Request) -> HttpResponse:
    """GET the form, POST to speak to the server once and add it."""
    units = list(units_for(staff(request), Permission.CHANNEL_CHANGE))
    if request.method != "POST":
        values = dict.fromkeys(FIELDS, "") | {
            "kind": channels.MASTODON,
            "unit": str(units[0].pk) if units else "",
        }
        return _form(request, units, values, {})
    values = {name: request.POST.get(name, "").strip()[:2000] for name in FIELDS}
    secret = request.POST.get("secret", "").strip()
    unit = next((one for one in units if str(one.pk) == values["unit"]), None)
    if unit is None:
        return _form(request, units, values, {"unit": request.texts.gettext("Whose words go there? Choose.")})
    facts = {name: values[name] for name in ("kind", "name", "address", "account")}
    try:
        if values["kind"] == channels.MAIL and not settings.ANSWERABLE.smtp_host:
            return _form(request, units, values, {"kind": request.texts.channel_trouble("no_mail_server")})
        if values["kind"] in channels.ADDRESSED:
            channels.check(**facts, secret=secret)
            row = ChannelRow(
                kind=values["kind"], address=values["address"].rstrip("/"), account=values["account"]
            )
            try_out(spoken_to(row, secret), request.now)
        added = channels.add(
            staff(request),
            **facts,
            unit=unit,
            secret=secret,
            ring=Keyring.open(settings.ANSWERABLE.home),
            now=request.now,
        )
    except (BadInput, Conflict) as error:
        said = str(error)
        field = next((field for word, field in _FIELD_OF if word in said), "address")
        return _form(request, units, values, {field: request.texts.gettext(said)})
    except ChannelTrouble as trouble:
        refused = str(trouble) in ("HTTP 400", "HTTP 401", "HTTP 403")
        field = "secret" if refused and values["kind"] in channels.SECRETIVE else "address"
        return _form(request, units, values, {field: request.texts.channel_trouble(str(trouble))})
    said = request.texts.gettext("%(name)s carries what is published from now on.") % {"name": added.name}
    return go(request, "channels", said)


def _form(
    request: Request, units: list[Unit], values: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    names = {"units": [(unit.pk, unit.name) for unit in units], "values": values, "errors": errors}
    return render(request, "staff/channel_add.html", names, status=400 if errors else 200)
