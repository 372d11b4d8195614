"""Submit a draft: from here its text stands still and waits for a second person."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import statements
from answerable.web.request import Request
from answerable.web.staff.statement_page import act


def post(request: Request, number: int, version: int) -> HttpResponse:
    """POST statements/<number>/versions/<version>/submit"""
    return act(
        request,
        number,
        version,
        lambda person, row: statements.submit(person, row, reason="ready", now=request.now),
        request.texts.gettext("Submitted. A second person can approve this exact text now."),
    )
