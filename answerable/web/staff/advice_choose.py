"""Respond, wait or watch: somebody on duty chooses, with the advice at hand or against it."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import advice
from answerable.store.reading.moment import reading_moment
from answerable.web.pages import go
from answerable.web.request import Request, staff


def choose_advice(request: Request, number: int) -> HttpResponse:
    """POST: the choice stands in the log, and what happens from now on is counted beside it."""
    moment = reading_moment(request.exercise, request.now)
    story = advice.choose(
        staff(request),
        number,
        request.POST.get("choice", ""),
        hour=moment.hour + 1,
        exercise=request.exercise,
        now=request.now,
    )
    said = request.texts.gettext("Your choice is in the log. What happens from now on is counted beside it.")
    return go(request, "story", said, number=story, anchor="next")
