"""Resume a source: it is asked again at once."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import sources
from answerable.store.reading.sources import source_line
from answerable.web.pages import go
from answerable.web.request import Request, staff


def source_resume(request: Request, number: int) -> HttpResponse:
    """POST; leads back to the source."""
    line = source_line(number, request.now, exercise=request.exercise)
    if line is None:
        raise Http404
    sources.resume(staff(request), line.source, reason="resume", now=request.now)
    said = request.texts.gettext("%(name)s is asked again from now on.", name=line.source.name)
    return go(request, "source", said, number=number)
