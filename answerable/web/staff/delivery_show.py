"""One delivery: the exact words, where they stand or why not yet; and what a voice posted by hand."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import outbox
from answerable.store.models import Delivery
from answerable.store.reading import channels as reading
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.statement_words import link_of, outgoing_of


def delivery_show(request: Request, number: int) -> HttpResponse:
    """GET deliveries/<number>"""
    return _shown(request, _found(request, number))


def delivery_again(request: Request, number: int) -> HttpResponse:
    """POST: try at once."""
    said = request.texts.gettext("It is tried again now.")
    return _acted(request, number, said, lambda: outbox.again(staff(request), number, now=request.now))


def delivery_confirm(request: Request, number: int) -> HttpResponse:
    """POST link or clipping, and how many it reached: a registered voice has posted it."""
    audience = request.POST.get("audience", "").strip().replace(" ", "")
    count = int(audience) if audience.isascii() and audience.isdecimal() and len(audience) < 10 else None
    said = request.texts.gettext("Recorded. It counts as delivered.")
    return _acted(
        request,
        number,
        said,
        lambda: outbox.confirm(
            staff(request),
            number,
            link=request.POST.get("link", ""),
            clipping=request.POST.get("clipping", ""),
            audience=count,
            now=request.now,
        ),
    )


def _acted(request: Request, number: int, said: str, change: Callable[[], object]) -> HttpResponse:
    row = _found(request, number)
    statuses: dict[type[Exception], int] = {Conflict: 409, NotAllowed: 403, BadInput: 400}
    try:
        change()
    except (Conflict, NotAllowed, BadInput) as error:
        return _shown(
            request, _found(request, number), request.texts.gettext(str(error)), statuses[type(error)]
        )
    return go(request, "delivery", said, number=row.pk)


def _found(request: Request, number: int) -> Delivery:
    row = reading.delivery_for(staff(request), number, exercise=request.exercise)
    if row is None:
        raise Http404
    return row


def _shown(request: Request, row: Delivery, trouble: str = "", status: int = 200) -> HttpResponse:
    base = settings.ANSWERABLE.address
    typed = {name: request.POST.get(name, "")[:2000] for name in ("link", "clipping", "audience")}
    names = {
        "row": row,
        "words": row.said or outgoing_of(row, base).text,
        "public_link": link_of(base, row),
        "trouble": trouble,
        "typed": typed,
    }
    return render(request, "staff/delivery.html", names, status=status)
