"""Addresses of cases: the list, one case, and what may be done with it."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import (
    calendar_change,
    case_answer,
    case_change,
    case_list,
    case_settle,
    case_show,
    post_invite,
    reply_bank,
)

_reads = needs(Permission.DESK_READ)
_works = needs(Permission.CASE_WORK, "POST")
_sends = needs(Permission.CASE_SEND, "POST")
_ONE = "cases/<int:number>"

REAL: tuple[URLPattern, ...] = (
    path("cases", _reads(case_list.page), name="cases"),
    path("cases.<str:kind>", needs(Permission.REPORT_EXPORT)(case_list.export), name="cases_export"),
    path(_ONE, _reads(case_show.page), name="case"),
    path(f"{_ONE}/take", _works(case_change.take), name="case_take"),
    path(f"{_ONE}/assign", _works(case_change.assign), name="case_assign"),
    path(f"{_ONE}/send-on", _works(case_change.send_on), name="case_send_on"),
    path(f"{_ONE}/pause", _works(case_change.pause), name="case_pause"),
    path(f"{_ONE}/resume", _works(case_change.resume), name="case_resume"),
    path(f"{_ONE}/merge", _works(case_change.merge), name="case_merge"),
    path(f"{_ONE}/leave-out", _works(case_change.leave_out), name="case_leave_out"),
    path(f"{_ONE}/answer", _works(case_answer.write), name="case_write"),
    path(f"{_ONE}/send", _works(case_answer.send), name="case_send"),
    path(f"{_ONE}/send-back", _sends(case_answer.send_back), name="case_send_back"),
    path(f"{_ONE}/reopen", _works(case_settle.reopen), name="case_reopen"),
    path(f"{_ONE}/explain", _works(case_settle.explain), name="case_explain"),
    path(f"{_ONE}/reply", _works(case_settle.reply), name="case_reply"),
    path(f"{_ONE}/helped", _works(case_settle.helped), name="case_helped"),
    path(f"{_ONE}/show", _sends(case_settle.show), name="case_show_public"),
    path(f"{_ONE}/unshow", _sends(case_settle.unshow), name="case_unshow"),
    path("reply-texts", needs(Permission.CASE_WORK, "GET", "POST")(reply_bank.page), name="reply_texts"),
    path(
        "reply-texts/<int:number>/approve",
        needs(Permission.REPLY_APPROVE, "POST")(reply_bank.approve),
        name="reply_approve",
    ),
    path("reply-texts/<int:number>/retire", _works(reply_bank.retire), name="reply_retire"),
    path(
        "items/<int:number>/invite",
        needs(Permission.CASE_WORK, "GET", "POST")(post_invite.form),
        name="post_invite",
    ),
    path("contests/<int:number>/settle", _sends(case_settle.settle), name="case_settle"),
    path(
        "units/<int:number>/calendar",
        needs(Permission.DUTY_CHANGE, "GET", "POST")(calendar_change.form),
        name="calendar_change",
    ),
)
