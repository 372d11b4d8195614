"""Standing questions as people ask, change, pause and remove them. What they find is in `question_stream`.

Promise 10: each write decides anew whether the question is flagged, and a flagged one is sampled again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission, Role
from answerable.publish.wording import plain
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import (
    ItemRow,
    Person,
    Question,
    QuestionSample,
    RoleHeld,
    Unit,
    Voice,
)
from answerable.understand.questions.likeness import MOST_EXAMPLES
from answerable.understand.questions.names import Flag, Names, flag, flag_of_examples
from answerable.understand.questions.purposes import OTHER, PURPOSES
from answerable.understand.questions.query import parse
from answerable.understand.questions.seen import UNSPACED, tokens
from answerable.understand.words import fold

SAMPLED_AFTER = timedelta(days=7)
LOOK_BACK = (1, 7, 30, 90)  # days


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person writes of a question. Either words, or ids of items that are examples."""

    name: str
    purpose: str
    words: str = ""
    examples: tuple[int, ...] = ()
    purpose_text: str = ""
    look_back_days: int = 30


def create(
    actor: Person, wanted: Wanted, *, unit: Unit, exercise: bool = False, reason: str = "", now: datetime
) -> Question:
    """Ask from now on, and look back. BadInput for what cannot be asked; NotAllowed without permission."""
    facts = _checked(wanted, exercise)
    with transaction.atomic():
        require(actor, Permission.QUESTION_CHANGE, unit)
        question = Question.objects.create(
            **facts,
            unit=unit,
            exercise=exercise,
            created_by=actor,
            created_at=now,
            changed_by=actor,
            changed_at=now,
        )
        _mark(question, names_of_desk(), now)
        ledger.append(actor, "question.create", "question", question.pk, _content(facts), reason, now)
    return question


def change(
    actor: Person, question: Question, wanted: Wanted, *, version: int, reason: str = "", now: datetime
) -> None:
    """Other words, purpose or name. It looks back anew. Conflict when somebody changed it since `version`."""
    facts = _checked(wanted, question.exercise, question.examples)
    facts |= {"changed_by": actor, "changed_at": now, "version": F("version") + 1, "likeness": None}
    if tuple(facts["examples"]) == tuple(question.examples):
        del facts["likeness"]
    content = _content({name: value for name, value in facts.items() if name in _WRITTEN})
    _change(actor, question, "question.change", Q(version=version), content, reason, now, **facts)


def pause(actor: Person, question: Question, *, reason: str = "", now: datetime) -> None:
    """Ask no more for a while; what it found stays. Conflict when it is paused already."""
    # The engine learns of every change by the version.
    stopped = {"paused": True, "version": F("version") + 1}
    _change(actor, question, "question.pause", Q(paused=False), "", reason, now, **stopped)


def resume(actor: Person, question: Question, *, reason: str = "", now: datetime) -> None:
    """Ask again; it looks back, so that nothing is missing. BadInput when all its examples were erased."""
    if not (question.words or question.examples):
        raise BadInput("All its examples were erased: change it to words, or to other examples.")
    fresh = {"paused": False, "version": F("version") + 1}
    _change(actor, question, "question.resume", Q(paused=True), "", reason, now, **fresh)


def remove(actor: Person, question: Question, *, reason: str = "", now: datetime) -> None:
    """Ask no more. What it found is taken apart by the engine; the ledger keeps that it was asked."""
    fields = {"removed_at": now, "version": F("version") + 1}
    _change(actor, question, "question.remove", Q(), "", reason, now, **fields)


def record_finding(
    actor: Person,
    sample: QuestionSample,
    *,
    criticism: int,
    service: int,
    neither: int,
    finding: str,
    outcome: str,
    reason: str = "",
    now: datetime,
) -> None:
    """What the second look at a flagged question showed; `stops` pauses it. The finding is public.

    NotAllowed without the permission. BadInput when the counts are not those of the sample, without a
    sentence, for an unknown outcome, or from the person who wrote the question. Conflict when it was done.
    """
    question = sample.question
    if actor.pk in (question.created_by_id, question.changed_by_id):
        raise BadInput("Who wrote a question does not review it: ask a colleague who may.")
    if min(criticism, service, neither) < 0 or criticism + service + neither != len(sample.items):
        raise BadInput("Count every item of the sample once: the three numbers together are its size.")
    if not (finding := plain(finding)):
        raise BadInput("Write the finding in a sentence; everybody can read it.")
    if outcome not in ("keeps", "changes", "stops"):
        raise BadInput("Choose what follows: it stays, it is to be changed, or it stops.")
    with transaction.atomic():
        require(actor, Permission.QUESTION_REVIEW, question.unit)
        open_one = QuestionSample.objects.filter(pk=sample.pk, done_at=None, drawn_at__isnull=False)
        counts = {"criticism": criticism, "service": service, "neither": neither}
        facts: dict[str, Any] = {**counts, "finding": finding, "outcome": outcome}
        if not open_one.update(done_at=now, done_by=actor, **facts):
            raise Conflict("This sample was reviewed already, or it is not drawn yet.")
        if outcome == "stops":
            Question.objects.filter(pk=question.pk).update(paused=True, version=F("version") + 1)
        else:
            _next_sample(question.pk, now)
        content = json.dumps([question.pk, *facts.values()], ensure_ascii=False)
        ledger.append(actor, "question.review", "question", question.pk, content, reason, now)


