"""Send a submitted or approved text back to its writer, with a note on what is missing."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import statements
from answerable.web.request import Request
from answerable.web.staff.statement_page import act


def post(request: Request, number: int, version: int) -> HttpResponse:
    """POST statements/<number>/versions/<version>/send-back"""
    note = request.POST.get("note", "")[:2000]
    return act(
        request,
        number,
        version,
        lambda person, row: statements.send_back(person, row, note=note, reason="to_mend", now=request.now),
        request.texts.gettext("Sent back. It is a draft again."),
    )
