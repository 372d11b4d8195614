"""A case in public: its question in our words, its answer, and how many want to know that too.

Nobody's own words are shown. Who shows it has no hand in it: the title is looked at like an answer.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.db.models import F

from answerable.collect.private.mask import masked
from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.respond.case_rules import ENDED, OPEN
from answerable.store import ledger, voices
from answerable.store.case_access import case_for, change, note
from answerable.store.models import Case, Person


def show(
    actor: Person, number: int, *, title: str, text: str = "", version: int, reason: str = "", now: datetime
) -> Case:
    """Put it on the public list, or word it anew. BadInput without a title, NotAllowed for who handles it."""
    title, text = masked(plain(title)[:200]), masked(plain(text)[:2000])
    if not title:
        raise BadInput("What is asked? Write it in your own words, without names.")
    with transaction.atomic():
        ledger.serialise()
        case = case_for(actor, number, Permission.CASE_SEND)
        if case.stage == ENDED:
            raise Conflict("This case is closed: look at the page again.")
        if case.handler_id == actor.pk:
            raise NotAllowed("Whoever handles a case does not show it: ask a colleague.")
        fields = {"public_title": title, "public_text": text, "public_at": case.public_at or now}
        change(case, version, **fields, public_voice=voices.speaking(actor, case.unit))
        note(case, actor, "shown", now)
        ledger.append(actor, "case.show", "case", case.pk, json.dumps([title, text]), reason, now)
    return case


def unshow(actor: Person, number: int, *, version: int, reason: str = "", now: datetime) -> Case:
    """Take it off the public list; its case goes on. Conflict when it is not there."""
    with transaction.atomic():
        ledger.serialise()
        case = case_for(actor, number, Permission.CASE_SEND)
        if case.public_at is None:
            raise Conflict("This case is not on the public list.")
        change(case, version, public_title="", public_text="", public_at=None, public_voice=None)
        note(case, actor, "unshown", now)
        ledger.append(actor, "case.unshow", "case", case.pk, "", reason, now)
    return case


def want_too(number: int) -> bool:
    """One more person wants to know it: a count and nothing else. False when it is not open in public."""
    shown = Case.objects.filter(pk=number, public_at__isnull=False, stage__in=OPEN)
    return bool(shown.update(also=F("also") + 1))
