"""Cases as the desk sees them: the list with its searches, one case with its words, what looks alike.

Words are read from the messages and items themselves, so that what left is gone from here as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from answerable.permissions import Permission
from answerable.respond.case_rules import OPEN, questions_in
from answerable.respond.escalation import Step
from answerable.store import case_clocks, case_groups
from answerable.store.access import may
from answerable.store.case_access import visible
from answerable.store.models import (
    Case,
    CaseAnswer,
    CaseContest,
    CaseEvent,
    CaseMessage,
    CasePause,
    CaseStep,
    ItemRow,
    Person,
    RoleHeld,
    Supervision,
    Unit,
)
from answerable.store.reading.case_words import Words, words_of

STATES = ("open", "mine", "overdue", "to_send", "wrote", "contested", "closed", "all")
ORDERS = ("due", "hot", "new")
MOST_SHOWN = 30  # messages of one case on its page
MOST_ALIKE = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the desk's list."""

    case: Case
    words: Words | None  # of its first message


@dataclass(frozen=True, slots=True)
class Page:
    """One case with everything its page shows."""

    case: Case
    words: tuple[Words, ...]
    messages: int  # all of them; `words` holds the first
    questions: tuple[str, ...]
    draft: CaseAnswer | None
    answers: tuple[CaseAnswer, ...]
    events: tuple[CaseEvent, ...]
    pause: CasePause | None
    plan: tuple[tuple[Step, datetime, bool], ...]  # step, when it is owed, whether it was taken
    alike: tuple[Line, ...]  # the first other open cases that ask the same
    asking: int  # how many those are
    contests: tuple[CaseContest, ...]
    missed: CaseStep | None  # of this round: it asks for the unit's own explanation
    explanation: str
    colleagues: tuple[Person, ...]
    units: tuple[Unit, ...]


def listed(
    person: Person,
    *,
    words: str = "",
    state: str = "open",
    kind: str = "",
    unit: int = 0,
    order: str = "due",
    now: datetime,
) -> QuerySet[Case]:
    """The list of the desk. Ordered by deadline, by how many it concerns, or newest first."""
    found = visible(person).select_related("unit", "handler")
    for word in words.split()[:8]:
        found = found.filter(_holds(word))
    found = found.filter(_in_state(state, person, now))
    if kind:
        found = found.filter(kind=kind)
    if unit:
        found = found.filter(unit=unit)
    if order == "hot":  # one case of a story stands for all
        return found.filter(lead=None).order_by("-heat", "due_at", "pk")
    if order == "new":
        return found.order_by("-collected_at", "pk")
    return found.order_by(F("due_at").asc(nulls_last=True), "collected_at", "pk")


def _in_state(state: str, person: Person, now: datetime) -> Q:
    is_open = Q(stage__in=OPEN)
    states = {
        "open": is_open,
        "mine": is_open & Q(handler=person),
        "overdue": is_open & Q(due_at__lt=now),
        "to_send": Q(stage="supervised"),
        "wrote": Q(wrote_at__isnull=False),
        "contested": Q(contested=True),
        "closed": Q(stage="fed_back"),
    }
    return states.get(state, Q())


def _holds(word: str) -> Q:
    """Cases with a message or item that holds this word."""
    mine = CaseMessage.objects.filter(case=OuterRef("pk"))
    told = Q(submission__text__icontains=word) | Q(submission__place__icontains=word)
    items = ItemRow.objects.filter(pk=OuterRef("item"))
    in_item = Exists(items.filter(Q(text__icontains=word) | Q(title__icontains=word)))
    return Q(Exists(mine.filter(told))) | Q(Exists(mine.filter(item__isnull=False).filter(in_item)))


def lines(found: Sequence[Case]) -> list[Line]:
    """Each case with the words of its first message, in three queries."""
    firsts: dict[int, CaseMessage] = {}
    for message in _messages(CaseMessage.objects.filter(case__in=found, copy=False)).order_by("at", "id"):
        firsts.setdefault(message.case_id, message)
    said = {one.message: one for one in words_of(firsts.values())}
    return [Line(row, said.get(firsts[row.pk].pk) if row.pk in firsts else None) for row in found]


def _messages(rows: QuerySet[CaseMessage]) -> QuerySet[CaseMessage]:
    return rows.select_related("submission")


def one(person: Person, number: int) -> Case | None:
    """The case, if this person may see it."""
    beside = ("unit", "handler", "proposed", "merged_into")
    return visible(person).select_related(*beside).filter(pk=number).first()


def page(person: Person, case: Case) -> Page:
    """Everything the page of a case shows."""
    messages = list(
        _messages(CaseMessage.objects.filter(case=case)).order_by("copy", "at", "id")[:MOST_SHOWN]
    )
    said = words_of(messages)
    answers = list(
        CaseAnswer.objects.filter(case=case).select_related("written_by", "sent_by", "bank").order_by("round")
    )
    events = CaseEvent.objects.filter(case=case).select_related("actor").order_by("-at", "-id")[:200]
    contests = CaseContest.objects.filter(case=case).select_related("settled_by").order_by("-at")
    near = case_groups.others(person, case)
    missed = (
        CaseStep.objects.filter(case=case, round=case.round, step="head").select_related("watched").first()
    )
    watched: Supervision | None = getattr(missed, "watched", None)
    return Page(
        case=case,
        words=tuple(said),
        messages=len(said) if len(said) < MOST_SHOWN else CaseMessage.objects.filter(case=case).count(),
        questions=questions_in(said[0].text) if said else (),
        draft=next((row for row in answers if row.round == case.round and row.sent_at is None), None),
        answers=tuple(row for row in answers if row.sent_at is not None),
        events=tuple(events),
        pause=CasePause.objects.filter(case=case, until=None).first(),
        plan=_plan(case),
        alike=tuple(lines(list(near.select_related("unit", "handler")[:MOST_ALIKE]))),
        asking=near.count() if case.stage in OPEN else 0,
        contests=tuple(contests),
        missed=missed,
        explanation=watched.explanation if watched is not None else "",
        colleagues=tuple(workers(case.unit)),
        units=tuple(Unit.objects.exclude(pk=case.unit_id).order_by("path")),
    )


def _plan(case: Case) -> tuple[tuple[Step, datetime, bool], ...]:
    taken = {row.step: row.at for row in CaseStep.objects.filter(case=case, round=case.round)}
    if case.due_at is None:
        return tuple((Step(step), at, True) for step, at in taken.items())
    plan = case_clocks.PLAN
    return tuple(
        (step, taken.get(step.value, plan.at(step, case.due_at, case.started_at)), step.value in taken)
        for step in Step
    )


def workers(unit: Unit) -> list[Person]:
    """Who may be given a case of this unit."""
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    held = RoleHeld.objects.filter(unit__in=above, person__is_active=True).values("person")
    people = Person.objects.filter(pk__in=held).select_related("unit").order_by("name", "pk")
    return [one for one in people if may(one, Permission.CASE_WORK, unit)]
