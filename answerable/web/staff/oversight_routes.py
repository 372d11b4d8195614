"""Addresses of what the overseer reads and answers. Real only: a drill is not supervised."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import oversight_show, sealed_show

_mine = needs(Permission.FINDING_RECORD, "GET", "POST")

ROUTES: tuple[URLPattern, ...] = (
    path("oversight", needs(Permission.OVERSIGHT_READ)(oversight_show.page), name="oversight"),
    path("oversight.csv", needs(Permission.OVERSIGHT_READ)(oversight_show.export), name="oversight_export"),
    path("oversight/key", _mine(sealed_show.office_key), name="office_key"),
    path("oversight/sealed", needs(Permission.FINDING_RECORD)(sealed_show.sealed_list), name="sealed_list"),
    path("oversight/sealed/<int:number>", _mine(sealed_show.sealed_one), name="sealed_one"),
    path(
        "oversight/sealed/<int:number>/file",
        needs(Permission.FINDING_RECORD)(sealed_show.sealed_file),
        name="sealed_file",
    ),
    path(
        "oversight/<str:kind>/<int:number>",
        needs(Permission.FINDING_RECORD, "GET", "POST")(oversight_show.finding),
        name="finding",
    ),
)
