"""The answer of a case: written, looked at and sent by a second person; contested, settled, opened again.

A text of the bank that goes out unchanged was looked at when it was approved: whoever has the case sends it.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from answerable.collect.private.mask import masked
from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.respond.case_rules import OPEN, OUTCOMES, checks, may_go
from answerable.store import case_clocks, case_groups, ledger, voices
from answerable.store.access import may
from answerable.store.case_access import case_for, change, note
from answerable.store.models import (
    Case,
    CaseAnswer,
    CaseContest,
    CaseMessage,
    CasePause,
    CaseRating,
    Person,
    ReplyText,
)

LONGEST = 10_000
MOST_ALIKE = 5_000  # cases that one answer answers


def write(
    actor: Person,
    number: int,
    *,
    text: str,
    outcome: str,
    bank: ReplyText | None = None,
    alike: bool = False,
    version: int,
    reason: str = "",
    now: datetime,
) -> CaseAnswer:
    """Write the answer of this round, or write it anew until it is sent. BadInput without words.

    `alike`: when it is sent, all open cases that ask the same join this one and get it too.
    """
    text = plain(text)[:LONGEST]
    if not text:
        raise BadInput("The answer is empty: write it, then save again.")
    if outcome not in OUTCOMES:
        raise BadInput("What does the answer do? Choose one.")
    with transaction.atomic():
        ledger.serialise()
        case = _open(actor, number, Permission.CASE_WORK)
        same = bank is not None and bank.text == text and bank.approved_at and not bank.retired_at
        fields = {
            "text": text,
            "outcome": outcome,
            "bank": bank if same else None,
            "alike": alike,
            "written_by": actor,
            "written_at": now,
            "submitted_at": None,
        }
        change(case, version, stage="assigned" if case.stage == "supervised" else case.stage)
        answer, _ = CaseAnswer.objects.update_or_create(
            case=case, round=case.round, sent_at=None, defaults=fields
        )
        note(case, actor, "written", now)
        ledger.append(actor, "case.write", "case", case.pk, json.dumps([text, outcome]), reason, now)
    return answer


def submit(
    actor: Person,
    number: int,
    *,
    answered: tuple[str, ...] = (),
    questions: tuple[str, ...] = (),
    version: int,
    reason: str = "",
    now: datetime,
) -> Case:
    """Ask a second person to look at it. BadInput when something must be mended first."""
    with transaction.atomic():
        ledger.serialise()
        case = _open(actor, number, Permission.CASE_WORK)
        answer = _draft(case)
        _fit(answer.text, questions, answered)
        change(case, version, stage="supervised")
        CaseAnswer.objects.filter(pk=answer.pk).update(submitted_at=now)
        note(case, actor, "submitted", now)
        ledger.append(actor, "case.submit", "case", case.pk, answer.text, reason, now)
    return case


def send_back(
    actor: Person, number: int, *, text: str, version: int, reason: str = "", now: datetime
) -> Case:
    """The second person wants it mended; the note says what."""
    if not (text := plain(text)[:1000]):
        raise BadInput("Write what is to be mended: the handler reads it.")
    with transaction.atomic():
        ledger.serialise()
        case = _open(actor, number, Permission.CASE_SEND)
        if case.stage != "supervised":
            raise Conflict("Nothing waits to be looked at here.")
        change(case, version, stage="assigned")
        CaseAnswer.objects.filter(pk=_draft(case).pk).update(submitted_at=None)
        note(case, actor, "sent_back", now, note=text)
        ledger.append(actor, "case.send_back", "case", case.pk, text, reason, now)
    return case


def send(actor: Person, number: int, *, version: int, reason: str = "", now: datetime) -> Case:
    """The answer goes to everybody in the case, and its clock stops.

    By a second person; an approved text of the bank, unchanged, by whoever works on the case.
    """
    with transaction.atomic():
        ledger.serialise()
        case = _open(actor, number, Permission.CASE_WORK)
        answer = _draft(case)
        if answer.bank_id is None:
            if not may(actor, Permission.CASE_SEND, case.unit) or answer.written_by_id == actor.pk:
                raise NotAllowed("A second person sends it: a head or spokesperson who has not written it.")
            if case.stage != "supervised":
                raise Conflict("Nobody has asked to have it looked at yet.")
        if answer.alike and (found := list(case_groups.others(actor, case)[:MOST_ALIKE])):
            case_groups.join(case, found, actor, version, now)
            version = case.version
        _finish(case, answer, actor, version, now)
        content = json.dumps([answer.text, answer.outcome, case.people])
        ledger.append(actor, "case.answer", "case", case.pk, content, reason, now)
    return case


def _finish(case: Case, answer: CaseAnswer, actor: Person, version: int, now: datetime) -> None:
    """Inside the caller's transaction: what was owed before is still told, then the clock stops for good."""
    due = case.due_at
    case_clocks.escalate(case, now, met=now)
    CasePause.objects.filter(case=case, until=None).update(until=now)
    fields: dict[str, object] = {
        "stage": "fed_back",
        "supervised_at": now,
        "fed_back_at": now,
        "outcome": answer.outcome,
        "due_at": None,
        "look_at": None,
        "assigned_at": case.assigned_at or now,
        "classified_at": case.classified_at or now,
        "handler": case.handler or answer.written_by,
    }
    if case.first_answer_at is None:
        fields["first_answer_at"] = now
    change(case, version, **fields)
    sent = {"sent_by": actor, "sent_at": now, "due_at": due, "voice": voices.speaking(actor, case.unit)}
    if not CaseAnswer.objects.filter(pk=answer.pk, sent_at=None).update(**sent):
        raise Conflict("This answer has gone out already.")
    late = due is not None and now > due
    note(case, actor, "answered", now, outcome=answer.outcome, late=late, bank=answer.bank_id is not None)


