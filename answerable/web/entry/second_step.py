"""The second step of signing in: a code from the person's app, or a spare code from paper.

The password was right, but nobody is signed in yet. The step counts tries as the first one does.
"""

from __future__ import annotations

import math

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect

from answerable.store import code_apps
from answerable.store import sign_in as door
from answerable.store.keyring import Keyring
from answerable.store.models import Person
from answerable.store.reading.frame import person_by_id
from answerable.web.entry.caller import caller
from answerable.web.entry.entering import enter
from answerable.web.entry.first_page import first_page, inside
from answerable.web.pages import link, render
from answerable.web.request import Request

WAITING = "second_step"
LASTS_S = 10 * 60


def await_code(request: Request, person: Person, wanted: str) -> HttpResponse:
    """Remember who typed the right password, and ask for the code."""
    request.session.cycle_key()
    request.session[WAITING] = [person.pk, int(request.now.timestamp()), wanted]
    return HttpResponseRedirect(link(False, "entry:second_step"))


def second_step(request: Request) -> HttpResponse:
    """GET asks for the code, POST signs in with it. Without a right password before, back to the start."""
    person, wanted = _waiting(request)
    if person is None:
        return HttpResponseRedirect(link(False, "entry:sign_in"))
    if request.method != "POST":
        return _form(request, status=200)
    at = door.Door(f"code:{person.login}", caller(request), "")
    wait = door.admit(at, request.now)
    if wait:
        return _form(request, status=429, minutes=math.ceil(wait.total_seconds() / 60))
    keyring = Keyring.open(settings.ANSWERABLE.home)
    if not code_apps.proves(person, request.POST.get("code", "")[:40], keyring=keyring, now=request.now):
        return _form(request, status=400)
    door.succeeded(at)
    request.session.pop(WAITING, None)
    enter(request, person, "code")
    return HttpResponseRedirect(inside(wanted) or first_page(person))


def _waiting(request: Request) -> tuple[Person | None, str]:
    held = request.session.get(WAITING)
    if not isinstance(held, list) or request.now.timestamp() - held[1] > LASTS_S:
        return None, ""
    return person_by_id(held[0]), held[2]


def _form(request: Request, *, status: int, minutes: int = 0) -> HttpResponse:
    return render(
        request, "entry/second_step.html", {"wrong": status == 400, "minutes": minutes}, status=status
    )
