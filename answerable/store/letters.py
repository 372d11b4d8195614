"""Letters to people in cases: owed once for each thing there is to tell, sent under a lease, tried again.

A kill between the sending and the receipt sends one letter again under the same Message-ID. Addresses are
opened here alone, and what a mail server says about one is kept as a code.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from answerable.errors import BadInput, ChannelTrouble
from answerable.publish.wording import is_mail_address
from answerable.respond.case_rules import OPEN
from answerable.store.keyring import Keyring
from answerable.store.models import (
    CaseAnswer,
    CaseContest,
    CaseLetter,
    CaseMessage,
    CaseStep,
    SubmissionContact,
)
from answerable.store.notices import BACK_OFF_S, DROPPED, FAILED, LEASE, SENDING, SENT, WAITING
from answerable.store.submissions import opened

MARK = r"case-[0-9a-f]{32}"
TRIED_FOR = timedelta(days=3)  # a desk whose mail server is away catches up so far
AT_ONCE = 20
_LOOKED_AT = 200  # messages of a case in which the address of a copy is looked for
ABOUT = ("received", "late", "answered", "settled")


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that this sender holds for the time of its lease."""

    letter: CaseLetter  # with message, submission, case and unit
    tries: int
    address: str = field(repr=False)
    message_id: str = field(repr=False)  # of the mail it answers, "" when they wrote by another door
    subject: str = field(repr=False)
    code: str = field(repr=False)  # "" when they got it elsewhere


def owe_receipt(message: CaseMessage, ring: Keyring, now: datetime) -> None:
    """Say that it came, inside the transaction of its coming; the same address hears it once for a case."""
    contact = _contacts([message], ring).get(message.pk, "")
    if not contact:
        return
    if message.copy:
        others = CaseMessage.objects.filter(case=message.case_id, letters__what="received")
        if contact in _contacts(others.order_by("-pk")[:_LOOKED_AT], ring).values():
            return
    _owe([message], "received", 0, ring, now)


def owe_due(ring: Keyring, now: datetime) -> int:
    """Letters about answers that went out, deadlines that passed, contests that were settled."""
    since = now - TRIED_FOR
    owed = 0
    answers = CaseAnswer.objects.filter(told_at=None, sent_at__gt=since, brought_in=False)
    for answer in answers.order_by("sent_at", "pk")[:AT_ONCE]:
        with transaction.atomic():
            if CaseAnswer.objects.filter(pk=answer.pk, told_at=None).update(told_at=now):
                owed += _owe_all(answer.case_id, "answered", answer.pk, ring, now)
    steps = CaseStep.objects.filter(
        told_at=None, at__gt=since, step="head", case__stage__in=OPEN, round=F("case__round")
    )
    for step in steps.order_by("at", "pk")[:AT_ONCE]:
        with transaction.atomic():
            if CaseStep.objects.filter(pk=step.pk, told_at=None).update(told_at=now):
                owed += _owe_all(step.case_id, "late", step.pk, ring, now)
    contests = CaseContest.objects.filter(told_at=None, settled_at__gt=since).select_related("message")
    for contest in contests.order_by("settled_at", "pk")[:AT_ONCE]:
        with transaction.atomic():
            won = CaseContest.objects.filter(pk=contest.pk, told_at=None).update(told_at=now)
            if won and _contacts([contest.message], ring):
                owed += _owe([contest.message], "settled", contest.pk, ring, now)
    return owed


def take(now: datetime, ring: Keyring, limit: int = AT_ONCE) -> list[Taken]:
    """Letters that are due, each to be sent by the caller and nobody else until its lease ends."""
    free = Q(state=WAITING, due_at__lte=now) | Q(state=SENDING, leased_until__lte=now)
    # A lease that ends too far ahead, or a row of the future, means that the clock was set back.
    free |= Q(state=SENDING, leased_until__gt=now + LEASE) | Q(state=WAITING, made_at__gt=now)
    rows = CaseLetter.objects.filter(free).select_related(
        "message__case__unit", "message__submission__source"
    )
    found = list(rows.order_by("due_at", "id")[:limit])
    contacts = _kept([row.message for row in found])
    taken = []
    for row in found:
        mine = CaseLetter.objects.filter(pk=row.pk, state=row.state, tries=row.tries)
        held = _opened(contacts.get(row.message.submission_id or 0), ring)
        gone = row.message.submission is None or row.message.submission.withdrawn_at is not None
        if held is None or gone or row.made_at < now - TRIED_FOR:
            mine.update(state=DROPPED, leased_until=None)
        elif mine.update(state=SENDING, leased_until=now + LEASE, tries=F("tries") + 1):
            taken.append(Taken(row, row.tries + 1, *held))
    return taken


