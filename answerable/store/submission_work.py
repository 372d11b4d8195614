"""What the desk does with a message: writes it down for somebody, reads it, opens its contact, shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.keyring import Keyring
from answerable.store.models import Person, Submission, SubmissionContact, Unit
from answerable.store.submissions import Received, Told, opened, receive

TAKEN_DOWN = ("phone", "in_person", "paper")


def take_down(
    actor: Person,
    told: Told,
    form: str,
    *,
    unit: Unit,
    ring: Keyring,
    desk: str,
    contact_days: int,
    now: datetime,
) -> Received:
    """A colleague writes down what somebody said; `form` is the secret of their page."""
    if told.came_by not in TAKEN_DOWN:
        raise BadInput("How did it come? Choose one.")
    require(actor, Permission.SUBMISSION_ADD, unit)
    if told.said_at is not None and told.said_at > now:
        told = replace(told, said_at=None)
    return receive(
        told,
        f"note:{actor.pk}:{form}",
        ring=ring,
        desk=desk,
        contact_days=contact_days,
        unit=unit,
        actor=actor,
        now=now,
    )


def show(actor: Person, row: Submission, *, reason: str = "reviewed", now: datetime) -> None:
    """Show its masked words in public, where lists of requests are served. Conflict when they are shown."""
    _show(actor, row, now, "submission.show", reason, shown=True)


def unshow(actor: Person, row: Submission, *, reason: str = "reviewed", now: datetime) -> None:
    """Show its words in public no more; what it is, where and when stay."""
    _show(actor, row, now, "submission.unshow", reason, shown=False)


def _show(actor: Person, row: Submission, now: datetime, action: str, reason: str, *, shown: bool) -> None:
    with transaction.atomic():
        require(actor, Permission.SUBMISSION_CHANGE, row.unit)
        fresh = Submission.objects.filter(pk=row.pk, shown_at__isnull=shown, emptied_at=None)
        if not fresh.update(shown_at=now if shown else None, updated_at=now):
            raise Conflict("It is in another state by now: look at its page again.")
        ledger.append(actor, action, "submission", row.pk, row.text if shown else "", reason, now)


def mark_read(actor: Person, row: Submission, *, reason: str = "read", now: datetime) -> None:
    """Somebody on the desk has read it; the person sees that. Conflict when it was read before."""
    with transaction.atomic():
        require(actor, Permission.SUBMISSION_CHANGE, row.unit)
        fresh = Submission.objects.filter(pk=row.pk, read_at=None)
        if not fresh.update(read_at=now, read_by=actor, updated_at=now):
            raise Conflict("It was read already: look at its page again.")
        ledger.append(actor, "submission.read", "submission", row.pk, "", reason, now)


def open_contact(
    actor: Person, row: Submission, *, ring: Keyring, reason: str = "to_answer", now: datetime
) -> tuple[str, str]:
    """(contact, exact place), "" where there is none. The ledger row holds neither."""
    with transaction.atomic():
        require(actor, Permission.CONTACT_OPEN, row.unit)
        kept = SubmissionContact.objects.filter(pk=row.pk).first()
        contact = opened(ring, "contact", row.pk, bytes(kept.sealed)) if kept else ""
        place = opened(ring, "place", row.pk, bytes(row.sealed_place)) if row.sealed_place else ""
        if not (contact or place):
            raise BadInput("There is nothing sealed here: none was given, or its term is over.")
        ledger.append(actor, "contact.open", "submission", row.pk, "", reason, now)
    return contact, place
