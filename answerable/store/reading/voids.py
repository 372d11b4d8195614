"""Voids: what people ask often and we have answered nowhere; what they asked before about such matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from answerable.respond.case_rules import OPEN, questions_in
from answerable.store import answers
from answerable.store.case_access import visible
from answerable.store.models import Answer, AnswerLink, Case, Person
from answerable.store.reading import cases
from answerable.understand.foreseen import Foreseen, Past, foresee

LEAST_PEOPLE = 2  # one person's question is a case; asked by more it may be a void
MOST = 50
MOST_PAST = 3000  # questions a draft is compared with


@dataclass(frozen=True, slots=True)
class Unowned:
    """Asked by several people, answered nowhere, owned by nobody yet."""

    case: Case
    question: str
    people: int


@dataclass(frozen=True, slots=True)
class Owned:
    """A question on the list that has no answer in public."""

    answer: Answer
    people: int


def unowned(person: Person) -> list[Unowned]:
    """One case of each story stands for all that ask the same; the most asked first."""
    held = AnswerLink.objects.filter(case__isnull=False, undone_at=None).values("case")
    asked = visible(person).filter(kind="question", stage__in=OPEN, lead=None).exclude(pk__in=held)
    often = asked.filter(Q(heat__gte=LEAST_PEOPLE) | Q(people__gte=LEAST_PEOPLE))
    rows = list(often.select_related("unit").order_by("-heat", "pk")[:MOST])
    return [
        Unowned(line.case, _question(line.words.text), max(line.case.heat, line.case.people))
        for line in cases.lines(rows)
        if line.words is not None and line.words.text
    ]


def owned(person: Person) -> list[Owned]:
    """Those that somebody owes, by their day; without a day last."""
    rows = answers.visible(person).filter(kind="question", set_aside_at=None, statement__published=None)
    found = list(rows.select_related("unit", "owner")[:MOST])
    people: dict[int, int] = {}
    links = AnswerLink.objects.filter(answer__in=found, undone_at=None, case__isnull=False)
    for answer, n in links.exclude(how="proposed").values_list("answer", "case__people"):
        people[answer] = people.get(answer, 0) + int(n or 0)
    late = datetime.max.replace(tzinfo=found[0].opened_at.tzinfo) if found else None
    found.sort(key=lambda row: (row.due_at or late, row.pk))
    return [Owned(row, people.get(row.pk, 0)) for row in found]


def to_expect(person: Person, draft: str) -> list[Foreseen]:
    """Questions of cases and of the list that share telling words with a draft."""
    return foresee(draft, [*_of_list(person), *_of_cases(person)])


def _of_list(person: Person) -> list[Past]:
    rows = answers.visible(person).filter(set_aside_at=None).order_by("-pk")[:MOST_PAST]
    return [
        Past(-row.pk, row.claim, 1, row.statement is not None and row.statement.published_id is not None)
        for row in rows.select_related("statement")
    ]


def _of_cases(person: Person) -> list[Past]:
    asked = visible(person).filter(kind="question").order_by("-collected_at")[:MOST_PAST]
    return [
        Past(line.case.pk, one, line.case.people, line.case.stage not in OPEN)
        for line in cases.lines(list(asked))
        if line.words is not None
        for one in _questions(line.words.text)
    ]


def _questions(text: str) -> Sequence[str]:
    return questions_in(text)[:3] or ((text[:300],) if text else ())


def _question(text: str) -> str:
    return next(iter(questions_in(text)), text)[: answers.MOST_CLAIM]