def delivered(taken: Taken, now: datetime) -> None:
    """The mail server took it."""
    CaseLetter.objects.filter(pk=taken.letter.pk, state=SENDING).update(
        state=SENT, sent_at=now, leased_until=None, trouble=""
    )


def not_delivered(taken: Taken, trouble: ChannelTrouble, now: datetime, luck: float) -> None:
    """It did not: tried again for three days, which `luck` (0 to 1) spreads, unless that is useless."""
    mine = CaseLetter.objects.filter(pk=taken.letter.pk, state=SENDING, tries=taken.tries)
    code = str(trouble).split(maxsplit=1)[0][:40]  # what follows may repeat the address
    if trouble.permanent:
        mine.update(state=FAILED, leased_until=None, trouble=code)
        return
    pause = timedelta(seconds=BACK_OFF_S[min(taken.tries, len(BACK_OFF_S)) - 1] * (0.5 + luck))
    mine.update(state=WAITING, leased_until=None, due_at=now + pause, trouble=code)


def drop(taken: Taken) -> None:
    """It is not sent after all."""
    CaseLetter.objects.filter(pk=taken.letter.pk, state=SENDING).update(state=DROPPED, leased_until=None)


def _owe_all(case: int, what: str, about: int, ring: Keyring, now: datetime) -> int:
    """Everybody in the case who can be reached by mail, each address once, the first of its messages."""
    messages = list(CaseMessage.objects.filter(case=case, follows=None).order_by("copy", "at", "id"))
    contacts = _contacts(messages, ring)
    first: dict[str, CaseMessage] = {}
    for message in messages:
        if contact := contacts.get(message.pk):
            first.setdefault(contact, message)
    return _owe(first.values(), what, about, ring, now)


def _owe(messages: Iterable[CaseMessage], what: str, about: int, ring: Keyring, now: datetime) -> int:
    rows = [
        CaseLetter(
            message=message,
            what=what,
            about=about,
            mark=_mark(ring, message.pk, what, about),
            made_at=now,
            due_at=now,
        )
        for message in messages
    ]
    CaseLetter.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _mark(ring: Keyring, message: int, what: str, about: int) -> str:
    """Nobody can guess it: who names it in an answer has got the letter."""
    return (
        "case-"
        + hmac.digest(ring.contact_key, f"letter:{message}:{what}:{about}".encode(), "sha256")[:16].hex()
    )


def _contacts(messages: Iterable[CaseMessage], ring: Keyring) -> dict[int, str]:
    """Mail addresses of these messages, folded, for comparing in memory alone."""
    rows = list(messages)
    kept = _kept(rows)
    found = {row.pk: _opened(kept.get(row.submission_id or 0), ring) for row in rows}
    return {number: held[0].casefold() for number, held in found.items() if held is not None}


def _kept(messages: Iterable[CaseMessage]) -> dict[int, SubmissionContact]:
    numbers = [one.submission_id for one in messages if one.submission_id]
    found: dict[int, SubmissionContact] = {}
    for at in range(0, len(numbers), 500):
        found |= SubmissionContact.objects.in_bulk(numbers[at : at + 500])
    return found


def _opened(kept: SubmissionContact | None, ring: Keyring) -> tuple[str, str, str, str] | None:
    """Address, and id, subject and code of the mail; None where there is no mail address."""
    if kept is None:
        return None
    try:
        address = opened(ring, "contact", kept.pk, bytes(kept.sealed)).strip()
        thread = (
            json.loads(opened(ring, "thread", kept.pk, bytes(kept.thread))) if kept.thread else ["", "", ""]
        )
    except BadInput:
        return None
    return (address, *thread) if is_mail_address(address) else None
