"""The media desk: outlets' questions, one answer to all who asked, and stories we pointed an outlet to.

An answer is a statement: published, or approved and planned, and then under an embargo until it is public.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from answerable.collect.private.mask import masked
from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import is_mail_address, plain
from answerable.store import departures, ledger, statements
from answerable.store.access import may, require
from answerable.store.models import Lead, Person, PressQuestion, Statement, Story, Unit

LONGEST = 5_000
LATEST = timedelta(days=90)
MOST_AT_ONCE = 100


def ask(
    actor: Person,
    *,
    unit: Unit,
    outlet: str,
    text: str,
    due_at: datetime,
    reply_to: str = "",
    story_id: int | None = None,
    exercise: bool = False,
    reason: str = "",
    now: datetime,
) -> PressQuestion:
    """Write down what an outlet asks, and by when. `reply_to` is the newsroom's address, "" when unknown."""
    outlet, text, reply_to = plain(outlet)[:120], masked(plain(text))[:LONGEST], reply_to.strip()
    if not (outlet and text):
        raise BadInput("Which outlet asks, and what? Write both.")
    if reply_to and not is_mail_address(reply_to):
        raise BadInput("This is no mail address: write the newsroom's, or leave it empty.")
    if not now < due_at <= now + LATEST:
        raise BadInput("By when do they need it? Choose a time that is still to come, within 90 days.")
    with transaction.atomic():
        require(actor, Permission.STATEMENT_WRITE, unit)
        story = Story.objects.filter(pk=story_id, exercise=exercise).first() if story_id else None
        made = PressQuestion.objects.create(
            unit=unit, outlet=outlet, reply_to=reply_to, text=text, story=story, exercise=exercise,
            asked_at=now, due_at=due_at, added_by=actor,
        )  # fmt: skip
        content = json.dumps([outlet, text, due_at.isoformat()], ensure_ascii=False)
        ledger.append(actor, "press.ask", "press_question", made.pk, content, reason, now)
    return made


def answer_all(
    actor: Person, questions: Sequence[int], statement_id: int, *, reason: str = "", now: datetime
) -> int:
    """One statement answers all these questions at once, for everybody the same; returns how many.

    While it is not public the answer stands under an embargo until its planned time. BadInput for a text that
    is neither public nor planned; Conflict when one of the questions is answered already.
    """
    wanted = list(dict.fromkeys(questions))[:MOST_AT_ONCE]
    if not wanted:
        raise BadInput("Which questions does it answer? Choose at least one.")
    with transaction.atomic():
        ledger.serialise()
        statement = statements.statement_for(actor, statement_id, Permission.STATEMENT_PUBLISH)
        until = embargo(statement)
        rows = PressQuestion.objects.select_related("unit").filter(pk__in=wanted, exercise=statement.exercise)
        if len(found := list(rows)) != len(wanted):
            raise NotAllowed("There is no such question in your units.")
        if any(not may(actor, Permission.STATEMENT_WRITE, row.unit) for row in found):
            raise NotAllowed("There is no such question in your units.")
        won = PressQuestion.objects.filter(pk__in=wanted, answered_at=None).update(
            answer=statement, embargo_until=until, answered_by=actor, answered_at=now
        )
        if won != len(wanted):
            raise Conflict("One of these questions was answered meanwhile: look at the list again.")
        content = json.dumps([sorted(wanted), until.isoformat() if until else None])
        ledger.append(actor, "press.answer", "statement", statement.pk, content, reason, now)
    return won


def embargo(statement: Statement) -> datetime | None:
    """Until when what this statement says is not public; None when it is. BadInput when nobody knows."""
    if statement.withdrawn_at is not None:
        raise BadInput("This statement was cancelled: it answers nothing.")
    if statement.published_id is not None:
        return None
    newest = statement.versions.order_by("-number").first()
    leaving = departures.open_departure(newest.pk) if newest else None
    if newest is None or newest.approved_at is None or leaving is None:
        raise BadInput("Publish the statement, or plan its time: an embargo needs an end.")
    return leaving.due_at


def point_to(
    actor: Person, story_id: int, *, outlet: str, note: str = "", reason: str = "", now: datetime
) -> Lead:
    """Note that we pointed an outlet to a story. Conflict when we did already."""
    outlet, note = plain(outlet)[:120], masked(plain(note))[:300]
    if not outlet:
        raise BadInput("Which outlet did you point to it? Write its name.")
    with transaction.atomic():
        require(actor, Permission.STATEMENT_WRITE)
        story = Story.objects.filter(pk=story_id).first()
        if story is None:
            raise NotAllowed("There is no such story.")
        try:
            with transaction.atomic():
                made = Lead.objects.create(
                    story=story, outlet=outlet, note=note, exercise=story.exercise, by=actor, at=now
                )
        except IntegrityError as error:
            raise Conflict("This outlet was pointed to this story already.") from error
        content = json.dumps([story.pk, outlet, note], ensure_ascii=False)
        ledger.append(actor, "press.point", "lead", made.pk, content, reason, now)
    return made
