"""Addresses of what people tell us: the list, one message, notes of ours, forms for places."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import (
    form_list,
    inbox_group,
    inbox_list,
    told_file,
    told_list,
    told_show,
    told_write,
)

_reads = needs(Permission.DESK_READ)
_changes = needs(Permission.SUBMISSION_CHANGE, "POST")
_forms = needs(Permission.FORM_CHANGE, "GET", "POST")
_writes = needs(Permission.SUBMISSION_ADD, "GET", "POST")
_opens = Permission.CONTACT_OPEN
_ONE, _FORM = "told/<int:number>", "told/forms/<int:number>"
_FILE = f"{_ONE}/files/<int:file>"

REAL: tuple[URLPattern, ...] = (
    path("told", _reads(told_list.told), name="told"),
    path("told.<str:kind>", needs(Permission.REPORT_EXPORT)(told_list.told_export), name="told_export"),
    path("told/groups", _reads(inbox_list.page), name="inbox"),
    path("told/groups/<int:number>", _reads(inbox_group.show), name="inbox_group"),
    path("told/groups/<int:number>/decide", _changes(inbox_group.decide), name="inbox_decide"),
    path("told/groups/<int:number>/undo", _changes(inbox_group.undo), name="inbox_undo"),
    path("told/new", _writes(told_write.told_write), name="told_write"),
    path("told/notes-worker.js", needs(Permission.SUBMISSION_ADD)(told_write.worker), name="notes_worker"),
    path("told/forms", _reads(form_list.forms), name="forms"),
    path("told/forms/new", _forms(form_list.form_create), name="form_create"),
    path(_FORM, _reads(form_list.form), name="form"),
    path(f"{_FORM}.svg", _reads(form_list.form_code), name="form_code"),
    path(f"{_FORM}/close", needs(Permission.FORM_CHANGE, "POST")(form_list.form_close), name="form_close"),
    path(_ONE, _reads(told_show.show), name="told_one"),
    path(f"{_ONE}/read", _changes(told_show.read), name="told_read"),
    path(f"{_ONE}/contact", needs(_opens, "POST")(told_show.contact), name="told_contact"),
    path(f"{_FILE}/picture", needs(_opens)(told_file.picture), name="told_picture"),
    path(_FILE, needs(_opens, "POST")(told_file.take), name="told_file"),
    path(f"{_ONE}/show", _changes(told_show.shown), name="told_shown"),
    path(f"{_ONE}/unshow", _changes(told_show.unshown), name="told_unshown"),
)