def asked(exercise: bool = False) -> QuerySet[Question]:
    """Questions that were not removed, by name."""
    found = Question.objects.filter(exercise=exercise, removed_at=None)
    return found.select_related("unit", "created_by", "changed_by").order_by("name", "id")


def overseer_exists() -> bool:
    """Whether somebody watches the flags for the public; until then they stand on the public page."""
    return RoleHeld.objects.filter(role=Role.OVERSEER, person__is_active=True).exists()


def names_of_desk() -> Names:
    """The names that promise 10 holds questions against, as the desk writes them today."""
    table = getattr(settings, "ANSWERABLE", None)
    top = list(Unit.objects.filter(parent=None).values_list("name", flat=True))
    units = [
        name for name in Unit.objects.exclude(parent=None).values_list("name", flat=True) if _telling(name)
    ]
    body = [str(table.body_name)] if table else []
    own = [name.strip() for name in str(table.own_names).split(";")] if table else []
    people = Person.objects.filter(is_active=True).values_list("name", flat=True)
    voices = Voice.objects.filter(retired_at=None).values_list("name", flat=True)
    return Names(
        body=tuple(dict.fromkeys([*top, *units, *body])),
        people=tuple(dict.fromkeys([*people, *voices])),
        policies=tuple(name for name in own if name),
    )


def flag_of(wanted: Wanted | Question, names: Names) -> Flag | None:
    """The flag that a question would get (promise 10)."""
    if wanted.words:
        return flag(parse(wanted.words), wanted.purpose, names)
    texts = ItemRow.objects.filter(pk__in=list(wanted.examples)).values_list("title", "text")
    return flag_of_examples([f"{title} {text}" for title, text in texts], wanted.purpose, names)


def mark_again(now: datetime) -> int:
    """Hold every question against the names of today: people and units come and go. Returns the changes."""
    changed = 0
    names = names_of_desk()
    for question in Question.objects.filter(removed_at=None).order_by("id"):
        with transaction.atomic():
            if _mark(question, names, now):
                changed += 1
                code = question.flag or "none"
                ledger.append(None, "question.flag", "question", question.pk, code, "names", now)
    return changed


_WRITTEN = ("name", "purpose", "purpose_text", "words", "examples", "look_back_days")


def _checked(wanted: Wanted, exercise: bool, known: Sequence[int] = ()) -> dict[str, Any]:
    name = plain(wanted.name)[:200]
    if not name:
        raise BadInput("What is the question called? Write a name.")
    if wanted.purpose not in PURPOSES:
        raise BadInput("A question has a purpose from the list: choose one.")
    purpose_text = plain(wanted.purpose_text)[:300] if wanted.purpose == OTHER else ""
    if wanted.purpose == OTHER and not purpose_text:
        raise BadInput("What is the question for? Everybody can read the purpose: write it.")
    if wanted.look_back_days not in LOOK_BACK:
        raise BadInput("A question looks back 1, 7, 30 or 90 days: choose one of them.")
    words = wanted.words.strip()
    if bool(words) == bool(wanted.examples):
        raise BadInput("A question goes by words or by examples: fill in one of the two.")
    examples = tuple(dict.fromkeys(wanted.examples))[:MOST_EXAMPLES]
    if words:
        parse(words)
    elif examples != tuple(known):
        here = ItemRow.objects.filter(pk__in=examples, exercise=exercise).count()
        if here < len(examples):
            raise BadInput("An example is not here any more: choose items that the desk still keeps.")
    return {
        "name": name,
        "purpose": wanted.purpose,
        "purpose_text": purpose_text,
        "words": words,
        "examples": list(examples),
        "look_back_days": wanted.look_back_days,
    }


def _content(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _change(
    actor: Person,
    question: Question,
    action: str,
    state: Q,
    content: str,
    reason: str,
    now: datetime,
    **fields: Any,
) -> None:
    with transaction.atomic():
        require(actor, Permission.QUESTION_CHANGE, question.unit)
        if not Question.objects.filter(state, pk=question.pk, removed_at=None).update(**fields):
            raise Conflict("The question is in another state by now: look at its page again.")
        question.refresh_from_db()
        if action == "question.change":
            _mark(question, names_of_desk(), now)
        ledger.append(actor, action, "question", question.pk, content, reason, now)


def _mark(question: Question, names: Names, now: datetime) -> bool:
    """Write the flag and, with one, the sample that is due; whether that changed something."""
    found = flag_of(question, names)
    code, said = (found.code, list(found.names)) if found else ("", [])
    if (code, said) == (question.flag, question.flag_names):
        return False
    at = (question.flagged_at or now) if code else None
    Question.objects.filter(pk=question.pk).update(flag=code, flag_names=said, flagged_at=at)
    question.flag, question.flag_names, question.flagged_at = code, said, at
    if code:
        _next_sample(question.pk, now)
    else:
        QuestionSample.objects.filter(question=question, done_at=None, drawn_at=None).delete()
    return True


def _next_sample(question: int, now: datetime) -> None:
    if not QuestionSample.objects.filter(question=question, done_at=None).exists():
        QuestionSample.objects.create(question_id=question, due_at=now + SAMPLED_AFTER)


def _telling(name: str) -> bool:
    """Whether a unit's name names the unit: one common word ("Water") is the matter itself."""
    words = tokens(fold(name))
    return len(words) > 1 or any(UNSPACED.match(word) and len(word) >= 4 for word in words)
