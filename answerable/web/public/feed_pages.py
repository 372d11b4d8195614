"""The feeds: every statement that stands, with its corrections, and the ledger's head of each day."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.web.request import Request


def atom(request: Request) -> HttpResponse:
    """GET /feed.atom"""
    return HttpResponse(b"", content_type="application/atom+xml; charset=utf-8")


def json_feed(request: Request) -> HttpResponse:
    """GET /feed.json"""
    return HttpResponse(b"", content_type="application/feed+json; charset=utf-8")
