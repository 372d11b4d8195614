"""Say that one is away: whoever follows in the rotation is on duty instead. No reason is asked."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput, NotAllowed
from answerable.store import duty
from answerable.store.models import Person
from answerable.store.reading.units import colleague, people_of
from answerable.web import calendar_upload
from answerable.web.moments import read_moment
from answerable.web.pages import go, permitted, render
from answerable.web.request import Request, staff


def absence_add(request: Request) -> HttpResponse:
    """GET the form, POST the span; for oneself, or for a colleague by who may change duty."""
    me = staff(request)
    values = {name: request.POST.get(name, "")[:40] for name in ("person", "start", "end")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        start, end = read_moment(values["start"], request.texts), read_moment(values["end"], request.texts)
        person = _person(me, values["person"])
        if person is not None and calendar_upload.given(request):
            return _by_calendar(request, me, person, values)
        if start is None or end is None or person is None:
            errors["start"] = request.texts.gettext("Say who is away, from when and until when.")
        else:
            try:
                duty.absent(me, person, start, end, now=request.now)
            except (BadInput, NotAllowed) as error:
                errors["start"] = request.texts.gettext(str(error))
            else:
                said = request.texts.gettext("Saved: %(name)s is away then.", name=person.name)
                return go(request, "duty", said)
    return _show(request, me, values, errors)


def _by_calendar(request: Request, me: Person, person: Person, values: dict[str, str]) -> HttpResponse:
    t = request.texts
    try:
        count = duty.absent_by_calendar(me, person, calendar_upload.spans(request), now=request.now)
    except (BadInput, NotAllowed) as error:
        return _show(request, me, values, {"file": t.gettext(str(error))})
    said = t.ngettext(
        "%(num)s time of %(name)s is taken over.",
        "%(num)s times of %(name)s are taken over.",
        count,
        name=person.name,
    )
    return go(request, "duty", said)


def _show(request: Request, me: Person, values: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    others = people_of(me.unit) if permitted(request)("duty.change") else []
    people = [(me.pk, me.name), *((pk, name) for pk, name in others if pk != me.pk)]
    names = {"people": people, "values": values, "errors": errors}
    return render(request, "staff/absence_add.html", names, status=400 if errors else 200)


def _person(me: Person, number: str) -> Person | None:
    if number in {"", str(me.pk)}:
        return me
    return colleague(me, int(number)) if number.isdecimal() and len(number) < 12 else None
