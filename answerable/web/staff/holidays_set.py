"""Which days are holidays for a roster? Written one a line, or taken over from a calendar file."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import duty
from answerable.web import calendar_upload
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.duty_show import found


def holidays_set(request: Request, number: int) -> HttpResponse:
    """GET the days ahead, POST days= one a line, or file= a calendar, whose whole days join them."""
    roster = found(request, number)
    today = request.texts.local(request.now).date()
    ahead = sorted(day for day in roster.holidays if day >= today.isoformat())
    typed = request.POST.get("days", "")[:10_000] if request.method == "POST" else "\n".join(ahead)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if calendar_upload.given(request):
                days = [*(date.fromisoformat(day) for day in ahead), *calendar_upload.days(request)]
            else:
                days = [_day(line) for line in typed.split()]
            duty.set_holidays(staff(request), roster, days, now=request.now)
        except BadInput as error:
            errors["file" if calendar_upload.given(request) else "days"] = request.texts.gettext(str(error))
        else:
            return go(request, "duty", request.texts.gettext("Saved: these days are holidays."))
    names = {"roster": roster, "typed": typed, "errors": errors}
    return render(request, "staff/holidays.html", names, status=400 if errors else 200)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("Write each holiday as a date such as 2027-01-01, one a line.") from error
