"""After the answer: what is contested is settled, a case opened again, somebody asked whether it helped."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput
from answerable.store import case_answers, case_public, case_replies, case_supervision
from answerable.store.models import CaseContest, CaseMessage, Person
from answerable.web.request import Request
from answerable.web.staff.case_show import act


def settle(request: Request, number: int) -> HttpResponse:
    """POST contests/<number>/settle, upheld=yes|no text="""
    row = CaseContest.objects.filter(pk=number).first()
    if row is None:
        raise Http404

    def change(actor: Person, version: int) -> object:  # noqa: ARG001 (the contest itself is settled once)
        given = request.POST.get("upheld", "")
        if given not in ("yes", "no"):
            raise BadInput("Is it open again, or does it stay closed? Choose one.")
        text = request.POST.get("text", "")
        return case_answers.settle(
            actor, number, upheld=given == "yes", text=text, reason="settled", now=request.now
        )

    said = request.texts.gettext("It is settled; the person reads what you wrote.")
    return act(request, row.case_id, change, said)


def explain(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/explain, text=: why it is overdue, for the public list and the overseer."""

    def change(actor: Person, version: int) -> object:  # noqa: ARG001 (it is written once)
        text = request.POST.get("text", "")
        case_supervision.explain(actor, number, text=text, reason="overdue", now=request.now)
        return None

    said = request.texts.gettext("The explanation stands on the public list, and the overseer reads it.")
    return act(request, number, change, said)


def reopen(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/reopen, note="""

    def change(actor: Person, version: int) -> object:
        note = request.POST.get("note", "")
        return case_answers.reopen(actor, number, text=note, version=version, reason="again", now=request.now)

    return act(request, number, change, request.texts.gettext("The case is open again, with a new clock."))


def reply(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/reply, what=contest|nothing"""

    def change(actor: Person, version: int) -> object:
        what = request.POST.get("what", "")
        return case_replies.read_again(
            actor, number, what=what, version=version, reason="read", now=request.now
        )

    return act(request, number, change, request.texts.gettext("It is noted what they say about the answer."))


def helped(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/helped, message=<number> helped=yes|no: what somebody said on the telephone."""

    def change(actor: Person, version: int) -> object:  # noqa: ARG001 (each person says it once)
        given, asked = request.POST.get("helped", ""), request.POST.get("message", "")
        message = CaseMessage.objects.filter(
            case=number, pk=int(asked) if asked.isascii() and asked.isdecimal() else 0
        ).first()
        if message is None or given not in ("yes", "no"):
            raise BadInput("Did it help? Choose one.")
        return case_answers.rate(
            message, helped=given == "yes", asked_by="phone", actor=actor, reason="asked", now=request.now
        )

    return act(request, number, change, request.texts.gettext("Written down; thank you for asking."))


def show(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/show, title= text=: on the public list, in our words"""

    def change(actor: Person, version: int) -> object:
        title, text = request.POST.get("title", ""), request.POST.get("text", "")
        return case_public.show(
            actor, number, title=title, text=text, version=version, reason="shown", now=request.now
        )

    return act(request, number, change, request.texts.gettext("It stands on the public list, in your words."))


def unshow(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/unshow"""

    def change(actor: Person, version: int) -> object:
        return case_public.unshow(actor, number, version=version, reason="unshown", now=request.now)

    return act(request, number, change, request.texts.gettext("It is off the public list."))
