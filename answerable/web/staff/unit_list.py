"""Who works here, in which unit, with which roles, and who may speak for it in public?"""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading.units import tree
from answerable.web.pages import render
from answerable.web.request import Request, staff


def units(request: Request) -> HttpResponse:
    """GET the tree of the units the reader reaches."""
    return render(request, "staff/units.html", {"tree": tree(staff(request), request.now)})