def contest(message: CaseMessage, *, text: str, now: datetime) -> CaseContest:
    """Whoever asked says that it is not solved, once for each answer. Words are masked like all others."""
    text = masked(plain(text)[:2000])
    if not text:
        raise BadInput("What is not solved? Write it in your own words.")
    with transaction.atomic():
        ledger.serialise()
        case = Case.objects.get(pk=message.case_id)
        if case.stage != "fed_back":
            raise Conflict("There is no answer here that could be contested.")
        made, new = CaseContest.objects.get_or_create(
            message=message, round=case.round, defaults={"case": case, "text": text, "at": now}
        )
        if not new:
            raise Conflict("You have said this about the answer already; somebody else looks at it now.")
        change(case, case.version, contested=True)
        note(case, None, "contested", now)
        ledger.append(None, "case.contest", "case", case.pk, text, "told", now)
    return made


def settle(
    actor: Person, contest_id: int, *, upheld: bool, text: str, reason: str = "", now: datetime
) -> Case:
    """Somebody else than who wrote and sent it decides: it stays closed, or is opened again.

    A case that is opened again has a new clock, by the hours of the unit that has it now.
    """
    if not (text := plain(text)[:2000]):
        raise BadInput("Write to the person what you decided and why.")
    with transaction.atomic():
        ledger.serialise()
        row = CaseContest.objects.filter(pk=contest_id).first()
        if row is None:
            raise Conflict("This contest is gone: look at the page again.")
        case = case_for(actor, row.case_id, Permission.CASE_SEND)
        answer = CaseAnswer.objects.filter(case=case, round=row.round).first()
        if answer is not None and actor.pk in (answer.written_by_id, answer.sent_by_id):
            raise NotAllowed("Somebody else settles it: not who wrote the answer, and not who sent it.")
        settled = {"settled_at": now, "settled_by": actor, "upheld": upheld, "note": text}
        settled["voice"] = voices.speaking(actor, case.unit)
        if not CaseContest.objects.filter(pk=row.pk, settled_at=None).update(**settled):
            raise Conflict("This was settled already.")
        others = CaseContest.objects.filter(case=case, round=row.round, settled_at=None).exists()
        if upheld and case.stage == "fed_back" and case.round == row.round:
            _open_again(case, now)
        else:
            change(case, case.version, contested=others)
        note(case, actor, "settled", now, upheld=upheld)
        ledger.append(actor, "case.settle", "case", case.pk, json.dumps([upheld, text]), reason, now)
    return case


