"""How did it grow? Items and sources over time, with the moments of alerts, as a chart and as its table."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading.incident_growth import growth_of
from answerable.web import charts
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.incident_page import found


def growth_show(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/growth"""
    row = found(request, number)
    seen = growth_of(row.pk)
    size = len(seen.spans)
    marks = [(n + 0.5) / size for n, span in enumerate(seen.spans) if span.alerts]
    names = {
        "incident": row,
        "growth": seen,
        "chart": charts.growth([span.items for span in seen.spans], [None] * size, marks),
    }
    return render(request, "staff/incident_growth.html", names)
