"""Claims and questions that somebody here owes an answer: opened, given an owner and a day, answered, linked.

The answer itself is a statement: its words, its second person and its versions are `store.statements`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from answerable.collect.private.mask import masked
from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.records import Json
from answerable.store import ledger, statements
from answerable.store.access import may, reach_filter, require
from answerable.store.case_access import visible as visible_cases
from answerable.store.models import (
    Answer,
    AnswerAsker,
    AnswerLink,
    Case,
    Person,
    StatementVersion,
    Story,
    Unit,
)
from answerable.store.submissions import KINDS as MESSAGES

KINDS = ("claim", "question")
HARMS = (1, 2, 3)
MOST_CLAIM = 1000
REOPENED = ("one_sided", "disputed", "new_facts")


def visible(person: Person | None, exercise: bool = False) -> QuerySet[Answer]:
    """Answers of the person's units and those below."""
    mine = reach_filter(person, Permission.DESK_READ, "unit__path")
    return Answer.objects.filter(mine, exercise=exercise)


def answer_for(person: Person, number: int, permission: Permission = Permission.STATEMENT_WRITE) -> Answer:
    """This answer, for this person. NotAllowed when there is none that they may do this with."""
    found = Answer.objects.select_related("unit", "owner", "statement").filter(pk=number).first()
    if found is None or not may(person, permission, found.unit):
        raise NotAllowed("Your roles in this unit do not include that: ask an administrator or a colleague.")
    return found


def open_claim(
    actor: Person,
    *,
    kind: str,
    claim: str,
    language: str,
    unit: Unit,
    harm: int = 2,
    owner: Person | None = None,
    due_at: datetime | None = None,
    story: int | None = None,
    case: int | None = None,
    exercise: bool = False,
    reason: str = "",
    now: datetime,
) -> Answer:
    """A claim or question is on the list from now on, with who owes the answer and by when.

    `story` and `case` are where it was heard. BadInput without words, or for a case of others.
    """
    words = _claim(claim)
    if kind not in KINDS or harm not in HARMS:
        raise BadInput("What is it, and how much harm could it do? Choose one of each.")
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.STATEMENT_WRITE, unit)
        made = Answer.objects.create(
            kind=kind,
            claim=words,
            language=language[:12],
            unit=unit,
            harm=harm,
            owner=_owner(owner, unit),
            due_at=due_at,
            opened_by=actor,
            opened_at=now,
            exercise=exercise,
        )
        _heard(actor, made, story, case, now)
        ledger.append(actor, "answer.open", "answer", made.pk, json.dumps([kind, words, harm]), reason, now)
    return made


def change(
    actor: Person,
    number: int,
    *,
    version: int,
    owner: Person | None,
    due_at: datetime | None,
    harm: int,
    look_again_at: datetime | None,
    sends_itself_to: Sequence[str] = (),
    reason: str = "",
    now: datetime,
) -> Answer:
    """Who owes it, by when, how harmful it is, when it grows old, and which messages get it by themselves."""
    if harm not in HARMS or not set(sends_itself_to) <= set(MESSAGES):
        raise BadInput("What is it, and how much harm could it do? Choose one of each.")
    with transaction.atomic():
        ledger.serialise()
        found = answer_for(actor, number)
        sends = [kind for kind in MESSAGES if kind in sends_itself_to]
        if sends and not may(actor, Permission.STATEMENT_APPROVE, found.unit):
            held = set(found.sends_itself_to)
            if not set(sends) <= held:
                raise NotAllowed(
                    "Whoever approves texts decides which messages an answer is sent to by itself."
                )
        fields: dict[str, object] = {
            "owner": _owner(owner, found.unit),
            "due_at": due_at,
            "harm": harm,
            "look_again_at": look_again_at,
            "sends_itself_to": sends,
        }
        _change(found, version, **fields)
        content = json.dumps([owner.pk if owner else None, harm, sends, str(due_at), str(look_again_at)])
        ledger.append(actor, "answer.change", "answer", found.pk, content, reason, now)
    found.refresh_from_db()
    return found


def set_aside(actor: Person, number: int, *, version: int, reason: str = "", now: datetime) -> None:
    """There is nothing to check, or another answer covers it. Conflict once it is out: that is corrected."""
    with transaction.atomic():
        ledger.serialise()
        found = answer_for(actor, number)
        if found.statement is not None and found.statement.published_id is not None:
            raise Conflict("It is answered in public: correct the answer instead.")
        if found.set_aside_at is not None:
            raise Conflict("It was set aside already.")
        _change(found, version, set_aside_at=now)
        ledger.append(actor, "answer.set_aside", "answer", found.pk, "", reason, now)


def reopen(actor: Person | None, number: int, *, why: str, reason: str = "", now: datetime) -> bool:
    """Look at it again; the answer stays public until its correction. False when it is open already."""
    if why not in REOPENED:
        raise BadInput("Why is it opened again? Choose one.")
    with transaction.atomic():
        ledger.serialise()
        if actor is not None:
            answer_for(actor, number)
        standing = Answer.objects.filter(pk=number, reopened_at=None)
        if not standing.update(
            reopened_at=now, reopened_why=why, set_aside_at=None, version=F("version") + 1
        ):
            return False
        ledger.append(actor, "answer.reopen", "answer", number, why, reason or why, now)
    return True


