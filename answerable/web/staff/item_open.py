"""Open the sealed link of a private post: a click that the ledger records."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.store.items import open_link
from answerable.store.keyring import Keyring
from answerable.store.reading.items import one_item
from answerable.web.request import Request, staff
from answerable.web.staff.item_show import page


def open_item(request: Request, number: int) -> HttpResponse:
    """POST; answers with the item's page, now with the link. It is never in an address or a log."""
    seen = one_item(number, request.exercise)
    if seen is None:
        raise Http404
    ring = Keyring.open(settings.ANSWERABLE.home)
    opened = open_link(
        staff(request), number, keys=ring.for_source(seen.source), reason="read_there", now=request.now
    )
    return page(request, seen, opened)
