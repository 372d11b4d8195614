"""Cases for tests: told by a form, answered by Cleo the handler, sent by Hana the head."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from answerable.permissions import Role
from answerable.store import case_answers, cases, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseMessage, Person, RoleHeld, Unit
from answerable.store.submissions import Told
from tests.cast import Desk

DESK = "https://answers.example"
ANSWER = "The lamp at the stop is mended on Thursday before nine in the morning."


def colleague(name: str, role: Role, unit: Unit) -> Person:
    """One more colleague, made once."""
    found = Person.objects.filter(login=name).first()
    if found is not None:
        return found
    made = Person.objects.create(
        login=name, name=name.title(), unit=unit, added_at=datetime(2026, 1, 1).astimezone()
    )
    RoleHeld.objects.create(person=made, unit=unit, role=role.value)
    return made


def cleo(desk: Desk) -> Person:
    return colleague("cleo", Role.CASE_HANDLER, desk.top)


def hana(desk: Desk) -> Person:
    return colleague("hana", Role.HEAD, desk.top)


def tell(
    desk: Desk, text: str, *, at: datetime | None = None, unit: Unit | None = None, **typed: Any
) -> CaseMessage:
    """Somebody tells us something; the message in its case."""
    facts = {"came_by": "form", "kind": "complaint", **typed}
    form = f"{text}|{CaseMessage.objects.count()}"
    got = submissions.receive(
        Told(text=text, **facts),
        form,
        ring=Keyring.open(desk.home),
        desk=DESK,
        contact_days=90,
        unit=unit,
        now=at or desk.now,
    )
    return CaseMessage.objects.select_related("case__unit").get(submission=got.id)


def case(desk: Desk, text: str = "The lamp at the stop is dark", **rest: Any) -> Case:
    return tell(desk, text, **rest).case


def answer(desk: Desk, number: int, *, at: datetime, outcome: str = "solved", text: str = ANSWER) -> Case:
    """Cleo takes it, writes and submits; Hana sends."""
    now = Case.objects.get(pk=number)
    if now.handler_id != cleo(desk).pk:
        now = cases.take(cleo(desk), number, version=now.version, now=at)
    case_answers.write(cleo(desk), number, text=text, outcome=outcome, version=now.version, now=at)
    case_answers.submit(cleo(desk), number, version=now.version + 1, now=at)
    return case_answers.send(hana(desk), number, version=now.version + 2, now=at)


LATER = timedelta(hours=2)
