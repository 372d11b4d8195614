"""Let a person sign in again."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import people
from answerable.store.reading.units import colleague
from answerable.web.pages import go
from answerable.web.request import Request, staff


def person_reactivate(request: Request, number: int) -> HttpResponse:
    """POST; the old password works again, or a new link."""
    person = colleague(staff(request), number)
    if person is None:
        raise Http404
    people.reactivate(staff(request), person, reason="back", now=request.now)
    said = request.texts.gettext("%(name)s can sign in again.", name=person.name)
    return go(request, "units", said, anchor=f"unit-{person.unit_id}")
