"""Acknowledge an alert: somebody looks at it now, and others see that."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import alerts
from answerable.store.reading.story import alert_items
from answerable.web.pages import go
from answerable.web.request import Request, staff


def acknowledge(request: Request, number: int) -> HttpResponse:
    """POST: the alert is mine to look at."""
    counted = alert_items(number, request.exercise)
    if counted is None:
        raise Http404
    alerts.acknowledge(staff(request), number, reason="looking", now=request.now)
    said = request.texts.gettext("You look at alert %(number)s now. Others see that.", number=number)
    return go(request, "story", said, number=counted[0])
