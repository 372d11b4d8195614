"""Addresses of what programs read and send."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.web.api import open311
from answerable.web.guard import open_to_all

_open = open_to_all()
_V2 = "open311/v2"

ROUTES: tuple[URLPattern, ...] = (
    path("open311/discovery.<str:form>", _open(open311.discovery), name="open311_discovery"),
    path(f"{_V2}/services.<str:form>", _open(open311.services), name="open311_services"),
    path(f"{_V2}/services/<str:code>.<str:form>", _open(open311.service), name="open311_service"),
    path(f"{_V2}/requests.<str:form>", open_to_all("GET", "POST")(open311.requests), name="open311_requests"),
    path(f"{_V2}/requests/<str:number>.<str:form>", _open(open311.one_request), name="open311_request"),
    path(f"{_V2}/tokens/<str:token>.<str:form>", _open(open311.token), name="open311_token"),
)
