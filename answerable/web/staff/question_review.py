"""A second look at what a flagged question found (promise 10): lawful criticism, or a matter of service?"""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.store import questions
from answerable.store.models import QuestionSample
from answerable.store.reading.items import items_by_id
from answerable.store.reading.questions import one_sample
from answerable.web.pages import go, permitted, render
from answerable.web.request import Request, staff
from answerable.web.staff.question_show import question_of

COUNTS = ("criticism", "service", "neither")


def question_review(request: Request, number: int, sample: int) -> HttpResponse:
    """GET the sample with its form, POST the finding. Who wrote the question reads and cannot answer."""
    seen = question_of(request, number)
    drawn = one_sample(seen, sample)
    if drawn is None:
        raise Http404
    names = (*COUNTS, "finding", "outcome")
    values = {name: request.POST.get(name, "").strip()[:2000] for name in names}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _record(request, drawn, values)
        except BadInput as error:
            field = (
                "finding"
                if "finding" in str(error)
                else "outcome"
                if "follows" in str(error)
                else "criticism"
            )
            errors[field] = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("The finding is recorded, and everybody can read it.")
            if not permitted(request)(Permission.DESK_READ):
                return go(request, "oversight", said)
            return go(request, "question", said, number=number)
    found = items_by_id(drawn.items)
    names_ = {
        "question": seen,
        "sample": drawn,
        "items": [found[one] for one in drawn.items if one in found],
        "left": sum(one not in found for one in drawn.items),
        "own": staff(request).pk in (seen.created_by_id, seen.changed_by_id),
        "values": values,
        "errors": errors,
    }
    return render(request, "staff/question_review.html", names_, status=400 if errors else 200)


def _record(request: Request, sample: QuestionSample, values: dict[str, str]) -> None:
    counts = {
        name: int(values[name]) if values[name].isascii() and values[name].isdecimal() else -1
        for name in COUNTS
    }
    questions.record_finding(
        staff(request),
        sample,
        criticism=counts["criticism"],
        service=counts["service"],
        neither=counts["neither"],
        finding=values["finding"],
        outcome=values["outcome"],
        reason="review",
        now=request.now,
    )
