"""Pause a source: it is not asked until somebody resumes it, and it counts as not heard."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import sources
from answerable.store.reading.sources import source_line
from answerable.web.pages import go
from answerable.web.request import Request, staff


def source_pause(request: Request, number: int) -> HttpResponse:
    """POST; leads back to the source."""
    line = source_line(number, request.now, exercise=request.exercise)
    if line is None:
        raise Http404
    sources.pause(staff(request), line.source, reason="pause", now=request.now)
    said = request.texts.gettext(
        "%(name)s is paused. It counts as not heard until somebody resumes it.", name=line.source.name
    )
    return go(request, "source", said, number=number)
