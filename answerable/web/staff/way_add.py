"""One more way to reach the reader."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import ways
from answerable.store.keyring import Keyring
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff.reach_show import page


def way_add(request: Request) -> HttpResponse:
    """POST kind, address and secret: what is saved is sealed and never shown again."""
    kind = request.POST.get("kind", "")
    address = request.POST.get("address", "").strip()[:2000]
    secret = request.POST.get("secret", "")
    plain = kind in (ways.MAIL, ways.NTFY)
    try:
        ways.add(
            staff(request),
            kind=kind if plain else ways.WEBHOOK,
            shape="" if plain else kind,
            address=address,
            secret="" if kind == ways.MAIL else secret,
            keyring=Keyring.open(settings.ANSWERABLE.home),
            now=request.now,
        )
    except BadInput as error:
        field = "secret" if "secret" in str(error) else "address"
        return page(request, {field: request.texts.gettext(str(error))}, {"kind": kind, "address": address})
    return go(request, "reach", request.texts.gettext("Saved. Send a test message to see that it arrives."))
