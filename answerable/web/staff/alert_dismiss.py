"""Dismiss an alert: nothing to do here, for a reason from a short list."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import alerts
from answerable.store.reading.story import alert_items
from answerable.web.pages import go
from answerable.web.request import Request, staff

REASONS = ("false_alarm", "known_matter", "not_ours")


def dismiss(request: Request, number: int) -> HttpResponse:
    """POST: the story stays, and so does the record of the alert."""
    counted = alert_items(number, request.exercise)
    if counted is None:
        raise Http404
    wished = request.POST.get("reason", "")
    reason = wished if wished in REASONS else REASONS[0]
    alerts.dismiss(staff(request), number, reason=reason, now=request.now)
    said = request.texts.gettext(
        "Alert %(number)s is dismissed. The story and the record stay.", number=number
    )
    return go(request, "story", said, number=counted[0])
