"""What will the press ask, and what do we answer? The conference ahead; what is expected, owed, answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import conferences, voices
from answerable.store.models import Incident, Person
from answerable.store.reading.desk_incidents import allowed
from answerable.web.moments import read_moment, written
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.incident_page import found
from answerable.web.staff.task_list import asked_in


def page(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/questions"""
    return _page(request, found(request, number))


def plan(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/questions/plan, at= place= voice=; off=1 calls the planned one off."""
    incident = found(request, number)

    def change(person: Person) -> object:
        if request.POST.get("off") == "1":
            return conferences.call_off(person, incident.pk, reason="conference", now=request.now)
        at = read_moment(request.POST.get("at", ""), request.texts)
        if at is None:
            raise BadInput("When is it? Give the day and the time.")
        speaking = {str(one.pk): one for one in voices.choices(person, incident.unit)}
        return conferences.plan(
            person,
            incident.pk,
            at=at,
            place=request.POST.get("place", ""),
            voice=speaking.get(request.POST.get("voice", "")),
            reason="conference",
            now=request.now,
        )

    off = request.POST.get("off") == "1"
    said = request.texts.gettext("It is called off.") if off else request.texts.gettext("It is planned.")
    return _act(request, incident, change, said)


def expect(request: Request, number: int) -> HttpResponse:
    """POST …/questions/expect, text= prepared=; question= changes what is prepared for it."""
    incident = found(request, number)
    known = _number(request)

    def change(person: Person) -> object:
        prepared = request.POST.get("prepared", "")
        if known is not None:
            return conferences.prepare(person, known, prepared=prepared, reason="prepared", now=request.now)
        text = request.POST.get("text", "")
        return conferences.expect(
            person, incident.pk, text=text, prepared=prepared, reason="expected", now=request.now
        )

    said = request.texts.gettext("Saved: it stands among what is expected.")
    return _act(request, incident, change, said)


def ask(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/questions/ask, question= or text=, outlet= answer= due_at="""
    incident = found(request, number)
    answer = request.POST.get("answer", "")

    def change(person: Person) -> object:
        return conferences.asked(
            person,
            incident.pk,
            text=request.POST.get("text", ""),
            number=_number(request),
            outlet=request.POST.get("outlet", ""),
            answer=answer,
            due_at=read_moment(request.POST.get("due_at", ""), request.texts),
            reason="asked",
            now=request.now,
        )

    t = request.texts
    said = t.gettext("Answered.") if answer.strip() else t.gettext("The answer is owed; it stands on Now.")
    return _act(request, incident, change, said)


def give(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/questions/give, question= answer="""
    incident = found(request, number)

    def change(person: Person) -> object:
        answer = request.POST.get("answer", "")
        return conferences.give(person, _number(request) or 0, answer=answer, reason="owed", now=request.now)

    return _act(request, incident, change, request.texts.gettext("Answered."))


def _act(request: Request, incident: Incident, change: Callable[[Person], object], said: str) -> HttpResponse:
    """Change something, or show the page with the reason why not; what was typed stays."""
    known = _number(request)
    if known is not None and not incident.conference_questions.filter(pk=known).exists():
        return _page(
            request, incident, request.texts.gettext("This question is gone: look at the page again.")
        )
    try:
        change(staff(request))
    except (BadInput, Conflict) as error:
        return _page(request, incident, request.texts.gettext(str(error)))
    return go(request, "conference", said, number=incident.pk)


def _number(request: Request) -> int | None:
    given = request.POST.get("question", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else None


def _page(request: Request, incident: Incident, trouble: str = "") -> HttpResponse:
    t = request.texts
    mine = allowed(staff(request), incident)
    expected, owed, answered = conferences.questions(incident)
    fields = ("text", "prepared", "outlet", "answer", "place", "voice", "at", "due_at", "question")
    names = {
        "incident": incident,
        "ahead": conferences.planned(incident).select_related("voice", "planned_by").first(),
        "expected": expected,
        "owed": owed,
        "answered": answered,
        "asked": asked_in(incident),
        "voices": [
            (str(one.pk), f"{one.name}, {one.role}") for one in voices.choices(staff(request), incident.unit)
        ],
        "changes": Permission.INCIDENT_CHANGE in mine,
        "writes": Permission.STATEMENT_WRITE in mine,
        "typed": {name: request.POST.get(name, "")[:5000] if trouble else "" for name in fields},
        "proposed": written(request.now + timedelta(hours=3), t),
        "trouble": trouble,
    }
    return render(request, "staff/conference.html", names, status=409 if trouble else 200)
