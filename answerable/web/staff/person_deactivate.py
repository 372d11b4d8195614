"""Deactivate a person: no further sign-in, at once; what they did stays in the record."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import people
from answerable.store.reading.units import colleague
from answerable.web.pages import go
from answerable.web.request import Request, staff


def person_deactivate(request: Request, number: int) -> HttpResponse:
    """POST; sessions of the person end with their next click."""
    person = colleague(staff(request), number)
    if person is None:
        raise Http404
    people.deactivate(staff(request), person, reason="left", now=request.now)
    said = request.texts.gettext(
        "%(name)s can no longer sign in. What they did stays in the record.", name=person.name
    )
    return go(request, "units", said, anchor=f"unit-{person.unit_id}")