def write(
    actor: Person,
    number: int,
    *,
    voice_id: int,
    title: str,
    text: str,
    verdict: str,
    reason: str = "",
    now: datetime,
    **rest: Any,
) -> StatementVersion:
    """The first draft of the answer: a clarification that judges the claim. A second person approves it."""
    with transaction.atomic():
        ledger.serialise()
        found = answer_for(actor, number)
        if found.statement_id is not None:
            raise Conflict("This claim has an answer already: correct that one.")
        if not verdict:
            raise BadInput("What is our verdict? Choose one; not known yet is one too.")
        rest.pop("claim", None)
        made = statements.write(
            actor,
            kind="clarification",
            voice_id=voice_id,
            language=found.language,
            title=title,
            text=text,
            claim=found.claim,
            verdict=verdict,
            exercise=found.exercise,
            reason=reason,
            now=now,
            **rest,
        )
        won = Answer.objects.filter(pk=found.pk, statement=None)
        if not won.update(statement=made.statement, version=F("version") + 1):
            raise Conflict("This claim has an answer already: correct that one.")
        ledger.append(actor, "answer.write", "answer", found.pk, made.text_hash, reason, now)
    return made


def link(
    actor: Person | None,
    number: int,
    *,
    story: int | None = None,
    case: int | None = None,
    chance: float | None = None,
    reasons: Sequence[Json] = (),
    reason: str = "",
    now: datetime,
) -> AnswerLink | None:
    """This story carries the claim, or the people of this case asked it. None when it was linked before.

    Without an actor the desk found it itself (a near-exact match); what a person undid stays undone then.
    """
    with transaction.atomic():
        ledger.serialise()
        found = answer_for(actor, number) if actor else Answer.objects.select_related("unit").get(pk=number)
        _may_link(actor, found, story, case)
        held = AnswerLink.objects.filter(answer=found, story=story, case=case).first()
        if held is not None:
            proposed = held.how == "proposed"
            again = actor is not None and held.undone_at is not None
            if not again and not (proposed and held.undone_at is None):
                return None
            how = "person" if actor else "match"
            AnswerLink.objects.filter(pk=held.pk).update(undone_at=None, by=actor, how=how, at=now)
            held.refresh_from_db()
        else:
            held = AnswerLink.objects.create(
                answer=found, story_id=story, case_id=case, by=actor, at=now,
                how="match" if actor is None or chance is not None else "person",
                chance=chance, reasons=list(reasons)[:8],
            )  # fmt: skip
        Answer.objects.filter(pk=found.pk).update(told=0)  # who asked there must be looked up again
        ledger.append(
            actor, "answer.link", "answer", found.pk, json.dumps([story, case]), reason or "match", now
        )
    return held


def undo(actor: Person, number: int, link_id: int, *, reason: str = "", now: datetime) -> None:
    """It was not the same claim. Nobody else is told through it; who was told stays told."""
    with transaction.atomic():
        ledger.serialise()
        found = answer_for(actor, number)
        if not AnswerLink.objects.filter(pk=link_id, answer=found, undone_at=None).update(undone_at=now):
            raise Conflict("This was undone already.")
        case = AnswerLink.objects.values_list("case", flat=True).get(pk=link_id)
        # Whoever read the answer hears of its corrections all the same.
        AnswerAsker.objects.filter(answer=found, message__case=case, notices=None).delete()
        ledger.append(actor, "answer.unlink", "answer", found.pk, str(link_id), reason, now)


def _claim(text: str) -> str:
    words = masked(" ".join(plain(text).split()))[:MOST_CLAIM]
    if not words:
        raise BadInput("What do people say or ask? Write it in their words, in one or two sentences.")
    return words


def _owner(owner: Person | None, unit: Unit) -> Person | None:
    if owner is not None and not may(owner, Permission.STATEMENT_WRITE, unit):
        raise BadInput("This colleague writes no answers for the unit: choose another one.")
    return owner


def _change(found: Answer, version: int, **fields: object) -> None:
    """A conditional update. Conflict when somebody else changed it meanwhile."""
    won = Answer.objects.filter(pk=found.pk, version=version)
    if not won.update(**fields, version=F("version") + 1):
        raise Conflict("Somebody else changed it meanwhile: look at it again.")


def _heard(actor: Person, made: Answer, story: int | None, case: int | None, now: datetime) -> None:
    for fields in ({"story_id": story}, {"case_id": case}):
        if all(value is not None for value in fields.values()):
            _may_link(actor, made, fields.get("story_id"), fields.get("case_id"))
            AnswerLink.objects.create(answer=made, how="person", by=actor, at=now, **fields)


def _may_link(actor: Person | None, found: Answer, story: int | None, case: int | None) -> None:
    if (story is None) == (case is None):
        raise BadInput("Where was it said or asked? Name a story or a case.")
    if story is not None and not Story.objects.filter(pk=story, exercise=found.exercise).exists():
        raise BadInput("There is no such story here: choose another one.")
    if case is not None:
        cases = visible_cases(actor) if actor else Case.objects.all()
        if found.exercise or not cases.filter(pk=case).exists():
            raise BadInput("There is no such case in your units: choose another one.")
