"""Remove a standing question: it is asked no more, and what it found is taken apart."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import questions
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff.question_pause import reason_of
from answerable.web.staff.question_show import question_of


def question_remove(request: Request, number: int) -> HttpResponse:
    """POST with one of the reasons; leads to the list."""
    seen = question_of(request, number)
    questions.remove(staff(request), seen, reason=reason_of(request), now=request.now)
    said = request.texts.gettext("“%(name)s” is asked no more. The items themselves stay.", name=seen.name)
    return go(request, "questions", said)
