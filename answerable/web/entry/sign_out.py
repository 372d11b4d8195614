"""Sign out: ends the session here and on the server."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect

from answerable.store import desk_sessions
from answerable.web.entry.entering import NUMBER
from answerable.web.pages import link
from answerable.web.request import Request


def sign_out(request: Request) -> HttpResponse:
    """POST only, so that no foreign page can do it."""
    number = request.session.get(NUMBER)
    if isinstance(number, int):
        desk_sessions.signed_out(number, request.now)
    logout(request)
    return HttpResponseRedirect(link(False, "entry:sign_in"))
