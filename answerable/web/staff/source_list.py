"""Whom do we hear? Every source with its health: when it last answered, what is wrong, when we try again."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import drills, sources
from answerable.store.reading.sources import source_lines
from answerable.web.pages import render
from answerable.web.request import Request

WELL = ("heard", "due", "file")


def source_list(request: Request) -> HttpResponse:
    """GET all sources, or with ?show=deaf those we do not hear."""
    every = source_lines(request.now, exercise=request.exercise)
    deaf = request.GET.get("show") == "deaf"
    heard, asked = sources.heard_of_all(request.now, request.exercise)
    names = {
        "lines": [line for line in every if not deaf or line.state not in WELL],
        "all": len(every),
        "deaf": sum(line.state not in WELL for line in every),
        "show_deaf": deaf,
        "heard": heard,
        "asked": asked,
        "drill": drills.current() if request.exercise else None,
    }
    return render(request, "staff/sources.html", names)
