"""Addresses of rapid judgement, receipts and tasks, the same for real and drill."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import (
    conference_page,
    emergency_report,
    line_page,
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
_QUESTIONS = "incidents/<int:number>/questions"
_LINES = "incidents/<int:number>/lines"
_changes = needs(Permission.INCIDENT_CHANGE, "POST")
_writes = needs(Permission.STATEMENT_WRITE, "POST")

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
    path(_QUESTIONS, _reads(conference_page.page), name="conference"),
    path(f"{_QUESTIONS}/plan", _changes(conference_page.plan), name="conference_plan"),
    path(f"{_QUESTIONS}/expect", _writes(conference_page.expect), name="conference_expect"),
    path(f"{_QUESTIONS}/ask", _writes(conference_page.ask), name="conference_ask"),
    path(f"{_QUESTIONS}/give", _writes(conference_page.give), name="conference_give"),
    path(_LINES, _reads(line_page.page), name="shared_lines"),
    path(f"{_LINES}/write", _writes(line_page.write), name="line_write"),
    path(f"{_LINES}/units", _changes(line_page.link), name="units_link"),
    path(
        f"{_LINES}/<int:line>/approve",
        needs(Permission.STATEMENT_APPROVE, "POST")(line_page.approve),
        name="line_approve",
    ),
    path(f"{_LINES}/<int:line>/retire", _writes(line_page.retire), name="line_retire"),
    path(f"{_TASKS}", _reads(task_list.task_list), name="task_list"),
    path(f"{_TASKS}/add", needs(Permission.INCIDENT_CHANGE, "POST")(task_list.task_add), name="task_add"),
    path(f"{_TASKS}/tick", needs(Permission.INCIDENT_CHANGE, "POST")(task_list.task_tick), name="task_tick"),
)
