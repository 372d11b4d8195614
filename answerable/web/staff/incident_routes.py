"""Addresses of incidents and statements, relative to /desk/ and /exercise/."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import (
    clock_explain,
    conference_record,
    dispute_settle,
    incident_growth,
    incident_hand_over,
    incident_list,
    incident_open,
    incident_page,
    incident_take,
    level_change,
    note_add,
    owner_dispute,
    state_change,
    statement_list,
    statement_page,
    statement_write,
    timeline_list,
    version_approve,
    version_edit,
    version_forms,
    version_leave,
    version_publish,
    version_send_back,
    version_submit,
    voice_reply,
)
from answerable.web.staff import statement_correct as correct

_reads = needs(Permission.DESK_READ)
_opens = needs(Permission.INCIDENT_OPEN, "GET", "POST")
_changes = needs(Permission.INCIDENT_CHANGE, "POST")
_changes_by_form = needs(Permission.INCIDENT_CHANGE, "GET", "POST")
_writes = needs(Permission.STATEMENT_WRITE, "GET", "POST")
_submits = needs(Permission.STATEMENT_WRITE, "POST")
_approves = needs(Permission.STATEMENT_APPROVE, "POST")
_publishes = needs(Permission.STATEMENT_PUBLISH, "POST")
_publishes_by_form = needs(Permission.STATEMENT_PUBLISH, "GET", "POST")

_INCIDENT = "incidents/<int:number>"
_VERSION = "statements/<int:number>/versions/<int:version>"

ROUTES: tuple[URLPattern, ...] = (
    path("incidents", _reads(incident_list.page), name="incidents"),
    path("incidents.csv", needs(Permission.REPORT_EXPORT)(incident_list.export), name="incidents_export"),
    path("incidents/new", _opens(incident_open.form), name="incident_open"),
    path(_INCIDENT, _reads(incident_page.page), name="incident"),
    path(f"{_INCIDENT}/take", _changes(incident_take.post), name="incident_take"),
    path(f"{_INCIDENT}/note", _changes(note_add.post), name="note_add"),
    path(f"{_INCIDENT}/growth", _reads(incident_growth.growth_show), name="incident_growth"),
    path(f"{_INCIDENT}/timeline", _reads(timeline_list.timeline_list), name="timeline"),
    path(
        f"{_INCIDENT}/timeline.<str:kind>",
        needs(Permission.REPORT_EXPORT)(timeline_list.timeline_export),
        name="timeline_export",
    ),
    path(f"{_INCIDENT}/hand-over", _changes_by_form(incident_hand_over.form), name="incident_hand_over"),
    path(f"{_INCIDENT}/dispute", _changes_by_form(owner_dispute.form), name="owner_dispute"),
    path(f"{_INCIDENT}/dispute/settle", _changes_by_form(dispute_settle.form), name="dispute_settle"),
    path(f"{_INCIDENT}/level", _changes_by_form(level_change.form), name="level_change"),
    path(f"{_INCIDENT}/state", _changes_by_form(state_change.form), name="state_change"),
    path(f"{_INCIDENT}/conference", _changes_by_form(conference_record.form), name="conference_record"),
    path(
        f"{_INCIDENT}/clocks/<int:clock>/explain", _changes_by_form(clock_explain.form), name="clock_explain"
    ),
    path("statements", _reads(statement_list.page), name="statements"),
    path("statements/new", _writes(statement_write.form), name="statement_write"),
    path("statements/<int:number>", _reads(statement_page.page), name="statement"),
    path("statements/<int:number>/correct", _writes(correct.form), name="statement_correct"),
    path("statements/<int:number>/replies/new", _writes(voice_reply.form), name="voice_reply"),
    path(f"{_VERSION}/edit", _writes(version_edit.form), name="version_edit"),
    path(f"{_VERSION}/submit", _submits(version_submit.post), name="version_submit"),
    path(f"{_VERSION}/send-back", _submits(version_send_back.post), name="version_send_back"),
    path(f"{_VERSION}/approve", _approves(version_approve.post), name="version_approve"),
    path(f"{_VERSION}/publish", _publishes(version_publish.post), name="version_publish"),
    path(f"{_VERSION}/plan", _publishes(version_leave.plan), name="version_plan"),
    path(f"{_VERSION}/call-off", _submits(version_leave.call_off), name="version_call_off"),
    path(f"{_VERSION}/alone", _publishes_by_form(version_leave.alone), name="version_alone"),
    path(f"{_VERSION}/owed", _approves(version_leave.settle), name="version_owed"),
    path(f"{_VERSION}/forms", _reads(version_forms.page), name="version_forms"),
    path(f"{_VERSION}/card-<int:place>.<str:kind>", _reads(version_forms.picture), name="version_card"),
    path(f"{_VERSION}/notice.pdf", _reads(version_forms.notice), name="version_printed"),
)
