"""Pause a standing question, and resume it: what it found stays, and nothing is missing afterwards."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import questions
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff.question_show import question_of

REASONS = ("not_needed", "too_much", "wrong_words", "flagged")


def question_pause(request: Request, number: int) -> HttpResponse:
    """POST with one of the reasons; leads back to the question."""
    seen = question_of(request, number)
    questions.pause(staff(request), seen, reason=reason_of(request), now=request.now)
    said = request.texts.gettext("The question is paused. What it found stays.")
    return go(request, "question", said, number=number)


def question_resume(request: Request, number: int) -> HttpResponse:
    """POST; it looks back, so that what came in the meantime is found as well."""
    questions.resume(staff(request), question_of(request, number), reason="resume", now=request.now)
    said = request.texts.gettext("The question is asked from now on, and looks back in the minutes to come.")
    return go(request, "question", said, number=number)


def reason_of(request: Request) -> str:
    """The reason that was chosen, a code for the ledger."""
    chosen = request.POST.get("reason", "")
    return chosen if chosen in REASONS else REASONS[0]
