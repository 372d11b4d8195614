"""How a case begins: with a message from a form, a call or a program, with a mail, or with a row of a file.

The very same words once more, within a week and while the case is open, join it as a copy: it counts nowhere.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from answerable.respond.case_rules import ENDED, OPEN
from answerable.store import case_clocks, ledger
from answerable.store.case_access import note
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseLeg, CaseMessage, CasePause, Submission, Unit

COPY_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Word:
    """One message that becomes, or joins, a case."""

    came_by: str
    kind: str
    text: str
    place: str = ""  # as it was written, masked
    known_place: str = ""
    apart_by: str = ""  # what tells the same words apart: coordinates, or digests of files
    likes: int = 0
    heard: datetime | None = None  # when it reached us, where that was before now
    submission: Submission | None = None
    item: int | None = None


def words_key(ring: Keyring, text: str, place: str, apart_by: str = "") -> bytes:
    """What the same words at the same place have in common, keyed so that nobody can guess words by it.

    `apart_by` tells the same words apart: where somebody stood, or which files came with them.
    """
    folded = unicodedata.normalize("NFKC", f"{text} {place}").casefold()
    plain = "".join(letter for letter in folded if letter.isalnum())
    said = f"words:{plain}:{apart_by}".encode("utf-8", "surrogatepass")
    return hmac.digest(ring.contact_key, said, "sha256")[:16]


def for_submission(row: Submission, ring: Keyring, now: datetime) -> Case:
    """The case of a message that was just stored, inside its transaction."""
    said = row.said_at or row.received_at
    apart_by = f"{row.lat:.3f},{row.long:.3f}" if row.lat is not None and row.long is not None else ""
    word = Word(row.came_by, row.kind, row.text, row.place, row.known_place, apart_by, submission=row)
    return begin(word, row.unit, ring, said=said, now=now)


def begin(word: Word, unit: Unit, ring: Keyring, *, said: datetime, now: datetime) -> Case:
    """A new case with its clock, which counts from when we received it; or the open one of the same words."""
    key = words_key(ring, word.text, word.place, word.apart_by)
    twin = _twin(key, said)
    if twin is not None:
        message(twin, word, key, said, now, copy=True)
        Case.objects.filter(pk=twin.pk).update(copies=F("copies") + 1)
        note(twin, None, "joined", now, copy=True)
        return twin
    case = Case(
        pk=secrets.randbits(53) or 1,
        unit=unit,
        stage=OPEN[0],
        kind=word.kind,
        came_by=word.came_by,
        place=word.known_place,
        collected_at=said if word.item is not None else word.heard or now,
        likes=word.likes,
    )
    case_clocks.begin(case, unit, case.collected_at)
    case.save(force_insert=True)
    CaseLeg.objects.create(case=case, unit=unit, since=case.collected_at, why="received")
    message(case, word, key, said, now)
    note(case, None, "collected", case.collected_at, came_by=word.came_by)
    ledger.append(None, "case.open", "case", case.pk, word.came_by, "told", now)
    return case


def _twin(key: bytes, said: datetime) -> Case | None:
    same = CaseMessage.objects.filter(
        words_key=key, at__gt=said - COPY_WITHIN, at__lt=said + COPY_WITHIN, case__stage__in=OPEN
    )
    found = same.order_by("at", "id").select_related("case").first()
    return found.case if found else None


def message(
    case: Case,
    word: Word,
    key: bytes,
    said: datetime,
    now: datetime,
    *,
    copy: bool = False,
    follows: CaseMessage | None = None,
) -> CaseMessage:
    """One more message in a case, in the caller's transaction."""
    return CaseMessage.objects.create(
        case=case,
        submission=word.submission,
        item=word.item,
        at=said,
        joined_at=now,
        words_key=key,
        copy=copy,
        follows=follows,
    )


def withdrawn(row: Submission, now: datetime) -> None:
    """Its writer took it back, inside that transaction: a case that was theirs alone ends with it."""
    gone = CaseMessage.objects.filter(submission=row).select_related("case").first()
    if gone is None:
        return
    case = gone.case
    if not gone.copy and gone.follows_id is None:
        Case.objects.filter(pk=case.pk, people__gt=0).update(people=F("people") - 1)
    note(case, None, "withdrawn", now)
    stays = CaseMessage.objects.filter(case=case).exclude(submission__withdrawn_at__isnull=False)
    if case.stage in OPEN and not stays.exists():
        end(case, "withdrawn", now)


def end(case: Case, why: str, now: datetime) -> None:
    """It ends without an answer of its own, in the caller's transaction; the rates say how many and why."""
    Case.objects.filter(pk=case.pk).update(
        stage=ENDED, left_out=why, due_at=None, look_at=None, version=F("version") + 1
    )
    CasePause.objects.filter(case=case, until=None).update(until=now)
    note(case, None, "left_out", now, reason=why)
