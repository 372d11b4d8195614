"""Every address of the desk. Staff pages stand twice: /desk/ is what is real, /exercise/ is for drills."""

from __future__ import annotations

from django.urls import include, path

from answerable.web.api import routes as api
from answerable.web.entry import routes as entry
from answerable.web.public import routes as public
from answerable.web.staff import (
    alert_routes,
    answer_routes,
    case_routes,
    channel_routes,
    duty_routes,
    incident_routes,
    notice_routes,
    oversight_routes,
    press_routes,
    question_routes,
    report_routes,
    room_routes,
    told_routes,
)
from answerable.web.staff import routes as staff

STAFF = [
    *staff.ROUTES,
    *alert_routes.ROUTES,
    *answer_routes.ROUTES,
    *incident_routes.ROUTES,
    *report_routes.ROUTES,
    *notice_routes.ROUTES,
    *press_routes.ROUTES,
    *question_routes.ROUTES,
    *room_routes.ROUTES,
    *channel_routes.ROUTES,
]

REAL = [
    *staff.REAL,
    *notice_routes.REAL,
    *duty_routes.REAL,
    *alert_routes.REAL,
    *answer_routes.REAL,
    *told_routes.REAL,
    *case_routes.REAL,
    *channel_routes.REAL,
    *oversight_routes.ROUTES,
]

urlpatterns = [
    path("", include((list(public.ROUTES), "public"))),
    path("", include((list(entry.ROUTES), "entry"))),
    path("", include((list(api.ROUTES), "api"))),
    path(
        "desk/",
        include(([*STAFF, *REAL], "staff"), namespace="desk"),
    ),
    path("exercise/", include(([*STAFF, *staff.EXERCISE], "staff"), namespace="exercise")),
]

handler400 = "answerable.web.errors.bad_request"
handler404 = "answerable.web.errors.not_found"
handler500 = "answerable.web.errors.failed"
