"""Pages for what went wrong: what happened, what is safe, what to do, in the reader's words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from answerable.errors import AnswerableError, BadInput, Conflict, NotAllowed
from answerable.web.pages import render
from answerable.web.request import STAFF_PATHS, Request, person_of
from answerable.web.texts import Texts, negotiate, zone_of

STATUS: tuple[tuple[type[AnswerableError], int], ...] = ((NotAllowed, 403), (Conflict, 409), (BadInput, 400))


def trouble(request: Request, error: Exception) -> HttpResponse | None:
    """The page of an error that a person can do something about; None for every other."""
    for kind, status in STATUS:
        if isinstance(error, kind):
            heading = {
                403: request.texts.gettext("This is not open to you"),
                409: request.texts.gettext("Somebody was faster"),
                400: request.texts.gettext("This could not be saved"),
            }[status]
            return _page(request, status, heading, request.texts.gettext(str(error)))
    return None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's)
    """404, also for what exists but is not this reader's."""
    ready = _ready(request)
    t = ready.texts
    return _page(
        ready,
        404,
        t.gettext("There is no such page"),
        t.gettext("The address may be old or mistyped. Nothing was lost."),
    )


def gone(request: Request) -> HttpResponse:
    """410: what stood at this address was erased for good."""
    t = request.texts
    said = t.gettext("What stood here was taken out for good. What cites it still shows its hash.")
    return _page(request, 410, t.gettext("This was erased"), said)


def too_long(request: Request, most: int) -> HttpResponse:
    """413: more than `most` bytes were sent."""
    t = request.texts
    said = t.gettext(
        "At most %(most)s can be sent here at once. Nothing was kept: go back and choose a smaller file.",
        most=t.size(most),
    )
    return _page(request, 413, t.gettext("This is too long"), said)


def failed(request: HttpRequest) -> HttpResponse:
    """500: ours."""
    ready = _ready(request)
    t = ready.texts
    said = t.gettext(
        "This is our mistake, and it was written to the log. Nothing you saved was lost; try again."
    )
    try:
        return _page(ready, 500, t.gettext("The page could not be made"), said)
    except Exception:  # noqa: BLE001 (what broke the page may break its frame as well)
        return HttpResponse(said, status=500, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's)
    """400 from the framework: a request no browser of ours makes."""
    ready = _ready(request)
    t = ready.texts
    return _page(ready, 400, t.gettext("The request could not be read"), t.gettext("Go back and try again."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's)
    """403: the form was old, or it did not come from our page."""
    ready = _ready(request)
    t = ready.texts
    said = t.gettext("Nothing was changed. Go back, load the page again and repeat it.")
    return _page(ready, 403, t.gettext("The form was too old"), said)


def _ready(plain: HttpRequest) -> Request:
    """A request that failed before the frame was made still gets a page."""
    request = cast("Request", plain)
    if not hasattr(request, "texts"):
        request.now = datetime.now(UTC)
        request.exercise = False
        request.may = None
        request.unit = None
        request.texts = Texts(
            negotiate(accept=request.headers.get("Accept-Language", "")), zone_of("UTC"), request.now
        )
    return request


def _page(request: Request, status: int, heading: str, sentence: str) -> HttpResponse:
    names: dict[str, Any] = {"heading": heading, "sentence": sentence, "status": status}
    inside = person_of(request) is not None and request.path.startswith(STAFF_PATHS)
    return render(request, "staff/trouble.html" if inside else "public/trouble.html", names, status=status)
