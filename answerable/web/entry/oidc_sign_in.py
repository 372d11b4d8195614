"""Sign in by the organisation's own sign-in: off to it, and back with proof of who somebody is.

Off by a link, not by a form: our own rule for forms (`form-action 'self'`) lets none lead elsewhere.
"""

from __future__ import annotations

import logging
import math

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect

from answerable.errors import SourceTrouble
from answerable.store import identities
from answerable.store import sign_in as door
from answerable.web.entry import oidc
from answerable.web.entry.caller import caller
from answerable.web.entry.entering import enter
from answerable.web.entry.first_page import first_page, inside
from answerable.web.pages import link, render
from answerable.web.request import Request, person_of

LOG = logging.getLogger(__name__)
WAITING = "oidc_asked"
LASTS_S = 10 * 60


def oidc_begin(request: Request) -> HttpResponse:
    """GET: to the organisation's sign-in, with what only this browser can answer."""
    provider = oidc.provider()
    if provider is None:
        raise Http404
    wanted = inside(request.GET.get("next", ""))
    if person_of(request) is not None:
        return HttpResponseRedirect(wanted or first_page(person_of(request)))
    at = _door(request)
    wait = door.admit(at, request.now)
    if wait:
        return _trouble(request, "many", 429, math.ceil(wait.total_seconds() / 60))
    asked = oidc.Asked.fresh()
    try:
        place = provider.address(asked, _back())
    except (SourceTrouble, oidc.Unproven) as error:
        LOG.warning("The sign-in of the organisation cannot be used: %s", error)
        return _trouble(request, "away", 503)
    request.session.cycle_key()
    request.session[WAITING] = [
        asked.state,
        asked.nonce,
        asked.verifier,
        int(request.now.timestamp()),
        wanted,
    ]
    return HttpResponseRedirect(place)


def oidc_back(request: Request) -> HttpResponse:
    """GET: the organisation's sign-in sent the browser back. What waited for it counts once."""
    provider = oidc.provider()
    if provider is None:
        raise Http404
    held = request.session.pop(WAITING, None)
    if not isinstance(held, list) or request.now.timestamp() - held[3] > LASTS_S:
        return _trouble(request, "old", 400)
    asked, wanted = oidc.Asked(*held[:3]), inside(held[4])
    answer = {name: request.GET.get(name, "")[:4000] for name in ("state", "code", "iss", "error")}
    try:
        told = provider.told(asked, answer, _back(), request.now.timestamp())
    except SourceTrouble as error:
        LOG.warning("The sign-in of the organisation cannot be used: %s", error)
        return _trouble(request, "away", 503)
    except oidc.Unproven as error:
        LOG.warning("A sign-in by the organisation was refused: %s", error)
        return _trouble(request, "refused", 403)
    person = identities.person_of(provider.issuer, told.subject, told.login, request.now)
    if person is None:
        return _trouble(request, "unknown", 403)
    door.succeeded(_door(request))
    enter(request, person, "oidc")
    return HttpResponseRedirect(wanted or first_page(person))


def _back() -> str:
    """The one address that the issuer may send people to; it must know it beforehand."""
    return str(settings.ANSWERABLE.address) + link(False, "entry:oidc_back")


def _door(request: Request) -> door.Door:
    return door.Door(f"oidc:{caller(request)}", caller(request))


def _trouble(request: Request, why: str, status: int, minutes: int = 0) -> HttpResponse:
    return render(request, "entry/oidc.html", {"why": why, "minutes": minutes}, status=status)
