"""How far did a statement travel, and did its correction reach those who saw what it corrects?"""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading import channels as reading
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.staff.statement_page import found


def travel_show(request: Request, number: int) -> HttpResponse:
    """GET statements/<number>/travel"""
    statement = found(request, number)
    seen = reading.travel(statement)
    share = round(100 * seen.reached / seen.audience) if seen.audience else None
    return render(request, "staff/travel.html", {"statement": statement, "travel": seen, "share": share})
