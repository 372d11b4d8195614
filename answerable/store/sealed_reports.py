"""Reports to the overseer: sealed as they come, opened outside the desk, answered to a code.

Nobody here can read one, also not with the database and every key file in hand; who wrote is not known.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.store import ledger, sealed_notices, sealing
from answerable.store.access import may
from answerable.store.keyring import Keyring
from answerable.store.models import OverseerKey, Person, SealedAnswer, SealedReport, Unit
from answerable.store.submissions import code_key, code_of, heard

FINDINGS = ("punished", "not_punished", "cannot_tell", "other")
MOST_WORDS = 10_000
KEPT = timedelta(days=365)  # after the last step


@dataclass(frozen=True, slots=True)
class Followed:
    """What the code opens."""

    report: SealedReport
    answers: tuple[tuple[datetime, str], ...]  # oldest first


def office_key() -> OverseerKey | None:
    """The key that reports are sealed to now; None while nobody can receive any."""
    return OverseerKey.objects.order_by("-id").first()


def set_key(actor: Person, pem: str, *, reason: str = "", now: datetime) -> OverseerKey:
    """A new public key of the office. BadInput when it is none. Older reports need the older file."""
    public = sealing.public_of(pem)
    with transaction.atomic():
        ledger.serialise()
        _is_overseer(actor)
        made = OverseerKey.objects.create(public=public, set_by=actor, set_at=now)
        ledger.append(actor, "overseer_key.set", "overseer_key", made.pk, public, reason, now)
    return made


def receive(text: str, form: str, *, ring: Keyring, now: datetime) -> str:
    """Seal and store one report; returns its follow-up code, which is shown now and never again.

    `form` is the secret of the form it came on: sent twice, it is stored once.
    """
    if not text.strip():
        raise BadInput("What do you want to tell us? Write it in your own words.")
    code = code_of(ring, "sealed", form)
    public, private = sealing.reply_pair(heard(code))
    with transaction.atomic():
        ledger.serialise()
        if SealedReport.objects.filter(code=code_key(ring, code)).exists():
            return code
        key = office_key()
        if key is None:
            raise Conflict("The overseer has no key yet, so nothing can be sealed. Nothing was stored.")
        row = SealedReport.objects.create(
            id=secrets.randbits(53) or 1,
            code=code_key(ring, code),
            key=key,
            sealed=sealing.seal(bytes(key.public), text[:MOST_WORDS]),
            reply_public=public,
            reply_private=private,
            received_at=now,
            touched_at=now,
        )
        if (top := whole_body()) is not None:
            sealed_notices.owe(top, now)
        ledger.append(None, "sealed.receive", "sealed", row.pk, "", "told", now)
    return code


def answer(
    actor: Person, number: int, *, text: str, finding: str = "", reason: str = "", now: datetime
) -> None:
    """The overseer's words, sealed to the code at once; with them, once, what was found."""
    if not text.strip():
        raise BadInput("The answer is empty: write it, then send again.")
    if finding and finding not in FINDINGS:
        raise BadInput("Choose what you find.")
    with transaction.atomic():
        ledger.serialise()
        row = one(actor, number)
        if row is None:
            raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
        if finding and row.finding:
            raise Conflict("A finding about this stands already; it is written once.")
        if finding:
            SealedReport.objects.filter(pk=number).update(finding=finding, found_at=now)
        sealed = sealing.seal(bytes(row.reply_public), text[:MOST_WORDS])
        SealedAnswer.objects.create(report=row, sealed=sealed, at=now)
        SealedReport.objects.filter(pk=number).update(touched_at=now)
        ledger.append(actor, "sealed.answer", "sealed", number, finding, reason, now)


def followed(code: str, ring: Keyring) -> Followed | None:
    """What became of the report with this code; None when there is none."""
    row = SealedReport.objects.filter(code=code_key(ring, code)).first()
    private = sealing.reply_private(heard(code), bytes(row.reply_private)) if row else None
    if row is None or private is None:
        return None
    found = row.answers.order_by("id").values_list("at", "sealed")
    return Followed(row, tuple((at, sealing.unseal(private, bytes(box))) for at, box in found))


def take_back(row: SealedReport, now: datetime) -> None:
    """Whoever wrote it takes it back: report and answers are gone, the ledger says that one was there."""
    with transaction.atomic():
        ledger.serialise()
        if not SealedReport.objects.filter(pk=row.pk).delete()[0]:
            raise Conflict("It was taken back already.")
        ledger.append(None, "sealed.withdraw", "sealed", row.pk, "", "withdrawn", now)


def every(actor: Person) -> list[SealedReport]:
    """All reports, for the overseer alone; those without an answer first, the oldest of them on top."""
    if not is_overseer(actor):
        return []
    rows = SealedReport.objects.prefetch_related("answers").order_by("received_at")
    return sorted(rows, key=lambda row: bool(row.answers.all()))


def one(actor: Person, number: int) -> SealedReport | None:
    """One report, for the overseer alone."""
    return SealedReport.objects.filter(pk=number).first() if is_overseer(actor) else None


def whole_body() -> Unit | None:
    """The unit at the top."""
    return Unit.objects.filter(parent=None).order_by("id").first()


def is_overseer(actor: Person) -> bool:
    """Whether this is the overseer of the whole body, not of a part of it."""
    top = whole_body()
    return top is not None and may(actor, Permission.FINDING_RECORD, top)


def _is_overseer(actor: Person) -> None:
    if not is_overseer(actor):
        raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
