"""What search engines may read: the public pages, and nothing of the desk or a drill."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.web.request import Request

_RULES = (
    "User-agent: *\nDisallow: /desk/\nDisallow: /exercise/\nDisallow: /sign-in\nDisallow: /evidence/\n"
    "Disallow: /follow/\n"
)


def page(_request: Request) -> HttpResponse:
    """GET /robots.txt"""
    return HttpResponse(_RULES, content_type="text/plain; charset=utf-8")
