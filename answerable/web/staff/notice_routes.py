"""Addresses of being reached: one's own ways, whom a unit calls, and the notices."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import (
    call_order,
    hours_change,
    notice_list,
    reach_show,
    way_add,
    way_remove,
    way_test,
)

_own = needs(None, "POST")

ROUTES: tuple[URLPattern, ...] = (
    path("notices", needs(Permission.DESK_READ)(notice_list.notices), name="notices"),
    path(
        "notices.<str:kind>",
        needs(Permission.REPORT_EXPORT)(notice_list.notices_export),
        name="notices_export",
    ),
)

REAL: tuple[URLPattern, ...] = (
    path("settings/reach", needs(None)(reach_show.reach), name="reach"),
    path("settings/reach/hours", _own(hours_change.hours_change), name="hours_change"),
    path("settings/reach/ways", _own(way_add.way_add), name="way_add"),
    path("settings/reach/ways/<int:number>/test", _own(way_test.way_test), name="way_test"),
    path("settings/reach/ways/<int:number>/remove", _own(way_remove.way_remove), name="way_remove"),
    path(
        "units/<int:number>/calls",
        needs(Permission.DUTY_CHANGE, "GET", "POST")(call_order.call_order),
        name="call_order",
    ),
)
