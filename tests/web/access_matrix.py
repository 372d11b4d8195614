"""Who may open what: one row for each route. A route without a row here fails the build.

Columns: methods; the actors who may; how the address is filled. Everybody else is sent to the sign-in
(nobody, gone) or refused (403). `matter` rows belong to the council: who works elsewhere gets 404.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Every role of the council, the stranger Charlie with his head and a writer in Water Services, Pia in Parks beside.
ACTORS = (
    "nobody",
    "gone",
    "bare",
    "otto",
    "wes",
    "dan",
    "mo",
    "lena",
    "cleo",
    "charlie",
    "pia",
    "hugo",
    "carol",
    "hana",
    "bob",
    "alice",
)
STRANGERS = frozenset({"nobody", "gone"})  # never signed in, deactivated
ELSEWHERE = frozenset({"wes", "charlie", "pia", "hugo"})  # units below the council: its matters do not exist
OFFICERS = frozenset({"charlie", "pia", "hugo", "carol", "hana", "bob", "alice"})
READERS = OFFICERS | {"wes", "dan", "mo", "lena", "cleo"}  # any role of the desk
OVERSEERS = frozenset({"otto"})  # outside the desk
STAFF = READERS | OVERSEERS | {"bare"}  # signed in, also without a role
WRITERS = OFFICERS | {"dan", "wes", "cleo"}
DECIDERS = OFFICERS | {"mo"}
OPENERS = DECIDERS | {"lena", "cleo"}
JUDGES = OFFICERS | {"dan", "wes", "mo", "cleo"}  # every team that is on duty
LISTENERS = frozenset({"charlie", "pia", "carol", "alice"})
SPEAKERS = frozenset({"bob", "hana", "hugo"})
ADMINISTRATORS = frozenset({"alice"})
CASE_WORKERS = OFFICERS | {"cleo"}
CASE_SENDERS = frozenset({"bob", "hana", "hugo"})
RULERS = frozenset({"hana", "hugo", "alice"})  # heads and administrators


@dataclass(frozen=True)
class Row:
    """One route. `matter` means that it shows or changes a matter of the council."""

    who: frozenset[str] | None  # None: everybody
    methods: tuple[str, ...] = ("GET",)
    fill: dict[str, object] = field(default_factory=dict)
    matter: bool = False
    sealed: bool = False  # a public form whose own seal stands for Django's token: without it, 403
    bare: bool = False  # for programs: no cookie gives a right there, so there is nothing a token would guard


GET, POST, FORM = ("GET",), ("POST",), ("GET", "POST")
ONE = {"number": 1}
VERSION = {"number": 1, "version": 1}

PUBLIC: dict[str, Row] = {
    "home": Row(None),
    "statements": Row(None),
    "statements_export": Row(None),
    "statement": Row(None, fill=ONE),
    "version": Row(None, fill=VERSION),
    "incident": Row(None, fill=ONE),
    "overdue": Row(None),
    "overdue_export": Row(None, fill={"kind": "csv"}),
    "evidence": Row(None, fill={"item": 1}),
    "tell_us": Row(None, FORM, sealed=True),
    "place_form": Row(None, fill={"slug": "none"}),
    "follow_ask": Row(None, FORM, sealed=True),
    "follow": Row(None, fill={"code": "none"}),
    "hub_receive": Row(None, FORM, {"token": "none"}, bare=True),
    "follow_contest": Row(None, POST, {"code": "none"}, sealed=True),
    "follow_helped": Row(None, POST, {"code": "none"}, sealed=True),
    "take_back": Row(None, POST, {"code": "none"}, sealed=True),
    "doing": Row(None),
    "doing_data": Row(None, fill={"day": "2026-03-01"}),
    "doing_signature": Row(None, fill={"day": "2026-03-01"}),
    "doing_script": Row(None),
    "listening": Row(None),
    "forecasts": Row(None),
    "forecasts_export": Row(None),
    "voices": Row(None),
    "transparency": Row(None),
    "ledger_export": Row(None),
    "heads_export": Row(None),
    "atom": Row(None),
    "json_feed": Row(None),
    "health": Row(None),
    "robots": Row(None),
    "security_txt": Row(None),
}
API: dict[str, Row] = {
    "open311_discovery": Row(None, fill={"form": "xml"}),
    "open311_services": Row(None, fill={"form": "xml"}),
    "open311_service": Row(None, fill={"code": "report", "form": "xml"}),
    "open311_requests": Row(None, FORM, {"form": "xml"}, bare=True),
    "open311_request": Row(None, fill={"number": "1", "form": "xml"}),
    "open311_token": Row(None, fill={"token": "1", "form": "xml"}),
}
ENTRY: dict[str, Row] = {
    "sign_in": Row(None, FORM),
    "once": Row(None, FORM, {"token": "none"}),
    "password": Row(STAFF, FORM),
    "second_step": Row(None, FORM),
    "passkey_sign_in": Row(None, FORM),
    "safety": Row(STAFF),
    "sessions_end": Row(STAFF, POST),
    "session_end": Row(STAFF, POST, ONE),
    "code_begin": Row(STAFF, FORM),
    "code_remove": Row(STAFF, POST),
    "passkey_add": Row(STAFF, POST),
    "passkey_remove": Row(STAFF, POST, ONE),
    "call": Row(None, FORM, {"token": "none"}),
    "sign_out": Row(None, POST),
    "static": Row(None, fill={"digest": "0", "name": "base.css"}),
}
SHARED: dict[str, Row] = {  # under /desk/ and again under /exercise/
    "now": Row(READERS),
    "now_live": Row(READERS),
    "search": Row(READERS),
    "stories": Row(READERS),
    "stories_export": Row(OFFICERS, fill={"kind": "csv"}),
    "story": Row(READERS, fill=ONE),
    "story_items": Row(READERS, fill=ONE),
    "story_split": Row(OFFICERS, FORM, ONE),
    "story_merge": Row(OFFICERS, FORM, ONE),
    "matters": Row(READERS),
    "matters_export": Row(OFFICERS, fill={"kind": "csv"}),
    "matter": Row(READERS, fill=ONE),
    "story_items_export": Row(OFFICERS, fill={"number": 1, "kind": "jsonl"}),
    "item": Row(READERS, fill=ONE),
    "item_open": Row(OPENERS, POST, ONE),
    "alerts": Row(READERS),
    "alerts_export": Row(OFFICERS, fill={"kind": "csv"}),
    "alert_acknowledge": Row(DECIDERS, POST, ONE),
    "alert_dismiss": Row(DECIDERS, POST, ONE),
    "room_open": Row(DECIDERS, POST, ONE),
    "rooms": Row(READERS),
    "room": Row(READERS, fill=ONE, matter=True),
    "room_come": Row(JUDGES, POST, ONE, matter=True),
    "room_assess": Row(JUDGES, POST, ONE, matter=True),
    "room_decide": Row(OFFICERS, FORM, ONE, matter=True),
    "told_receive": Row(OFFICERS, POST, ONE),
    "told_explain": Row(OFFICERS, FORM, ONE),
    "emergency_form": Row(OFFICERS, FORM, ONE, matter=True),
    "emergency_page": Row(READERS, fill={"number": 1, "report": 1}, matter=True),
    "emergency_file": Row(OFFICERS, fill={"number": 1, "report": 1}, matter=True),
    "task_list": Row(READERS, fill=ONE, matter=True),
    "task_add": Row(OFFICERS, POST, ONE, matter=True),
    "task_tick": Row(OFFICERS, POST, ONE, matter=True),
    "advice": Row(READERS),
    "advice_export": Row(OFFICERS, fill={"kind": "csv"}),
    "advice_choose": Row(DECIDERS, POST, ONE),
    "sources": Row(READERS),
    "sources_export": Row(OFFICERS, fill={"kind": "csv"}),
    "source": Row(READERS, fill=ONE),
    "aside": Row(READERS),
    "aside_export": Row(OFFICERS, fill={"kind": "csv"}),
    "aside_again": Row(LISTENERS, POST, ONE),
    "aside_all_again": Row(LISTENERS, POST),
    "aside_discard": Row(LISTENERS, POST, ONE),
    "incidents": Row(READERS),
    "incidents_export": Row(OFFICERS),
    "incident_open": Row(OFFICERS, FORM),
    "incident": Row(READERS, fill=ONE, matter=True),
    "incident_take": Row(OFFICERS, POST, ONE, matter=True),
    "note_add": Row(OFFICERS, POST, ONE, matter=True),
    "timeline": Row(READERS, fill=ONE, matter=True),
    "timeline_export": Row(OFFICERS, fill={"number": 1, "kind": "csv"}, matter=True),
    "incident_hand_over": Row(OFFICERS, FORM, ONE, matter=True),
    "level_change": Row(OFFICERS, FORM, ONE, matter=True),
    "owner_dispute": Row(OFFICERS, FORM, ONE, matter=True),
    "dispute_settle": Row(OFFICERS, FORM, ONE, matter=True),
    "state_change": Row(OFFICERS, FORM, ONE, matter=True),
    "conference_record": Row(OFFICERS, FORM, ONE, matter=True),
    "clock_explain": Row(OFFICERS, FORM, {"number": 1, "clock": 1}, matter=True),
    "statements": Row(READERS),
    "statement_write": Row(WRITERS, FORM),
    "statement": Row(READERS, fill=ONE, matter=True),
    "statement_correct": Row(WRITERS, FORM, ONE, matter=True),
    "version_edit": Row(WRITERS, FORM, VERSION, matter=True),
    "version_submit": Row(WRITERS, POST, VERSION, matter=True),
    "version_send_back": Row(WRITERS, POST, VERSION, matter=True),
    "version_approve": Row(SPEAKERS, POST, VERSION, matter=True),
    "version_publish": Row(SPEAKERS, POST, VERSION, matter=True),
    "notices": Row(READERS),
    "notices_export": Row(OFFICERS, fill={"kind": "csv"}),
    "questions": Row(READERS),
    "questions_export": Row(OFFICERS, fill={"kind": "csv"}),
    "question_ask": Row(OFFICERS, FORM),
    "question": Row(READERS, fill=ONE),
    "question_export": Row(OFFICERS, fill={"number": 1, "kind": "jsonl"}),
    "question_change": Row(OFFICERS, FORM, ONE),
    "question_pause": Row(OFFICERS, POST, ONE),
    "question_resume": Row(OFFICERS, POST, ONE),
    "question_remove": Row(OFFICERS, POST, ONE),
    "question_review": Row(RULERS | OVERSEERS, FORM, {"number": 1, "sample": 1}),
    "reports": Row(READERS),
    "report_daily": Row(READERS, fill={"day": "2026-03-01"}),
    "report_markdown": Row(OFFICERS, fill={"day": "2026-03-01"}),
    "report_evidence": Row(READERS, fill={"day": "2026-03-01", "code": "none"}),
}
DESK: dict[str, Row] = {  # real only
    "told": Row(READERS),
    "told_export": Row(OFFICERS, fill={"kind": "csv"}),
    "inbox": Row(READERS),
    "inbox_group": Row(READERS, fill=ONE),
    "inbox_decide": Row(DECIDERS | {"cleo"}, POST, ONE),
    "inbox_undo": Row(DECIDERS | {"cleo"}, POST, ONE),
    "told_write": Row(READERS, FORM),
    "notes_worker": Row(READERS),
    "forms": Row(READERS),
    "form_create": Row(OFFICERS, FORM),
    "form": Row(READERS, fill=ONE),
    "form_code": Row(READERS, fill=ONE),
    "form_close": Row(OFFICERS, POST, ONE),
    "told_one": Row(READERS, fill=ONE),
    "told_read": Row(OFFICERS | {"mo", "cleo"}, POST, ONE),
    "told_contact": Row(OFFICERS | {"cleo"}, POST, ONE),
    "told_shown": Row(OFFICERS | {"mo", "cleo"}, POST, ONE),
    "told_unshown": Row(OFFICERS | {"mo", "cleo"}, POST, ONE),
    "cases": Row(READERS),
    "cases_export": Row(OFFICERS, fill={"kind": "csv"}),
    "case": Row(READERS, fill=ONE, matter=True),
    "case_take": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_assign": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_send_on": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_pause": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_resume": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_merge": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_leave_out": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_write": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_send": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_send_back": Row(CASE_SENDERS, POST, ONE, matter=True),
    "case_reopen": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_explain": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_helped": Row(CASE_WORKERS, POST, ONE, matter=True),
    "case_settle": Row(CASE_SENDERS, POST, ONE),
    "reply_texts": Row(CASE_WORKERS, FORM),
    "reply_approve": Row(CASE_SENDERS, POST, {"number": 99}, matter=False),
    "reply_retire": Row(CASE_WORKERS, POST, {"number": 99}),
    "calendar_change": Row(RULERS, FORM, ONE),
    "source_add": Row(LISTENERS, FORM),
    "source_upload": Row(LISTENERS, FORM),
    "import_start": Row(LISTENERS, FORM),
    "import_show": Row(READERS, fill=ONE),
    "mailbox_add": Row(LISTENERS, FORM),
    "network_add": Row(LISTENERS, FORM),
    "mailbox_password": Row(LISTENERS, FORM, ONE),
    "source_pause": Row(LISTENERS, POST, ONE),
    "source_resume": Row(LISTENERS, POST, ONE),
    "source_remove": Row(LISTENERS, POST, ONE),
    "units": Row(READERS),
    "unit_create": Row(ADMINISTRATORS, FORM),
    "person_invite": Row(ADMINISTRATORS, FORM),
    "roles_change": Row(ADMINISTRATORS, FORM, ONE),
    "person_link": Row(ADMINISTRATORS, POST, ONE),
    "person_deactivate": Row(ADMINISTRATORS, POST, ONE),
    "person_reactivate": Row(ADMINISTRATORS, POST, ONE),
    "voice_register": Row(ADMINISTRATORS, FORM),
    "voice_retire": Row(ADMINISTRATORS, POST, ONE),
    "settings": Row(STAFF),
    "reach": Row(STAFF),
    "hours_change": Row(STAFF, POST),
    "way_add": Row(STAFF, POST),
    "way_test": Row(STAFF, POST, ONE),
    "way_remove": Row(STAFF, POST, ONE),
    "call_order": Row(RULERS, FORM, ONE),
    "language_set": Row(STAFF, POST),
    "alert_budget": Row(RULERS, FORM),
    "duty": Row(READERS),
    "oversight": Row(OFFICERS | OVERSEERS),
    "oversight_export": Row(OFFICERS | OVERSEERS),
    "finding": Row(OVERSEERS, FORM, {"kind": "clock", "number": 1}),
    "roster_create": Row(RULERS, FORM),
    "roster_calendar": Row(READERS, fill=ONE),
    "rotation_set": Row(RULERS, FORM, ONE),
    "stand_in_add": Row(RULERS, FORM, ONE),
    "stand_in_cancel": Row(RULERS, POST, ONE),
    "absence_add": Row(READERS, FORM),
    "absence_cancel": Row(READERS, POST, ONE),
}
EXERCISE: dict[str, Row] = {  # drill only
    "drill_start": Row(OFFICERS, POST),
    "drill_wipe": Row(OFFICERS, FORM),
}

MATRIX: dict[str, Row] = {
    **{f"public:{name}": row for name, row in PUBLIC.items()},
    **{f"entry:{name}": row for name, row in ENTRY.items()},
    **{f"api:{name}": row for name, row in API.items()},
    **{f"desk:{name}": row for name, row in (SHARED | DESK).items()},
    **{f"exercise:{name}": row for name, row in (SHARED | EXERCISE).items()},
}
