"""Sign in with a passkey: no login to type, no password, no code."""

from __future__ import annotations

import math

from django.http import HttpResponse, HttpResponseRedirect

from answerable.store import sign_in as door
from answerable.web.entry import passkey
from answerable.web.entry.caller import caller
from answerable.web.entry.entering import enter
from answerable.web.entry.first_page import first_page, inside
from answerable.web.pages import render
from answerable.web.request import Request, person_of


def passkey_sign_in(request: Request) -> HttpResponse:
    """GET asks the browser, POST signs in with what the authenticator signed."""
    wanted = inside(request.POST.get("next") or request.GET.get("next") or "")
    if person_of(request) is not None:
        return HttpResponseRedirect(wanted or first_page(person_of(request)))
    if request.method != "POST":
        return _form(request, wanted, status=200)
    at = door.Door(f"passkey:{caller(request)}", caller(request))
    wait = door.admit(at, request.now)
    if wait:
        return _form(request, wanted, status=429, minutes=math.ceil(wait.total_seconds() / 60))
    person = passkey.proven(request, request.POST.get("credential", ""))
    if person is None:
        return _form(request, wanted, status=400)
    door.succeeded(at)
    enter(request, person, "passkey")
    return HttpResponseRedirect(wanted or first_page(person))


def _form(request: Request, wanted: str, *, status: int, minutes: int = 0) -> HttpResponse:
    names = {
        "options": passkey.asking(request),
        "next": wanted,
        "wrong": status == 400,
        "minutes": minutes,
    }
    return render(request, "entry/passkey.html", names, status=status)
