"""Who asked is told: once when the answer is out, and once again for each version after it.

One row for one asker and one version, whatever happens in between; a kill repeats a round, never a row. Mail
goes out under a lease: after a kill the same key may go once more, which is how a receiver tells the repeat.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from answerable.errors import BadInput, ChannelTrouble, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import is_mail_address
from answerable.store import ledger
from answerable.store.answers import answer_for
from answerable.store.keyring import Keyring
from answerable.store.models import (
    Answer,
    AnswerAsker,
    AnswerNotice,
    AskerContact,
    Person,
    StatementVersion,
    SubmissionContact,
)
from answerable.store.reading.rows import rows
from answerable.store.submissions import opened

FOUND_AT_ONCE = 5_000
CHUNK = 250  # rows of one transaction: another writer waits no longer than for these
LEASE = timedelta(minutes=2)
BACK_OFF_S = (
    15,
    60,
    300,
    1200,
    3600,
    4 * 3600,
    12 * 3600,
)  # after the first try, the second …; then given up
CONFIRM_WITHIN = timedelta(days=7)
WAITING, SENDING, SENT, FAILED, DROPPED = "waiting", "sending", "sent", "failed", "dropped"


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that this sender holds for the time of its lease."""

    notice: AnswerNotice  # with asker and version
    address: str = field(repr=False)  # "" when the contact is gone
    tries: int = 1  # this one included


def spread(ring: Keyring, now: datetime, rounds: int = 40) -> int:
    """Write the notices that are owed, some at a time; returns how many. What is written stays written."""
    made = 0
    _find_askers(now)
    for number in _behind():
        while rounds > 0:
            rounds -= 1
            wrote = _spread_some(number, ring, now)
            made += wrote
            if wrote < CHUNK:
                break
    return made


def _find_askers(now: datetime) -> int:
    """Messages of linked cases whose writers are no askers yet; their answer is behind from now on."""
    found = rows(
        "SELECT l.answer_id, m.id, s.language FROM answer_links l "
        "JOIN case_messages m ON m.case_id = l.case_id "
        "LEFT JOIN submissions s ON s.id = m.submission_id "
        "LEFT JOIN answer_askers a ON a.answer_id = l.answer_id AND a.message_id = m.id "
        "WHERE l.case_id IS NOT NULL AND l.undone_at IS NULL AND l.how <> 'proposed' AND a.id IS NULL "
        "AND s.withdrawn_at IS NULL LIMIT %s",
        [FOUND_AT_ONCE],
    )
    for some in _batches(found):
        askers = [
            AnswerAsker(
                id=secrets.randbits(53) or 1, answer_id=answer, message_id=one, language=said or "", since=now
            )
            for answer, one, said in some
        ]
        with transaction.atomic():
            AnswerAsker.objects.bulk_create(askers, ignore_conflicts=True)
            Answer.objects.filter(pk__in={asker.answer_id for asker in askers}).update(told=0)
    return len(found)


