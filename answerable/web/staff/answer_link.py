"""This story carries the claim, these people asked it: linked by one click, undone by one click."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store import answers
from answerable.store.models import Person
from answerable.web.request import Request
from answerable.web.staff.answer_open import number as read_number
from answerable.web.staff.answer_show import act


def claim_link(request: Request, number: int) -> HttpResponse:
    """POST claims/<number>/link, story=<number> or case=<number>, or undo=<link>"""
    post, _ = request.POST, request.texts.gettext
    if undone := read_number(post.get("undo", "")):

        def undo(actor: Person, _version: int) -> None:
            answers.undo(actor, number, undone, reason="not_the_same", now=request.now)

        return act(request, number, undo, _("It is undone."))

    def link(actor: Person, _version: int) -> object:
        return answers.link(
            actor,
            number,
            story=read_number(post.get("story", "")) or None,
            case=read_number(post.get("case", "")) or None,
            reason="same_claim",
            now=request.now,
        )

    return act(request, number, link, _("It is linked. Who asked there is told with the others."))
