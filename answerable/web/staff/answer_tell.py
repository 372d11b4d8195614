"""Somebody who left a telephone number or wrote a mail was told by a colleague."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import answer_notices
from answerable.store.models import Person
from answerable.web.request import Request
from answerable.web.staff.answer_open import number as read_number
from answerable.web.staff.answer_show import act


def claim_told(request: Request, number: int) -> HttpResponse:
    """POST claims/<number>/told, notice=<number>"""

    def tell(actor: Person, _version: int) -> None:
        notice = read_number(request.POST.get("notice", ""))
        answer_notices.told_by_hand(actor, number, notice, reason="told", now=request.now)

    return act(request, number, tell, request.texts.gettext("It is noted that they were told."))
