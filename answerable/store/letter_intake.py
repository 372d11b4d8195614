"""A mail to a mailbox whose writers ask us: a case, or more words in the case whose letter it answers.

It stands before its item is handed on, so that no end of the process loses it; read again, it changes
nothing. Only whoever got a letter of ours joins its case by an answer to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from answerable.errors import BadInput
from answerable.publish.wording import is_mail_address
from answerable.records import Item
from answerable.respond.case_rules import ENDED, OPEN, questions_in
from answerable.store import case_clocks, case_intake, ledger, letters, submission_files
from answerable.store.case_access import note
from answerable.store.case_intake import Word
from answerable.store.keyring import Keyring
from answerable.store.models import (
    Case,
    CaseLetter,
    CaseMessage,
    CasePause,
    Source,
    Submission,
    SubmissionContact,
    Unit,
)
from answerable.store.submission_files import Sent
from answerable.store.submissions import MOST_CONTACT, Secret, code_key, opened, sealed

CAME_BY = "mail"
_OUR_ID = re.compile(rf"<({letters.MARK})@[^<>\s]+>")


@dataclass(frozen=True, slots=True)
class Written:
    """What a mail says besides its words. Never stored in the clear, never logged."""

    sender: str  # address of its writer
    message_id: str
    refers: Sequence[str]
    language: str
    files: Sequence[Sent] = ()


def stands(secret: Secret) -> bool:
    """Whether this mail was stored before."""
    return Submission.objects.filter(token=secret.token).exists()


def secret_of(ring: Keyring, source: int, external_id: str) -> Secret:
    """Number, code and token of a mail: the same whenever the same mail is read."""
    return Secret(ring, f"mail:{source}:{external_id}")


def receive(
    item: Item,
    written: Written,
    secret: Secret,
    *,
    source: Source,
    contact_days: int,
    file_room: int = 0,
    now: datetime,
) -> bool:
    """Store one mail and what it begins or joins; False when it stood there before.

    `file_room`: bytes that the files of all messages may take.
    """
    ring = secret.ring
    unit = source.unit or Unit.objects.filter(parent=None).order_by("id").first()
    text = f"{item.title}\n\n{item.text}" if item.title else item.text
    with transaction.atomic():
        ledger.serialise()
        if unit is None or stands(secret):
            return False
        row = Submission.objects.create(
            id=secret.number,
            token=secret.token,
            code=code_key(ring, secret.code),
            source=source,
            item_key=item.key,
            unit=unit,
            came_by=CAME_BY,
            kind="question" if questions_in(text) else "report",
            text=text,
            language=written.language[:12],
            said_at=item.published,
            received_at=now,
            updated_at=now,
            handed_at=now,  # its item goes to the engine by the mailbox
        )
        ends = now + timedelta(days=contact_days)
        submission_files.keep(row, written.files, ring, room=file_room, erase_at=ends)
        # The same few words with other files are another matter.
        apart_by = " ".join(one.sha256 for one in written.files)
        word = Word(CAME_BY, row.kind, text, apart_by=apart_by, submission=row, heard=item.published)
        joined = _joined(word, written, ring, now)
        _keep_contact(row, item.title, written, secret, ends)
        if not joined:
            case_intake.begin(word, unit, ring, said=item.published, now=now)
            letters.owe_receipt(CaseMessage.objects.get(submission=row), ring, now)
        ledger.append(
            None, "submission.receive", "submission", row.pk, json.dumps([CAME_BY, row.kind]), "told", now
        )
    return True


def _keep_contact(
    row: Submission, subject: str, written: Written, secret: Secret, erase_at: datetime
) -> None:
    if not is_mail_address(written.sender) or len(written.sender) > MOST_CONTACT:
        return
    thread = json.dumps([written.message_id, subject, secret.code])
    SubmissionContact.objects.create(
        submission=row.pk,
        sealed=sealed(secret.ring, "contact", row.pk, written.sender),
        thread=sealed(secret.ring, "thread", row.pk, thread),
        erase_at=erase_at,
    )


def _joined(word: Word, written: Written, ring: Keyring, now: datetime) -> bool:
    """Whether it answers a letter of ours to the same address: then its words stand in that case."""
    marks = [found[1] for one in written.refers if (found := _OUR_ID.fullmatch(one))]
    sent = CaseLetter.objects.filter(mark__in=marks).select_related("message__case").order_by("-pk").first()
    if sent is None or not _same_person(sent.message, written.sender, ring):
        return False
    case = sent.message.case
    if case.stage == ENDED:
        return False
    first = sent.message.follows or sent.message
    key = case_intake.words_key(ring, word.text, word.place)
    case_intake.message(case, word, key, word.heard or now, now, follows=first)
    note(case, None, "wrote_again", now)
    if case.stage in OPEN:
        _go_on(case, now)
    else:
        Case.objects.filter(pk=case.pk).update(wrote_at=now, version=F("version") + 1)
    return True


def _same_person(message: CaseMessage, sender: str, ring: Keyring) -> bool:
    kept = SubmissionContact.objects.filter(pk=message.submission_id or 0).first()
    try:
        contact = opened(ring, "contact", kept.pk, bytes(kept.sealed)) if kept else ""
    except BadInput:
        return False
    return bool(contact) and contact.casefold() == sender.casefold()


def _go_on(case: Case, now: datetime) -> None:
    """The clock that waited for this person runs again."""
    stood = CasePause.objects.filter(case=case, until=None, reason="waits_for_person").first()
    if stood is None:
        return
    CasePause.objects.filter(pk=stood.pk).update(until=max(now, stood.since))
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1)
    case_clocks.move(case)
    note(case, None, "resumed", now, paused_s=int(max(0.0, (now - stood.since).total_seconds())))
