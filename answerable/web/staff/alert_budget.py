"""How many false alarms a week does the body accept? And which lines say what concerns it?"""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import alert_rules
from answerable.store.reading.alert_weeks import bar_now
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

LONGEST = 200_000  # characters of a list of concerns


def alert_budget(request: Request) -> HttpResponse:
    """GET the form; POST the budget, or the lines (`lines` empty: the built-in ones again)."""
    held = bar_now(request.now, exercise=False)
    values = {"budget": f"{held.budget:g}", "lines": alert_rules.rules().concerns}
    errors: dict[str, str] = {}
    if request.method == "POST":
        field = "lines" if "lines" in request.POST else "budget"
        values[field] = request.POST.get(field, "")[:LONGEST]
        try:
            if field == "lines":
                alert_rules.set_concerns(staff(request), values["lines"], reason="page", now=request.now)
            else:
                alert_rules.set_budget(
                    staff(request), _number(values["budget"]), reason="page", now=request.now
                )
        except BadInput as error:
            errors[field] = request.texts.refusal(error)
        else:
            return go(
                request, "alerts", request.texts.gettext("Saved: it holds for every alert from now on.")
            )
    names = {"values": values, "errors": errors, "bar": held}
    return render(request, "staff/alert_budget.html", names, status=400 if errors else 200)


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        raise BadInput("Write a number, such as 2 or 0.5.") from error
