"""A one-time link: opening it shows whom it is for and a button; only the button uses it up.

Mail scanners and previews open links, so a GET must not spend it.
"""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from answerable.errors import NotAllowed
from answerable.store import people
from answerable.web.entry.entering import enter
from answerable.web.pages import link, render
from answerable.web.request import Request


def once(request: Request, token: str) -> HttpResponse:
    """GET asks, POST redeems, signs in and leads to the page that sets a password."""
    if request.method != "POST":
        holder = people.link_holder(token, request.now)
        return render(request, "entry/once.html", {"holder": holder}, status=200 if holder else 410)
    try:
        person = people.redeem(token, request.now)
    except NotAllowed:
        return render(request, "entry/once.html", {"holder": None}, status=410)
    enter(request, person, "link")
    return HttpResponseRedirect(link(False, "entry:password"))
