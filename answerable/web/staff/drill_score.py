"""How fast were we in the exercise? First human, holding line and statement, against their targets."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading.exercise_scores import scores
from answerable.web.pages import render
from answerable.web.request import Request, staff


def score(request: Request) -> HttpResponse:
    """GET /exercise/drill/score"""
    return render(request, "staff/drill_score.html", {"scores": scores(staff(request))})
