"""Sign in with login and password. A wrong pair gets one calm sentence, and takes as long as a right one.

After too many tries nobody's password is looked at for a while, whether the login exists or not.
"""

from __future__ import annotations

import math
import secrets

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from answerable.permissions import Permission
from answerable.store import drills, sources
from answerable.store import sign_in as door
from answerable.store.access import may
from answerable.store.models import Person
from answerable.web.entry.caller import caller
from answerable.web.pages import link, render
from answerable.web.request import STAFF_PATHS, Request, person_of

DEVICE_COOKIE = "device"
YEAR_S = 365 * 24 * 3600


def sign_in(request: Request) -> HttpResponse:
    """GET the form, POST to sign in and go on to where the person wanted to be."""
    wanted = _inside(request.POST.get("next") or request.GET.get("next") or "")
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
    login(request, person)
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
    names = {"next": wanted, "login": name, "wrong": status == 400, "minutes": minutes}
    return render(request, "entry/sign_in.html", names, status=status)


def _inside(address: str) -> str:
    """An address of the desk itself, or "" for any other."""
    if address.startswith(STAFF_PATHS) and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return ""


def first_page(person: Person | None) -> str:
    """Now; and on a desk that hears nothing real yet, the drill's Now, which is alive.

    Somebody outside the desk begins on the page of their office.
    """
    if may(person, Permission.OVERSIGHT_READ) and not may(person, Permission.DESK_READ):
        return link(False, "oversight")
    practising = sources.is_first_real() and drills.current() is not None
    return link(practising, "now")
