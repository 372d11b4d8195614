"""The language a person reads the desk in."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import people
from answerable.web.pages import go
from answerable.web.request import LANGUAGE_COOKIE, Request, staff
from answerable.web.texts import LANGUAGES, Texts


def language_set(request: Request) -> HttpResponse:
    """POST; holds on every machine, so the cookie of this one goes."""
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        raise BadInput("The desk does not speak this language: choose one of the list.")
    people.set_language(staff(request), language, request.now)
    t = Texts(language, request.texts.zone, request.now)
    response = go(request, "settings", t.gettext("The desk speaks English to you."))
    response.delete_cookie(LANGUAGE_COOKIE, samesite="Lax")
    return response
