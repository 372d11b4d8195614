"""What needs somebody now, and what are people talking about?"""

from __future__ import annotations

from django.http import HttpResponse

from answerable.web.pages import render
from answerable.web.request import Request


def now(request: Request) -> HttpResponse:
    """GET /desk/"""
    return render(request, "staff/now.html", {})


def live(request: Request) -> HttpResponse:
    """GET the parts of Now that change, for htmx."""
    return render(request, "staff/now.html", {})
