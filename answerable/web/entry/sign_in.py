"""Sign in with login and password. A wrong pair gets one calm sentence, and takes as long as a right one.

After too many tries nobody's password is looked at for a while, whether the login exists or not.
"""

from __future__ import annotations

import math
import secrets

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpResponse, HttpResponseRedirect

from answerable.store import code_apps
from answerable.store import sign_in as door
from answerable.store.models import Person
from answerable.web.entry import oidc
from answerable.web.entry.caller import caller
from answerable.web.entry.entering import enter
from answerable.web.entry.first_page import first_page, inside
from answerable.web.entry.second_step import await_code
from answerable.web.pages import render
from answerable.web.request import Request, person_of

DEVICE_COOKIE = "device"
YEAR_S = 365 * 24 * 3600


def sign_in(request: Request) -> HttpResponse:
    """GET the form, POST to sign in and go on to where the person wanted to be."""
    wanted = inside(request.POST.get("next") or request.GET.get("next") or "")
    if request.method != "POST":
        if person_of(request):
            return HttpResponseRedirect(wanted or first_page(person_of(request)))
        return _form(request, wanted, "", status=200)
    name = request.POST.get("login", "").strip()[:150]
    device = door.known_device(name, request.COOKIES.get(DEVICE_COOKIE, "")[:200])
    at = door.Door(name, caller(request), device)
    wait = door.admit(at, request.now)
    if wait:
        minutes = math.ceil(wait.total_seconds() / 60)
        response = _form(request, wanted, name, status=429, minutes=minutes)
        response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
        return response
    # Django hashes also for a login nobody has, so that the time taken does not tell.
    person = authenticate(request, username=name, password=request.POST.get("password", "")[:1000])
    if not isinstance(person, Person):
        return _form(request, wanted, name, status=400)
    door.succeeded(at)
    if code_apps.in_use(person):
        response = await_code(request, person, wanted)
    else:
        enter(request, person, "password")
        response = HttpResponseRedirect(wanted or first_page(person))
    if not device:
        response.set_cookie(
            DEVICE_COOKIE,
            door.device_of(name, secrets.token_urlsafe(12)),
            max_age=YEAR_S,
            path="/sign-in",
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )
    return response


def _form(request: Request, wanted: str, name: str, *, status: int, minutes: int = 0) -> HttpResponse:
    names = {
        "next": wanted,
        "login": name,
        "wrong": status == 400,
        "minutes": minutes,
        "organisation": oidc.provider() is not None,
    }
    return render(request, "entry/sign_in.html", names, status=status)
