"""Let somebody stand in for a while; or let two people swap their shifts."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import duty
from answerable.store.models import DutyRoster, Person
from answerable.web.moments import read_moment
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.duty_show import found

_FIELDS = ("instead_of", "start", "end", "person", "back_start", "back_end")


def stand_in_add(request: Request, number: int) -> HttpResponse:
    """GET the form, POST the span; with a second span the two swap."""
    roster = found(request, number)
    able = duty.able(roster.unit, roster.team)
    values = {name: (request.POST or request.GET).get(name, "")[:40] for name in _FIELDS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _change(request, roster, able, values)
        except BadInput as error:
            errors["start"] = request.texts.gettext(str(error))
        else:
            return go(
                request, "duty", request.texts.gettext("Saved: it holds whatever becomes of the rotation.")
            )
    names = {
        "roster": roster,
        "people": [(person.pk, person.name) for person in able],
        "values": values,
        "errors": errors,
    }
    return render(request, "staff/stand_in_add.html", names, status=400 if errors else 200)


def _change(request: Request, roster: DutyRoster, able: list[Person], values: dict[str, str]) -> None:
    by_id = {str(person.pk): person for person in able}
    leaving, coming = by_id.get(values["instead_of"]), by_id.get(values["person"])
    start, end = read_moment(values["start"], request.texts), read_moment(values["end"], request.texts)
    if leaving is None or coming is None or start is None or end is None:
        raise BadInput("Say who leaves, who comes, from when and until when.")
    if not (values["back_start"] or values["back_end"]):
        duty.stand_in(
            staff(request), roster, start=start, end=end, person=coming, instead_of=leaving, now=request.now
        )
        return
    back = _span(request, values["back_start"], values["back_end"])
    duty.swap(staff(request), roster, (leaving, start, end), (coming, *back), now=request.now)


def _span(request: Request, first: str, last: str) -> tuple[datetime, datetime]:
    start, end = read_moment(first, request.texts), read_moment(last, request.texts)
    if start is None or end is None:
        raise BadInput("A swap needs the beginning and the end of both shifts.")
    return start, end
