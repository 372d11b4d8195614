"""Approve the exact text that the page showed: its hash travels with the button."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import statements
from answerable.web.request import Request
from answerable.web.staff.statement_page import act


def post(request: Request, number: int, version: int) -> HttpResponse:
    """POST statements/<number>/versions/<version>/approve"""
    text_hash = request.POST.get("text_hash", "")[:64]
    return act(
        request,
        number,
        version,
        lambda person, row: statements.approve(person, row, text_hash, "read", now=request.now),
        request.texts.gettext("Approved. This exact text can be published."),
    )
