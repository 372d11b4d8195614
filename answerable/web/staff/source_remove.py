"""Remove a source: we listen there no more; what it brought leaves by its term."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.store import sources
from answerable.store.keyring import Keyring
from answerable.store.reading.sources import source_line
from answerable.web.pages import go
from answerable.web.request import Request, staff


def source_remove(request: Request, number: int) -> HttpResponse:
    """POST; leads back to the source."""
    line = source_line(number, request.now, exercise=request.exercise)
    if line is None:
        raise Http404
    sources.remove(staff(request), line.source, reason="remove", now=request.now)
    if line.source.kind == "mailbox":
        Keyring.open(settings.ANSWERABLE.home).keep_password(line.source.address, "")
    said = request.texts.gettext(
        "We no longer listen to %(name)s. Its items leave by their term.", name=line.source.name
    )
    return go(request, "source", said, number=number)
