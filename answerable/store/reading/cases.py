"""Cases as the desk sees them: the list with its searches, one case with its words, what looks alike.

Words are read from the messages and items themselves, so that what left is gone from here as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from answerable.permissions import Permission, Role
from answerable.respond.case_rules import OPEN, questions_in
from answerable.respond.escalation import Step
from answerable.store import case_clocks, case_groups
from answerable.store.access import permissions_of
from answerable.store.case_access import visible
from answerable.store.models import (
    Case,
    CaseAnswer,
    CaseContest,
    CaseEvent,
    CaseLeg,
    CaseMessage,
    CasePause,
    CaseStep,
    ItemRow,
    Person,
    RoleHeld,
    Supervision,
    Unit,
    Voice,
)
from answerable.store.reading.case_words import Words, words_of
from answerable.store.voices import nearest

STATES = ("open", "mine", "overdue", "today", "to_send", "wrote", "contested", "wrong_desk", "closed", "all")
ORDERS = ("due", "hot", "new")
YEAR = timedelta(days=365)
MOST_SHOWN = 30  # messages of one case on its page
MOST_ALIKE = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the desk's list."""

    case: Case
    words: Words | None  # of its first message


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be given a case."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """One case with everything its page shows."""

    case: Case
    words: tuple[Words, ...]
    messages: int  # all of them; `words` holds the first
    questions: tuple[str, ...]
    draft: CaseAnswer | None
    voice: Voice | None  # in whose name the draft would go, when this person sends it
    answers: tuple[CaseAnswer, ...]
    events: tuple[CaseEvent, ...]
    pause: CasePause | None
    plan: tuple[tuple[Step, datetime, bool], ...]  # step, when it is owed, whether it was taken
    alike: tuple[Line, ...]  # the first other open cases that ask the same
    asking: int  # how many those are
    contests: tuple[CaseContest, ...]  # those that are not settled
    missed: CaseStep | None  # of this round: it asks for the unit's own explanation
    explanation: str
    colleagues: tuple[Colleague, ...]
    units: tuple[Unit, ...]


def listed(
    person: Person,
    *,
    words: str = "",
    state: str = "open",
    kind: str = "",
    unit: int = 0,
    order: str = "due",
    wrong: int = 0,
    now: datetime,
    tonight: datetime | None = None,
) -> QuerySet[Case]:
    """The list of the desk. Ordered by deadline, by how many it concerns, or newest first.

    `tonight`: when the day of whoever reads ends. `wrong`: the unit that was the wrong desk within a year.
    """
    found = visible(person).select_related("unit", "handler")
    for word in words.split()[:8]:
        found = found.filter(_holds(word))
    found = found.filter(_in_state(state, person, now, tonight or now))
    if wrong:
        found = found.filter(pk__in=_left(now).filter(left=wrong).values("case"))
    if kind:
        found = found.filter(kind=kind)
    if unit:
        found = found.filter(unit=unit)
    if order == "hot":  # one case of a story stands for all
        return found.filter(lead=None).order_by("-heat", "due_at", "pk")
    if order == "new":
        return found.order_by("-collected_at", "pk")
    return found.order_by(F("due_at").asc(nulls_last=True), "collected_at", "pk")


def wrong_desks(now: datetime, units: Sequence[int]) -> dict[int, int]:
    """Of each unit, how many cases it sent on in a year because it was the wrong desk."""
    left = _left(now).filter(left__in=units).values("left")
    return dict(left.annotate(n=Count("case", distinct=True)).order_by().values_list("left", "n"))


def _left(now: datetime) -> QuerySet[Any]:
    """Moves away from a wrong desk within a year, with the unit that was left."""
    before = CaseLeg.objects.filter(case=OuterRef("case"), pk__lt=OuterRef("pk")).order_by("-pk")
    moved = CaseLeg.objects.filter(why="wrong_desk", since__gt=now - YEAR)
    return moved.annotate(left=Subquery(before.values("unit")[:1]))


def part(found: QuerySet[Case], chosen: Callable[[int], slice], *, searched: bool) -> tuple[int, list[Case]]:
    """How many there are, and those `chosen` of so many.

    Only numbers are sorted, because rows are wide. A search reads every text, so it is made once for both.
    """
    numbers = found.values_list("pk", flat=True)
    every = list(numbers) if searched else None
    total = found.count() if every is None else len(every)
    shown = list((numbers if every is None else every)[chosen(total)])
    rows = {row.pk: row for row in Case.objects.select_related("unit", "handler").filter(pk__in=shown)}
    return total, [rows[number] for number in shown if number in rows]


def _in_state(state: str, person: Person, now: datetime, tonight: datetime) -> Q:
    is_open = Q(stage__in=OPEN)
    states = {
        "open": is_open,
        "mine": is_open & Q(handler=person),
        "overdue": is_open & Q(due_at__lt=now),
        "today": is_open & Q(due_at__lt=tonight),
        "to_send": Q(stage="supervised"),
        "wrote": Q(wrote_at__isnull=False),
        "contested": Q(contested=True),
        "wrong_desk": Q(pk__in=CaseLeg.objects.filter(why="wrong_desk").values("case")),
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
    """Each case with the words of its first message, in two queries; a case may hold thousands."""
    oldest = CaseMessage.objects.filter(case=OuterRef("pk"), copy=False).order_by("at", "id")
    shown = Case.objects.filter(pk__in=[row.pk for row in found])
    firsts = shown.values(first=Subquery(oldest.values("pk")[:1]))
    messages = {row.case_id: row for row in _messages(CaseMessage.objects.filter(pk__in=firsts))}
    said = {one.message: one for one in words_of(messages.values())}
    return [Line(row, said.get(messages[row.pk].pk) if row.pk in messages else None) for row in found]


def _messages(rows: QuerySet[CaseMessage]) -> QuerySet[CaseMessage]:
    return rows.select_related("submission")


def one(person: Person, number: int) -> Case | None:
    """The case, if this person may see it."""
    return visible(person).select_related("unit", "handler").filter(pk=number).first()


def page(person: Person, case: Case) -> Page:
    """Everything the page of a case shows; what only an open one shows is read for those alone."""
    is_open = case.stage in OPEN
    messages = list(
        _messages(CaseMessage.objects.filter(case=case)).order_by("copy", "at", "id")[:MOST_SHOWN]
    )
    said = words_of(messages)
    written = CaseAnswer.objects.filter(case=case).select_related("written_by", "sent_by", "voice")
    answers = list(written.order_by("round"))
    events = CaseEvent.objects.filter(case=case).select_related("actor").order_by("-at", "-id")[:200]
    contests = CaseContest.objects.filter(case=case, settled_at=None).order_by("-at")
    steps = (
        list(CaseStep.objects.filter(case=case, round=case.round).select_related("watched"))
        if is_open or case.missed_at
        else []
    )
    missed = next((row for row in steps if row.step == Step.HEAD), None)
    watched: Supervision | None = getattr(missed, "watched", None)
    alike, asking = _alike(person, case) if is_open else ([], 0)
    stands = is_open and case.due_at is None
    return Page(
        case=case,
        words=tuple(said),
        messages=len(said) if len(said) < MOST_SHOWN else CaseMessage.objects.filter(case=case).count(),
        questions=questions_in(said[0].text) if said else (),
        draft=next((row for row in answers if row.round == case.round and row.sent_at is None), None),
        voice=nearest(person, case.unit) if case.stage == "supervised" else None,
        answers=tuple(row for row in answers if row.sent_at is not None),
        events=tuple(events),
        pause=CasePause.objects.filter(case=case, until=None).first() if stands else None,
        plan=_plan(case, steps),
        alike=tuple(lines(alike)),
        asking=asking,
        contests=tuple(contests) if case.contested else (),
        missed=missed,
        explanation=watched.explanation if watched is not None else "",
        colleagues=workers(case.unit) if is_open else (),
        units=tuple(Unit.objects.exclude(pk=case.unit_id).order_by("path")) if is_open else (),
    )


def _alike(person: Person, case: Case) -> tuple[list[Case], int]:
    """The first other open cases that ask the same, and how many there are; counted only when more do."""
    near = case_groups.others(person, case)
    first = list(near.select_related("unit", "handler")[:MOST_ALIKE])
    return first, len(first) if len(first) < MOST_ALIKE else near.count()


def _plan(case: Case, steps: Sequence[CaseStep]) -> tuple[tuple[Step, datetime, bool], ...]:
    taken = {row.step: row.at for row in steps}
    if case.due_at is None:
        return tuple((Step(step), at, True) for step, at in taken.items())
    plan = case_clocks.PLAN
    return tuple(
        (step, taken.get(step.value, plan.at(step, case.due_at, case.started_at)), step.value in taken)
        for step in Step
    )


def workers(unit: Unit) -> tuple[Colleague, ...]:
    """Who may be given a case of this unit, in one query: a unit may have hundreds."""
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    working = [role for role in Role if Permission.CASE_WORK in permissions_of(role)]
    held = RoleHeld.objects.filter(unit__in=above, role__in=working).values("person")
    found = Person.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")
    return tuple(Colleague(*row) for row in found.values_list("id", "name"))
