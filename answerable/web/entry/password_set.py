"""Choose a password, after a one-time link or whenever one wants another."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import desk_sessions, people
from answerable.web.entry.entering import NUMBER
from answerable.web.entry.first_page import first_page
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def password(request: Request) -> HttpResponse:
    """GET the form, POST to save; the session stays, every other session of this person ends."""
    person = staff(request)
    t = request.texts
    errors: dict[str, str] = {}
    if request.method == "POST":
        first, second = request.POST.get("password", ""), request.POST.get("again", "")
        if len(first) < 12:
            errors["password"] = t.gettext("Use at least 12 characters; several ordinary words are fine.")
        elif first != second:
            errors["again"] = t.gettext("The two passwords differ: type the same one twice.")
        else:
            try:
                people.set_password(person, first, request.now)
            except BadInput:
                errors["password"] = t.gettext(
                    "This password is too common or too like your name: choose another one."
                )
        if not errors:
            old = request.session.session_key or ""
            update_session_auth_hash(request, person)
            number = request.session.get(NUMBER)
            if isinstance(number, int):
                desk_sessions.rekeyed(person, number, old, request.session.session_key or "", request.now)
            said = t.gettext("Your password is set. Next time, sign in with %(login)s.", login=person.login)
            response = go(request, "desk:now", said)
            response.headers["Location"] = first_page(person)
            return response
    return render(request, "entry/password.html", {"errors": errors}, status=400 if errors else 200)
