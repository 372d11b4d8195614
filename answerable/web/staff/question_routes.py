"""Addresses of standing questions, the same for real and drill."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff.question_ask import question_ask
from answerable.web.staff.question_change import question_change
from answerable.web.staff.question_list import questions, questions_export
from answerable.web.staff.question_pause import question_pause, question_resume
from answerable.web.staff.question_remove import question_remove
from answerable.web.staff.question_review import question_review
from answerable.web.staff.question_show import question, question_export

_reads = needs(Permission.DESK_READ)
_exports = needs(Permission.REPORT_EXPORT)
_asks = needs(Permission.QUESTION_CHANGE, "POST")
_asks_by_form = needs(Permission.QUESTION_CHANGE, "GET", "POST")
_reviews = needs(Permission.QUESTION_REVIEW, "GET", "POST")
_ONE = "questions/<int:number>"

ROUTES: tuple[URLPattern, ...] = (
    path("questions", _reads(questions), name="questions"),
    path("questions.<str:kind>", _exports(questions_export), name="questions_export"),
    path("questions/new", _asks_by_form(question_ask), name="question_ask"),
    path(_ONE, _reads(question), name="question"),
    path(f"{_ONE}/items.<str:kind>", _exports(question_export), name="question_export"),
    path(f"{_ONE}/change", _asks_by_form(question_change), name="question_change"),
    path(f"{_ONE}/pause", _asks(question_pause), name="question_pause"),
    path(f"{_ONE}/resume", _asks(question_resume), name="question_resume"),
    path(f"{_ONE}/remove", _asks(question_remove), name="question_remove"),
    path(f"{_ONE}/samples/<int:sample>", _reviews(question_review), name="question_review"),
)
