"""Were our forecasts right? What was foreseen and what came, and all of it to be recomputed."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store.reading import forecasts
from answerable.web.export import stream
from answerable.web.pages import render
from answerable.web.request import Request


def page(request: Request) -> HttpResponse:
    """GET /forecasts/"""
    record = forecasts.record()
    return render(
        request,
        "public/forecasts.html",
        {"record": record, "shares": forecasts.SHARES, "least": forecasts.LEAST_SHOWN},
    )


def export(request: Request) -> StreamingHttpResponse:
    """GET /forecasts/scored.csv: a row for each forecast, counts in tens and none below ten."""
    return stream(request, "csv", "scored-forecasts", forecasts.scored_publicly())
