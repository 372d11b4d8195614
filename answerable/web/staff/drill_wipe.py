"""Wipe the drill: every exercise row goes, and only the ledger remembers that there was one."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import drills
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def wipe_drill(request: Request) -> HttpResponse:
    """GET says what goes, POST asks the engine to remove it."""
    if request.method == "POST":
        drills.request_wipe(staff(request), reason="done", now=request.now)
        return go(
            request, "desk:now", request.texts.gettext("The drill is being removed. It takes a few seconds.")
        )
    drill = drills.current()
    names = {
        "drill": drill,
        "title": drills.title_of(drill) if drill else "",
        "items": drills.exercise_items(),
    }
    return render(request, "staff/drill_wipe.html", names)
