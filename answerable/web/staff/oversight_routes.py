"""Addresses of what the overseer reads and answers. Real only: a drill is not supervised."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import oversight_show

ROUTES: tuple[URLPattern, ...] = (
    path("oversight", needs(Permission.OVERSIGHT_READ)(oversight_show.page), name="oversight"),
    path("oversight.csv", needs(Permission.OVERSIGHT_READ)(oversight_show.export), name="oversight_export"),
    path(
        "oversight/<str:kind>/<int:number>",
        needs(Permission.FINDING_RECORD, "GET", "POST")(oversight_show.finding),
        name="finding",
    ),
)
