"""Addresses of the media desk, relative to /desk/ and /exercise/."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import press_desk

_reads = needs(Permission.DESK_READ)

ROUTES: tuple[URLPattern, ...] = (
    path("press", _reads(press_desk.page), name="press"),
    path("press.<str:kind>", needs(Permission.REPORT_EXPORT)(press_desk.export), name="press_export"),
    path("press/new", needs(Permission.STATEMENT_WRITE, "GET", "POST")(press_desk.ask), name="press_ask"),
    path("press/answer", needs(Permission.STATEMENT_PUBLISH, "POST")(press_desk.answer), name="press_answer"),
    path("press/sides", _reads(press_desk.sides), name="press_sides"),
    path(
        "press/sides/<int:number>",
        needs(Permission.STATEMENT_WRITE, "POST")(press_desk.point),
        name="press_point",
    ),
    path("press/digest", _reads(press_desk.digest), name="press_digest"),
)
