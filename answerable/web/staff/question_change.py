"""Change a standing question. What its old words found leaves; the new ones look back."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import AnswerableError
from answerable.store import questions
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff.question_form import form, mistakes, tried, wanted, written
from answerable.web.staff.question_show import question_of


def question_change(request: Request, number: int) -> HttpResponse:
    """GET the form; POST `try` shows what it would find, POST `save` changes. The owner unit stays."""
    seen = question_of(request, number)
    if request.method != "POST":
        values = {
            "name": seen.name,
            "purpose": seen.purpose,
            "purpose_text": seen.purpose_text,
            "words": seen.words,
            "examples": ", ".join(map(str, seen.examples)),
            "unit": str(seen.unit_id),
            "look_back_days": str(seen.look_back_days),
        }
        return form(request, values, {}, number=number, version=seen.version)
    values = written(request)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 9 else 0
    try:
        asked = wanted(request, values)
        if "try" in request.POST:
            return form(request, values, {}, trial=tried(request, asked), number=number, version=version)
        questions.change(staff(request), seen, asked, version=version, reason="change", now=request.now)
    except AnswerableError as error:
        if error.exit_code != 2:
            raise
        return form(request, values, mistakes(request, values, error), number=number, version=version)
    said = request.texts.gettext("The question is changed, and looks back in the minutes to come.")
    return go(request, "question", said, number=number)
