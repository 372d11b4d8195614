"""How am I reached? The reader's own ways, each with a test and its receipt; quiet hours, part in drills."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse

from answerable.store import ways
from answerable.store.reading.notices import order_seen, ways_seen
from answerable.web.pages import render
from answerable.web.request import Request, staff

KINDS = ("mail", "ntfy", "matrix", "slack", "wecom", "feishu", "json")


def reach(request: Request) -> HttpResponse:
    """GET"""
    return page(request)


def page(
    request: Request,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    hours: ways.Hours | None = None,
) -> HttpResponse:
    """The page, also after a form with mistakes. A secret that was typed is never shown again."""
    person = staff(request)
    return render(
        request,
        "staff/reach.html",
        {
            "ways": ways_seen(person),
            "kinds": KINDS,
            "errors": dict(errors or {}),
            "typed": {"kind": "mail", "address": "", **(typed or {})},
            "hours": hours or ways.hours_of(person),
            "order": order_seen(person.unit, request.now),
            "mail": bool(settings.ANSWERABLE.smtp_host),
        },
        status=400 if errors else 200,
    )
