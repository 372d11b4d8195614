"""Addresses of claims and answers. Askers, disputes and questions from cases are real only."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff.answer_change import claim_change
from answerable.web.staff.answer_dispute import dispute_decide, disputes
from answerable.web.staff.answer_document import claim_document, claim_evidence
from answerable.web.staff.answer_link import claim_link
from answerable.web.staff.answer_list import claims, claims_export
from answerable.web.staff.answer_open import claim_open
from answerable.web.staff.answer_show import claim
from answerable.web.staff.answer_sure import claim_matching
from answerable.web.staff.answer_tell import claim_told
from answerable.web.staff.answer_voids import foresee, voids_export, voids_page
from answerable.web.staff.answer_weigh import claim_weights_page
from answerable.web.staff.answer_write import claim_write

_reads = needs(Permission.DESK_READ)
_exports = needs(Permission.REPORT_EXPORT)
_writes = needs(Permission.STATEMENT_WRITE, "POST")
_writes_by_form = needs(Permission.STATEMENT_WRITE, "GET", "POST")
_reviews = needs(Permission.ANSWER_REVIEW)
_reviews_by_form = needs(Permission.ANSWER_REVIEW, "GET", "POST")
_ONE = "claims/<int:number>"

ROUTES: tuple[URLPattern, ...] = (
    path("claims", _reads(claims), name="claims"),
    path("claims.<str:kind>", _exports(claims_export), name="claims_export"),
    path("claims/new", _writes_by_form(claim_open), name="claim_open"),
    path(_ONE, _reads(claim), name="claim"),
    path(f"{_ONE}/write", _writes_by_form(claim_write), name="claim_write"),
    path(f"{_ONE}/change", _writes(claim_change), name="claim_change"),
    path(f"{_ONE}/link", _writes(claim_link), name="claim_link"),
    path(f"{_ONE}/document", _writes(claim_document), name="claim_document"),
    path(f"{_ONE}/documents/<str:sha256>", _reads(claim_evidence), name="claim_evidence"),
)

REAL: tuple[URLPattern, ...] = (
    path(
        "claims/weights",
        needs(Permission.ALERT_RULE, "GET", "POST")(claim_weights_page),
        name="claim_weights",
    ),
    path("claims/matching", _reads(claim_matching), name="claim_matching"),
    path("claims/voids", _reads(voids_page), name="voids"),
    path("claims/voids.<str:kind>", _exports(voids_export), name="voids_export"),
    path("claims/foresee", needs(Permission.DESK_READ, "GET", "POST")(foresee), name="foresee"),
    path("claims/disputes", _reviews(disputes), name="disputes"),
    path("claims/disputes/<int:number>", _reviews_by_form(dispute_decide), name="dispute_decide"),
    path(f"{_ONE}/told", needs(Permission.CASE_WORK, "POST")(claim_told), name="claim_told"),
)
