"""What a colleague does with a case besides answering it; each from its page, naming the version they saw."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import cases
from answerable.store.models import Person, Unit
from answerable.web.request import Request
from answerable.web.staff.case_show import act


def take(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/take"""

    def change(actor: Person, version: int) -> object:
        return cases.take(actor, number, version=version, reason="on_duty", now=request.now)

    return act(request, number, change, request.texts.gettext("This case is yours now."))


def assign(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/assign, person=<number>"""

    def change(actor: Person, version: int) -> object:
        person = Person.objects.filter(pk=_number(request, "person"), is_active=True).first()
        if person is None:
            raise BadInput("Who gets the case? Choose somebody.")
        return cases.assign(actor, number, person=person, version=version, reason="on_duty", now=request.now)

    return act(request, number, change, request.texts.gettext("The case is given to your colleague."))


def send_on(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/send-on, unit=<number> why=wrong_desk|handed_on|disputed note="""

    def change(actor: Person, version: int) -> object:
        unit = Unit.objects.filter(pk=_number(request, "unit")).first()
        why = request.POST.get("why", "")
        if unit is None:
            raise BadInput("Which unit gets the case? Choose one.")
        note = request.POST.get("note", "")
        return cases.send_on(
            actor, number, unit=unit, why=why, text=note, version=version, reason=why, now=request.now
        )

    return act(request, number, change, request.texts.gettext("The case went to the other unit."))


def pause(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/pause, why=<code> note="""

    def change(actor: Person, version: int) -> object:
        why, note = request.POST.get("why", ""), request.POST.get("note", "")
        return cases.pause(actor, number, why=why, text=note, version=version, reason=why, now=request.now)

    return act(request, number, change, request.texts.gettext("The clock stands; the person reads why."))


def resume(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/resume"""

    def change(actor: Person, version: int) -> object:
        return cases.resume(actor, number, version=version, reason="goes_on", now=request.now)

    return act(request, number, change, request.texts.gettext("The clock runs again."))


def merge(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/merge, case=<number> for each that joins"""

    def change(actor: Person, version: int) -> object:
        others = [int(one) for one in request.POST.getlist("case") if one.isascii() and one.isdecimal()]
        return cases.merge(
            actor, number, others=others, version=version, reason="same_matter", now=request.now
        )

    said = request.texts.gettext("They are one case now: everybody in it gets the same answer.")
    return act(request, number, change, said)


def leave_out(request: Request, number: int) -> HttpResponse:
    """POST cases/<number>/leave-out, why=not_ours|sent_twice"""

    def change(actor: Person, version: int) -> object:
        why = request.POST.get("why", "")
        return cases.leave_out(actor, number, why=why, version=version, reason=why, now=request.now)

    return act(request, number, change, request.texts.gettext("The case is ended; the rates say why."))


def _number(request: Request, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
