"""What a colleague changes of a claim: who owes it and by when, setting it aside, opening it again."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import answers
from answerable.store.models import Person
from answerable.web.moments import read_moment
from answerable.web.request import Request
from answerable.web.staff.answer_open import number as read_number
from answerable.web.staff.answer_show import act


def claim_change(request: Request, number: int) -> HttpResponse:
    """POST claims/<number>/change, do=change|set_aside|reopen"""
    wanted = request.POST.get("do", "change")
    _ = request.texts.gettext
    if wanted == "set_aside":
        why = request.POST.get("why", "")

        def aside(actor: Person, version: int) -> None:
            code = why if why in ("nothing_to_check", "same_claim", "not_ours") else "nothing_to_check"
            answers.set_aside(actor, number, version=version, reason=code, now=request.now)

        return act(request, number, aside, _("It is set aside."))
    if wanted == "reopen":

        def again(actor: Person, _version: int) -> object:
            return answers.reopen(actor, number, why="new_facts", reason="new_facts", now=request.now)

        return act(
            request, number, again, _("It is open again. The answer stays public until its correction.")
        )
    return act(
        request, number, lambda actor, version: _change(request, number, actor, version), _("It is saved.")
    )


def _change(request: Request, number: int, actor: Person, version: int) -> object:
    post, moments = request.POST, []
    for name in ("due_at", "look_again_at"):
        at = read_moment(post[name], request.texts) if post.get(name) else None
        if post.get(name) and at is None:
            raise BadInput("That is no day and time: choose them again.")
        moments.append(at)
    return answers.change(
        actor,
        number,
        version=version,
        owner=Person.objects.filter(pk=read_number(post.get("owner", "")), is_active=True).first(),
        due_at=moments[0],
        harm=read_number(post.get("harm", "")),
        look_again_at=moments[1],
        sends_itself_to=post.getlist("sends"),
        reason="planned",
        now=request.now,
    )