def _batches(found: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    return (found[at : at + CHUNK] for at in range(0, len(found), CHUNK))


def _behind() -> list[int]:
    """Answers whose newest public version not everybody has a notice of."""
    out = Answer.objects.filter(statement__published__isnull=False, statement__withdrawn_at=None)
    return list(out.filter(told__lt=F("statement__published__number")).values_list("pk", flat=True)[:50])


def _spread_some(number: int, ring: Keyring, now: datetime) -> int:
    """One transaction of notices for one answer; the last one marks the answer as told."""
    answer = Answer.objects.select_related("statement__published").get(pk=number)
    version = answer.statement.published if answer.statement else None
    if version is None:
        return 0
    told = AnswerNotice.objects.filter(asker=OuterRef("pk"), version=version)
    owed = AnswerAsker.objects.filter(
        ~Exists(told), answer=answer, confirmed=True, left_at=None, knows__lt=version.number
    ).select_related("message__submission")
    askers = list(owed.order_by("id")[:CHUNK])
    ways = _ways(askers, ring, answer.exercise)
    made = [_notice(asker, version, ways[asker.pk], answer.exercise, now) for asker in askers]
    with transaction.atomic():
        # Words of an older version that did not go out yet are not worth a second letter.
        stale = AnswerNotice.objects.filter(asker__in=askers, state=WAITING).exclude(version=version)
        stale.exclude(how="confirm").update(state=DROPPED)
        AnswerNotice.objects.bulk_create(made, ignore_conflicts=True)
        if len(askers) < CHUNK:
            standing = Answer.objects.filter(pk=number, statement__published=version)
            standing.update(told=version.number)
            standing.filter(reopened_at__lt=version.published_at).update(reopened_at=None, reopened_why="")
    return len(made)


def _notice(
    asker: AnswerAsker, version: StatementVersion, how: str, exercise: bool, now: datetime
) -> AnswerNotice:
    said = how == "page"  # whoever holds the code reads it there from this moment on
    return AnswerNotice(
        asker=asker,
        version=version,
        how=how,
        key=f"answer-{asker.pk}-{version.number}",
        state=SENT if said else WAITING,
        exercise=exercise,
        made_at=now,
        due_at=now,
        sent_at=now if said else None,
    )


def _ways(askers: Iterable[AnswerAsker], ring: Keyring, exercise: bool) -> dict[int, str]:
    """How each of them is told: by mail, by the page of their code, or by somebody here."""
    if exercise:
        return {asker.pk: "page" for asker in askers}
    contacts = _contacts(askers, ring)
    found = {}
    for asker in askers:
        contact = contacts.get(asker.pk, "")
        if is_mail_address(contact):
            found[asker.pk] = "mail"
        elif asker.message is not None and (asker.message.submission_id is None or contact):
            found[asker.pk] = "hand"
        else:
            found[asker.pk] = "page"
    return found


def _contacts(askers: Iterable[AnswerAsker], ring: Keyring) -> dict[int, str]:
    """Contacts as they are needed for sending; "" where none is kept any more."""
    asked = list(askers)
    mine = dict(AskerContact.objects.filter(pk__in=[row.pk for row in asked]).values_list("asker", "sealed"))
    theirs = {row.pk: row.message.submission_id for row in asked if row.message and row.message.submission_id}
    kept = dict(SubmissionContact.objects.filter(pk__in=theirs.values()).values_list("submission", "sealed"))
    found = {}
    for row in asked:
        try:
            if row.pk in mine:
                found[row.pk] = _unsealed(ring, row.pk, bytes(mine[row.pk]))
            elif row.pk in theirs and theirs[row.pk] in kept:
                number = theirs[row.pk]
                found[row.pk] = opened(ring, "contact", number, bytes(kept[number])).strip()
        except BadInput:
            continue  # its key is gone: nobody can be reached by it
    return found


def take(now: datetime, ring: Keyring, limit: int = 20) -> list[Taken]:
    """Letters that are due, each to be sent by the caller and nobody else until its lease ends."""
    free = Q(state=WAITING, due_at__lte=now) | Q(state=SENDING, leased_until__lte=now)
    # A lease that ends too far ahead means that the clock was set back.
    free |= Q(state=SENDING, leased_until__gt=now + LEASE)
    found = AnswerNotice.objects.filter(free, how__in=("mail", "confirm")).select_related(
        "asker__message__submission", "asker__answer", "version__statement__unit", "version__statement__voice"
    )
    due = list(found.order_by("due_at", "id")[:limit])
    if not due:
        return []
    contacts = _contacts([row.asker for row in due], ring)
    with transaction.atomic():
        won = [row for row in due if _lease(row, now)]
    return [Taken(row, contacts.get(row.asker_id, ""), row.tries + 1) for row in won]


def _lease(row: AnswerNotice, now: datetime) -> bool:
    seen = AnswerNotice.objects.filter(pk=row.pk, state=row.state, tries=row.tries)
    if row.asker.left_at is not None or (not row.asker.confirmed and row.how != "confirm"):
        seen.update(state=DROPPED)
        return False
    return bool(seen.update(state=SENDING, leased_until=now + LEASE, tries=F("tries") + 1))


def delivered(taken: Taken, now: datetime) -> None:
    """The mail server took it."""
    mine = AnswerNotice.objects.filter(pk=taken.notice.pk, state=SENDING, tries=taken.tries)
    mine.update(state=SENT, sent_at=now, leased_until=None, trouble="")


def no_contact(taken: Taken, now: datetime) -> None:
    """Its contact was erased meanwhile: who kept a code reads it on that page, nobody else can be told."""
    AnswerNotice.objects.filter(pk=taken.notice.pk).update(
        how="page", state=SENT, sent_at=now, leased_until=None
    )


def not_delivered(taken: Taken, trouble: ChannelTrouble, now: datetime, luck: float) -> None:
    """The server did not take it: tried again after a while, which `luck` (0 to 1) spreads, or given up."""
    mine = AnswerNotice.objects.filter(pk=taken.notice.pk, state=SENDING, tries=taken.tries)
    if trouble.permanent or taken.tries > len(BACK_OFF_S):
        mine.update(state=FAILED, leased_until=None, trouble=str(trouble)[:200])
        return
    pause = timedelta(seconds=BACK_OFF_S[taken.tries - 1] * (0.5 + luck))
    mine.update(state=WAITING, leased_until=None, due_at=now + pause, trouble=str(trouble)[:200])


def told_by_hand(actor: Person, number: int, notice: int, *, reason: str = "", now: datetime) -> None:
    """A colleague has told somebody who left a telephone number, or wrote a mail."""
    with transaction.atomic():
        ledger.serialise()
        answer_for(actor, number, Permission.CASE_WORK)
        waits = AnswerNotice.objects.filter(pk=notice, asker__answer=number, how="hand", state=WAITING)
        if not waits.update(state=SENT, sent_at=now):
            raise Conflict("Somebody has told them already.")
        ledger.append(actor, "answer.tell", "answer", number, str(notice), reason, now)


def watch(
    answer: int,
    version: StatementVersion,
    address: str,
    *,
    language: str,
    days: int,
    ring: Keyring,
    now: datetime,
) -> AnswerAsker:
    """Somebody wants to hear of changes. One letter asks whether they do; without a yes nothing follows."""
    address = address.strip()
    if not is_mail_address(address):
        raise BadInput("This is no mail address: write one such as name@example.org.")
    number = secrets.randbits(53) or 1
    with transaction.atomic():
        made = AnswerAsker.objects.create(
            id=number,
            answer_id=answer,
            language=language[:12],
            since=now,
            knows=version.number,
            confirmed=False,
        )
        AskerContact.objects.create(
            asker=number, sealed=_sealed(ring, number, address), erase_at=now + timedelta(days=days)
        )
        AnswerNotice.objects.create(
            asker=made, version=version, how="confirm", key=f"confirm-{number}", state=WAITING,
            made_at=now, due_at=now,
        )  # fmt: skip
    return made


def confirm(number: int, now: datetime) -> bool:
    """Yes, they do. False when the question is too old, or they have left."""
    asked = AnswerAsker.objects.filter(pk=number, left_at=None, since__gt=now - CONFIRM_WITHIN)
    with transaction.atomic():
        return bool(asked.update(confirmed=True))


def leave(number: int, now: datetime) -> bool:
    """They want no more letters of this answer; their address is deleted at once."""
    with transaction.atomic():
        AskerContact.objects.filter(pk=number).delete()
        return bool(AnswerAsker.objects.filter(pk=number).update(left_at=now))


def forget_due(now: datetime) -> int:
    """Addresses past their term go, and what nobody confirmed."""
    late = AnswerAsker.objects.filter(confirmed=False, since__lte=now - CONFIRM_WITHIN, left_at=None)
    over = AskerContact.objects.filter(erase_at__lte=now)
    if not (late.exists() or over.exists()):  # asked first: writing takes the lock of all writers
        return 0
    with transaction.atomic():
        numbers = [*late.values_list("pk", flat=True), *over.values_list("pk", flat=True)]
        AnswerAsker.objects.filter(pk__in=numbers, message=None).update(left_at=now)
        gone, _ = AskerContact.objects.filter(pk__in=numbers).delete()
    return gone


def _sealed(ring: Keyring, number: int, text: str) -> bytes:
    nonce = os.urandom(12)
    return b"\x01" + nonce + AESGCM(ring.contact_key).encrypt(nonce, text.encode(), _bound(number))


def _unsealed(ring: Keyring, number: int, blob: bytes) -> str:
    from cryptography.exceptions import InvalidTag

    try:
        return AESGCM(ring.contact_key).decrypt(blob[1:13], blob[13:], _bound(number)).decode()
    except (InvalidTag, ValueError) as error:
        raise BadInput("It was sealed with a key that is gone: it can no longer be opened.") from error


def _bound(number: int) -> bytes:
    """What is sealed for one asker opens for no other."""
    return b"\x01" + f"contact of asker {number}".encode()
