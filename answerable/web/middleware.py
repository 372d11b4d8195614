"""What holds for every page: headers that forbid everything foreign, one clock, one language, and the gate.

Everything below /desk/ and /exercise/ needs a signed-in person; nothing there is indexed or cached.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone

from answerable.store.reading.frame import top_unit
from answerable.web.errors import trouble
from answerable.web.request import LANGUAGE_COOKIE, STAFF_PATHS, Request, person_of
from answerable.web.texts import LANGUAGES, Texts, negotiate, zone_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers would then send "Origin: null" with our forms, which the CSRF check refuses.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
YEAR_S = 365 * 24 * 3600


class SecurityHeaders:
    """Outermost, so that also an error page carries them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith((*STAFF_PATHS, "/sign-in")):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Frame:
    """Reads the clock once, finds the reader's language and zone, and keeps the public out of the desk."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponseBase:
        request = cast("Request", plain)
        request.now = timezone.now()
        request.may = None
        request.exercise = request.path.startswith("/exercise/")
        if request.path.startswith("/static/"):
            return self.get_response(request)
        person = person_of(request)
        request.unit = person.unit if person else top_unit()
        asked = request.GET.get("lang", "")
        language = negotiate(
            asked,
            request.COOKIES.get(LANGUAGE_COOKIE, ""),
            person.language if person else "",
            accept=request.headers.get("Accept-Language", ""),
        )
        request.texts = Texts(
            language, zone_of(request.unit.timezone if request.unit else "UTC"), request.now
        )
        if person is None and request.path.startswith(STAFF_PATHS):
            return _to_sign_in(request)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.texts.tag)
        if asked in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, asked, max_age=YEAR_S, httponly=True, samesite="Lax")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal, a conflict or bad input becomes a page with its sentence; the rest is Django's 500."""
        return trouble(cast("Request", request), exception)


def _to_sign_in(request: Request) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A live fragment must not be replaced by a sign-in page: the whole page goes there.
        return HttpResponse(status=401, headers={"HX-Redirect": "/sign-in"})
    wanted = request.get_full_path() if request.method == "GET" else ""
    return HttpResponseRedirect("/sign-in" + (f"?{urlencode({'next': wanted})}" if wanted else ""))
