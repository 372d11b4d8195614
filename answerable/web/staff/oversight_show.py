"""What must the desk answer for? The page of the overseer's office."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading.oversight import flagged
from answerable.web.pages import render
from answerable.web.request import Request, staff


def page(request: Request) -> HttpResponse:
    """GET oversight"""
    return render(request, "staff/oversight.html", {"flagged": flagged(staff(request))})
