"""The bank of approved texts: written by one person, approved by a second, retired once they do not hold."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.respond.case_rules import checks, may_go
from answerable.store import ledger
from answerable.store.access import may, require
from answerable.store.models import Person, ReplyText, Unit

LONGEST_INVITATION = 180  # characters: who says it and the address stand in the post as well


def write(
    actor: Person,
    *,
    unit: Unit,
    title: str,
    text: str,
    language: str,
    invites: bool = False,
    reason: str = "",
    now: datetime,
) -> ReplyText:
    """A text for answers that come again; nobody may use it before a second person approved it.

    `invites`: it goes below public posts instead, and must fit into one.
    """
    title, text = " ".join(plain(title).split())[:200], plain(text)[:10_000]
    if not title:
        raise BadInput("What is the text about? Give it a title.")
    if not may_go(checks(text, (), ())):
        raise BadInput("The text is not ready: it is very short or shouts.")
    if invites and len(text) > LONGEST_INVITATION:
        raise BadInput("An invitation has to fit into one post: at most 180 characters.")
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.CASE_WORK, unit)
        made = ReplyText.objects.create(
            unit=unit,
            title=title,
            text=text,
            language=language[:12],
            invites=invites,
            written_by=actor,
            written_at=now,
        )
        ledger.append(
            actor, "reply_text.write", "reply_text", made.pk, json.dumps([title, text]), reason, now
        )
    return made


def approve(actor: Person, number: int, *, reason: str = "", now: datetime) -> None:
    """A second person says that it may go out as it stands."""
    with transaction.atomic():
        ledger.serialise()
        row = _row(actor, number, Permission.REPLY_APPROVE)
        if row.written_by_id == actor.pk:
            raise NotAllowed("A second person approves it, not who wrote it.")
        won = ReplyText.objects.filter(pk=row.pk, approved_at=None, retired_at=None)
        if not won.update(approved_by=actor, approved_at=now):
            raise Conflict("This text was approved or retired already.")
        ledger.append(actor, "reply_text.approve", "reply_text", row.pk, row.text, reason, now)


def retire(actor: Person, number: int, *, reason: str = "", now: datetime) -> None:
    """It no longer holds: nobody can use it from now on; answers that went out stay."""
    with transaction.atomic():
        ledger.serialise()
        row = _row(actor, number, Permission.CASE_WORK)
        if not ReplyText.objects.filter(pk=row.pk, retired_at=None).update(retired_at=now):
            raise Conflict("This text was retired already.")
        ledger.append(actor, "reply_text.retire", "reply_text", row.pk, "", reason, now)


def _row(actor: Person, number: int, permission: Permission) -> ReplyText:
    row = ReplyText.objects.select_related("unit").filter(pk=number).first()
    if row is None or not may(actor, permission, row.unit):
        raise NotAllowed("Your roles in this unit do not include that: ask an administrator or a colleague.")
    return row
