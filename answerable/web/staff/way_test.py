"""Send the reader a test message by one of their ways; its receipt appears beside it."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import notices
from answerable.web.pages import go
from answerable.web.request import Request, staff


def way_test(request: Request, number: int) -> HttpResponse:
    """POST: goes out within a second or two."""
    notices.test(staff(request), number, request.now)
    said = request.texts.gettext("The test message is on its way. Reload the page to see its receipt.")
    return go(request, "reach", said)
