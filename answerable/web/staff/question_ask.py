"""Ask a standing question: a purpose first, then words in any language, or more like chosen examples."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import AnswerableError
from answerable.store import questions
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff.question_form import choices, form, mistakes, tried, wanted, written


def question_ask(request: Request) -> HttpResponse:
    """GET the form; POST `try` shows what it would find, POST `save` asks from now on.

    ?q= brings the words of a search; ?story= and ?item= bring examples.
    """
    units = choices(request)
    if request.method != "POST":
        return form(request, _empty(request, str(units[0].pk) if units else ""), {})
    values = written(request)
    unit = next((unit for unit in units if str(unit.pk) == values["unit"]), None)
    if unit is None:
        return form(request, values, {"unit": request.texts.gettext("Choose the unit that asks.")})
    try:
        asked = wanted(request, values)
        if "try" in request.POST:
            return form(request, values, {}, trial=tried(request, asked))
        made = questions.create(
            staff(request), asked, unit=unit, exercise=request.exercise, reason="ask", now=request.now
        )
    except AnswerableError as error:
        if error.exit_code != 2:
            raise
        return form(request, values, mistakes(request, values, error))
    said = request.texts.gettext("The question is asked from now on, and looks back in the minutes to come.")
    return go(request, "question", said, number=made.pk)


def _empty(request: Request, unit: str) -> dict[str, str]:
    story, item = (request.GET.get(name, "")[:16] for name in ("story", "item"))
    examples = f"story {story}" if story.isdecimal() else item if item.isdecimal() else ""
    return {
        "name": "",
        "purpose": "",
        "purpose_text": "",
        "words": request.GET.get("q", "").strip()[:400],
        "examples": examples,
        "unit": unit,
        "look_back_days": "30",
    }
