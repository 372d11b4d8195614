"""Was this helpful? One tap, without a name: a random token stays in the browser from the first vote on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from answerable.store import answer_votes
from answerable.store.keyring import Keyring
from answerable.web.errors import csrf_failed
from answerable.web.public import form_seal
from answerable.web.public.rumour_page import found, shown
from answerable.web.request import Request

COOKIE = "voter"
PER_HOUR = 30


@csrf_exempt  # the seal of the page takes its place
def helpful(request: Request, number: int) -> HttpResponse:
    """POST /rumours/<number>/helpful, helped=yes|no"""
    if form_seal.read_seal(request) is None:
        return csrf_failed(request)
    rumour, version = found(number)
    _ = request.texts.gettext
    said = request.POST.get("helped", "")
    if said not in ("yes", "no"):
        return shown(request, number, trouble=_("Did it help? Choose one."), status=400)
    if form_seal.too_many(request, "helpful", PER_HOUR):
        trouble = _("Many votes came from your connection within the hour. Try again later.")
        return shown(request, number, trouble=trouble, status=429)
    token = request.COOKIES.get(COOKIE, "")[:40] or answer_votes.new_token()
    ring = Keyring.open(settings.ANSWERABLE.home)
    answer_votes.vote(rumour.id, version.number, token, helped=said == "yes", ring=ring, now=request.now)
    response = shown(request, number, said=_("Thank you. Your vote is counted without a name."))
    response.set_cookie(
        COOKIE,
        token,
        max_age=answer_votes.KEPT,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return response
