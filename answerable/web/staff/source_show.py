"""Do we hear this source, why do we listen to it, and what did it bring?"""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import drills, hubs
from answerable.store.reading.items import items_of_source
from answerable.store.reading.quarantine import counts
from answerable.store.reading.sources import source_line
from answerable.web.pages import render
from answerable.web.request import Request

NEWEST = 10


def source(request: Request, number: int) -> HttpResponse:
    """GET one source."""
    line = source_line(number, request.now, exercise=request.exercise)
    if line is None:
        raise Http404
    names = {
        "line": line,
        "hub": hubs.of(number),
        "aside": counts(exercise=request.exercise).get(number, 0),
        "source": line.source,
        "items": items_of_source(number, limit=NEWEST),
        # The first real source: from now on a drill beside it may be in the way.
        "offer_wipe": request.GET.get("first") == "1" and drills.current() is not None,
    }
    return render(request, "staff/source.html", names)