def reopen(actor: Person, number: int, *, text: str, version: int, reason: str = "", now: datetime) -> Case:
    """The desk opens an answered case again by itself: a new round with its own clock."""
    if not (text := plain(text)[:300]):
        raise BadInput("Why is it opened again? Write it in a sentence.")
    with transaction.atomic():
        ledger.serialise()
        case = case_for(actor, number, Permission.CASE_WORK)
        if case.stage != "fed_back" or case.version != version:
            raise Conflict(
                "Somebody changed this case while you looked at it: nothing was saved. Look again."
            )
        _open_again(case, now)
        ledger.append(actor, "case.reopen", "case", case.pk, text, reason, now)
    return case


def _open_again(case: Case, now: datetime) -> None:
    case.round += 1
    case_clocks.begin(case, case.unit, now)
    change(
        case,
        case.version,
        round=case.round,
        stage="assigned" if case.handler_id else "classified",
        started_at=case.started_at,
        lasts_s=case.lasts_s,
        due_at=case.due_at,
        look_at=case.look_at,
        supervised_at=None,
        fed_back_at=None,
        outcome="",
        contested=False,
        wrote_at=None,
    )
    # What else was contested about the last answer is settled by this: everybody gets a new one.
    CaseContest.objects.filter(case=case, settled_at=None).update(settled_at=now, upheld=True)
    note(case, None, "reopened", now, round=case.round)


def rate(
    message: CaseMessage,
    *,
    helped: bool,
    asked_by: str,
    actor: Person | None = None,
    reason: str = "",
    now: datetime,
) -> CaseRating:
    """Did it help? Said once for each answer; on the telephone asked by nobody who had a hand in it."""
    with transaction.atomic():
        ledger.serialise()
        case = Case.objects.get(pk=message.case_id)
        answer = CaseAnswer.objects.filter(case=case, round=case.round, sent_at__isnull=False).first()
        if answer is None or message.copy:
            raise Conflict("There is no answer yet that could have helped.")
        if asked_by == "phone":
            _asks_for_others(actor, case, answer)
        made, new = CaseRating.objects.get_or_create(
            message=message,
            round=case.round,
            defaults={"case": case, "helped": helped, "asked_by": asked_by, "recorded_by": actor, "at": now},
        )
        if not new:
            raise Conflict("This was said already; thank you.")
        note(case, actor, "rated", now, helped=helped, asked_by=asked_by)
        ledger.append(actor, "case.rate", "case", case.pk, json.dumps(helped), reason or "asked", now)
    return made


def _asks_for_others(actor: Person | None, case: Case, answer: CaseAnswer) -> None:
    if actor is None or not may(actor, Permission.CASE_WORK, case.unit):
        raise NotAllowed("Your roles in this unit do not include that: ask an administrator or a colleague.")
    if actor.pk in (case.handler_id, answer.written_by_id, answer.sent_by_id):
        raise NotAllowed("Somebody else asks: not the handler, and not who wrote or sent the answer.")


def _fit(text: str, questions: tuple[str, ...], answered: tuple[str, ...]) -> None:
    if may_go(checks(text, questions, answered)):
        return
    raise BadInput("The answer is not ready: it is very short, shouts, or leaves a question open.")


def _draft(case: Case) -> CaseAnswer:
    found = CaseAnswer.objects.filter(case=case, round=case.round, sent_at=None).first()
    if found is None:
        raise Conflict("There is no answer yet: write it first.")
    return found


def _open(actor: Person, number: int, permission: Permission) -> Case:
    case = case_for(actor, number, permission)
    if case.stage not in OPEN:
        raise Conflict("This case is closed: look at the page again.")
    return case
