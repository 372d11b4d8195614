"""Addresses of rapid judgement, receipts and tasks, the same for real and drill."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import (
    emergency_report,
    room_decide,
    room_page,
    task_list,
    told_explain,
    told_receive,
)

_reads = needs(Permission.DESK_READ)
_judges = needs(Permission.INCIDENT_JUDGE, "POST")
_ROOM = "rooms/<int:number>"
_EMERGENCY = "incidents/<int:number>/reports/<int:report>"
_TASKS = "incidents/<int:number>/tasks"

ROUTES: tuple[URLPattern, ...] = (
    path(
        "alerts/<int:number>/judge",
        needs(Permission.ALERT_DECIDE, "POST")(room_page.room_open),
        name="room_open",
    ),
    path("rooms", _reads(room_page.room_list), name="rooms"),
    path(_ROOM, _reads(room_page.room_page), name="room"),
    path(f"{_ROOM}/here", _judges(room_page.room_come), name="room_come"),
    path(f"{_ROOM}/assess", _judges(room_page.room_assess), name="room_assess"),
    path(
        f"{_ROOM}/decide",
        needs(Permission.INCIDENT_OPEN, "GET", "POST")(room_decide.room_decide),
        name="room_decide",
    ),
    path(
        "told/<int:number>/receive",
        needs(Permission.INCIDENT_CHANGE, "POST")(told_receive.told_receive),
        name="told_receive",
    ),
    path(
        "told/<int:number>/explain",
        needs(Permission.INCIDENT_CHANGE, "GET", "POST")(told_explain.told_explain),
        name="told_explain",
    ),
    path(
        "incidents/<int:number>/report",
        needs(Permission.INCIDENT_CHANGE, "GET", "POST")(emergency_report.form),
        name="emergency_form",
    ),
    path(_EMERGENCY, _reads(emergency_report.page), name="emergency_page"),
    path(f"{_EMERGENCY}.docx", needs(Permission.REPORT_EXPORT)(emergency_report.file), name="emergency_file"),
    path(f"{_TASKS}", _reads(task_list.task_list), name="task_list"),
    path(f"{_TASKS}/add", needs(Permission.INCIDENT_CHANGE, "POST")(task_list.task_add), name="task_add"),
    path(f"{_TASKS}/tick", needs(Permission.INCIDENT_CHANGE, "POST")(task_list.task_tick), name="task_tick"),
)
