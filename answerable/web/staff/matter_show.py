"""One matter: the stories of a topic that comes back, over the years."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from answerable.store.reading import matters as reading
from answerable.web import charts
from answerable.web.pages import link, render
from answerable.web.request import Request


def matter(request: Request, number: int) -> HttpResponse:
    """GET one matter. One that was merged leads to the one that stands, for good."""
    seen = reading.matter(number, request.exercise)
    if seen is None:
        raise Http404
    if isinstance(seen, int):
        return HttpResponsePermanentRedirect(link(request.exercise, "matter", number=seen))
    spans = [(one.first_seen, one.last_seen, one.items) for one in seen.stories]
    names = {"matter": seen.line, "stories": seen.stories, "chart": charts.spans(spans)}
    return render(request, "staff/matter.html", names)
