"""A fresh one-time link for a colleague who cannot get in; older unused ones stop working."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import people
from answerable.store.reading.units import colleague
from answerable.web.pages import render
from answerable.web.request import Request, staff
from answerable.web.staff.person_invite import address_of


def person_link(request: Request, number: int) -> HttpResponse:
    """POST; answers with the page that shows the link, once."""
    person = colleague(staff(request), number)
    if person is None:
        raise Http404
    token = people.new_link(staff(request), person, reason="new_link", now=request.now)
    names = {"invited": person, "address": address_of(token), "again": True}
    return render(request, "staff/person_link.html", names)
