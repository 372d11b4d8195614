"""The answer of a case: saved, shown to a second person, sent by them to everybody who asked."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.respond.case_rules import questions_in
from answerable.store import case_answers
from answerable.store.models import Person
from answerable.store.reading import cases, reply_texts
from answerable.web.request import Request, staff
from answerable.web.staff.case_show import act, found


def write(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/answer, text= outcome= go=save|submit|send answered=<place of a question>"""
    row = found(request, number)
    text, outcome = request.POST.get("text", "")[:20_000], request.POST.get("outcome", "")
    wanted = request.POST.get("go", "save")
    said = cases.page(staff(request), row).words
    questions = questions_in(said[0].text) if said else ()
    ticked = set(request.POST.getlist("answered"))
    answered = tuple("yes" if str(place) in ticked else "" for place in range(len(questions)))
    bank = next(
        (one for one in reply_texts.usable(row.unit) if str(one.pk) == request.POST.get("bank", "")), None
    )

    def change(actor: Person, version: int) -> object:
        case_answers.write(
            actor,
            number,
            text=text,
            outcome=outcome,
            bank=bank,
            alike=request.POST.get("alike", "") == "yes",
            version=version,
            reason="answer",
            now=request.now,
        )
        if wanted == "submit":
            return case_answers.submit(
                actor,
                number,
                questions=questions,
                answered=answered,
                version=version + 1,
                reason="answer",
                now=request.now,
            )
        if wanted == "send":
            return case_answers.send(actor, number, version=version + 1, reason="answer", now=request.now)
        return None

    _ = request.texts.gettext
    told = {
        "submit": _("A second person is asked to look at it and send it."),
        "send": _("The answer went to everybody who asked."),
    }
    return act(request, number, change, told.get(wanted, _("The answer is saved, and not sent.")), text)


def send(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/send"""

    def change(actor: Person, version: int) -> object:
        return case_answers.send(actor, number, version=version, reason="looked_at", now=request.now)

    return act(request, number, change, request.texts.gettext("The answer went to everybody who asked."))


def send_back(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/send-back, note="""

    def change(actor: Person, version: int) -> object:
        note = request.POST.get("note", "")
        return case_answers.send_back(
            actor, number, text=note, version=version, reason="to_mend", now=request.now
        )

    return act(request, number, change, request.texts.gettext("It went back to the handler with your note."))
