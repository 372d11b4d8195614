"""Sign in with login and password. A wrong pair gets one calm sentence, and takes as long as a right one."""

from __future__ import annotations

from django.contrib.auth import authenticate, login
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from answerable.store import drills, sources
from answerable.store.models import Person
from answerable.web.pages import link, render
from answerable.web.request import STAFF_PATHS, Request, person_of


def sign_in(request: Request) -> HttpResponse:
    """GET the form, POST to sign in and go on to where the person wanted to be."""
    wanted = _inside(request.POST.get("next") or request.GET.get("next") or "")
    if request.method != "POST":
        if person_of(request):
            return HttpResponseRedirect(wanted)
        return render(request, "entry/sign_in.html", {"next": wanted, "login": "", "wrong": False})
    name = request.POST.get("login", "").strip()[:150]
    # Django hashes also for a login nobody has, so that the time taken does not tell.
    person = authenticate(request, username=name, password=request.POST.get("password", "")[:1000])
    if not isinstance(person, Person):
        return render(
            request, "entry/sign_in.html", {"next": wanted, "login": name, "wrong": True}, status=400
        )
    login(request, person)
    return HttpResponseRedirect(wanted)


def _inside(address: str) -> str:
    """An address of the desk itself; anything else leads to Now."""
    if address.startswith(STAFF_PATHS) and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return first_page()


def first_page() -> str:
    """Now; and on a desk that hears nothing real yet, the drill's Now, which is alive."""
    practising = sources.is_first_real() and drills.current() is not None
    return link(practising, "now")
