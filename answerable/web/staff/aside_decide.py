"""Read again what was set aside, one or all, or let it leave for good. The engine carries it out."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import quarantine
from answerable.store.models import Quarantined
from answerable.store.reading.quarantine import one_row
from answerable.web.pages import go
from answerable.web.request import Request, staff


def aside_again(request: Request, number: int) -> HttpResponse:
    """POST sources/aside/<number>/again"""
    quarantine.read_again(staff(request), _row(request, number), reason="again", now=request.now)
    said = request.texts.gettext(
        "It is tried again within seconds. If it breaks once more, it comes back here."
    )
    return go(request, "aside", said)


def aside_all_again(request: Request) -> HttpResponse:
    """POST sources/aside/again"""
    asked = quarantine.read_all_again(
        staff(request), exercise=request.exercise, reason="again", now=request.now
    )
    said = request.texts.ngettext(
        "%(num)s message is tried again.", "%(num)s messages are tried again.", asked
    )
    return go(request, "aside", said)


def aside_discard(request: Request, number: int) -> HttpResponse:
    """POST sources/aside/<number>/discard"""
    quarantine.discard(staff(request), _row(request, number), reason="discard", now=request.now)
    said = request.texts.gettext("It leaves within seconds, and does not come back from its source.")
    return go(request, "aside", said)


def _row(request: Request, number: int) -> Quarantined:
    row = one_row(number, exercise=request.exercise)
    if row is None:
        raise Http404
    return row
