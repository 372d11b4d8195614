"""Start the drill: a day in a fictional town begins to play in the exercise desk."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import drills
from answerable.web.pages import go
from answerable.web.request import Request, staff


def start_drill(request: Request) -> HttpResponse:
    """POST; leads to Now, where the first stories appear within a minute."""
    drills.start(actor=staff(request), reason="practice", now=request.now)
    return go(
        request,
        "exercise:now",
        request.texts.gettext("The drill begins. The first stories appear within a minute."),
    )
